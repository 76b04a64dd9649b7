import { ref } from 'vue';
import { defineStore } from 'pinia';
import { i18n } from '../i18n';
import { useUndo } from './undo';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const lifeMs = 10_000;

/** Undo (10 s) and ends of work in the background; never errors. */
export const useToasts = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([]);
  const stack = useUndo();
  let next = 1;
  const dismiss = (id: number) => { toasts.value = toasts.value.filter((toast) => toast.id !== id); };
  function show(text: string, action?: Toast['action']): number {
    const id = next++;
    toasts.value = [...toasts.value, { id, text, action }];
    setTimeout(() => { dismiss(id); }, lifeMs);
    return id;
  }
  /** Says what was done, with a button that undoes it; Ctrl Z does the same, also when the words are gone. */
  function offerUndo(text: string, undo: () => void): void {
    const take = stack.push({ owner: 'toasts', undo: () => { dismiss(id); undo(); } });
    const id = show(text, { label: i18n.global.t('common.undo'), run: () => { take(); undo(); } });
  }
  return { toasts, show, offerUndo, dismiss };
});
