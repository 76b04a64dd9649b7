import { computed, ref, type Ref } from 'vue';
import { useIntersectionObserver } from '@vueuse/core';

/** Rows that are drawn at once: more than a high window shows. */
const step = 60;

/**
 * The first rows of a long list; more as their end comes into sight, so that a thousand cost no more than sixty until they are looked at.
 * @param all the whole list
 * @param sentinel an element behind the last drawn row
 */
export function useGrowing<T>(all: () => readonly T[], sentinel: Ref<HTMLElement | null>) {
  const count = ref(step);
  const shown = computed(() => all().slice(0, count.value));
  useIntersectionObserver(sentinel, ([entry]) => { if (entry?.isIntersecting && count.value < all().length) count.value += 2 * step; }, { rootMargin: '600px' });
  /** Draws at least so many rows. */
  const reach = (rows: number) => { if (rows > count.value) count.value = rows + step; };
  return { shown, reach };
}
