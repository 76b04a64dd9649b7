import { ref } from 'vue';
import { defineStore } from 'pinia';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const lifeMs = 10_000;

/** Undo (10 s) and ends of work in the background; never errors. */
export const useToasts = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([]);
  let next = 1;
  const dismiss = (id: number) => { toasts.value = toasts.value.filter((toast) => toast.id !== id); };
  function show(text: string, action?: Toast['action']): void {
    const id = next++;
    toasts.value = [...toasts.value, { id, text, action }];
    setTimeout(() => { dismiss(id); }, lifeMs);
  }
  return { toasts, show, dismiss };
});
