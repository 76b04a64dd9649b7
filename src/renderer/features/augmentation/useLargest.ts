import { computed, type ComputedRef } from 'vue';
import { useRoomy } from '../../components/useRoomy';

/** CSS pixels of an image pixel, at most. A window of usual size stays with what is painted within a frame; a very large one has the room. */
export function useLargest(): ComputedRef<4 | 8> {
  const roomy = useRoomy();
  return computed(() => (roomy.value ? 8 : 4));
}
