import { onScopeDispose, ref } from 'vue';
import { ask } from '../api';

/** Copies text; `copied` is true for two seconds after. */
export function useCopy() {
  const copied = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function copy(text: string): Promise<void> {
    await ask('clipboard.write', text);
    copied.value = true;
    clearTimeout(timer);
    timer = setTimeout(() => { copied.value = false; }, 2000);
  }
  onScopeDispose(() => { clearTimeout(timer); });
  return { copied, copy };
}
