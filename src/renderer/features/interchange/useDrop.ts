import { ref } from 'vue';

/** Files dropped on an element: handlers for `v-on`, and whether files hover over it. */
export function useDrop(taken: (files: readonly File[]) => void) {
  const over = ref(false);
  /** Children give an enter and a leave of their own. */
  let depth = 0;
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  return {
    over,
    on: {
      dragenter: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth += 1;
        over.value = true;
      },
      dragover: (event: DragEvent) => { if (hasFiles(event)) event.preventDefault(); },
      dragleave: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        depth = Math.max(0, depth - 1);
        over.value = depth > 0;
      },
      drop: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        depth = 0;
        over.value = false;
        taken([...(event.dataTransfer?.files ?? [])]);
      },
    },
  };
}
