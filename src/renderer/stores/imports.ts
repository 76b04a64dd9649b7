import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { CultivarErrorData } from '../../contracts/errors';
import type { ImportOptions, ImportPlan, ImportProgress, ImportResult } from '../../contracts/importing';
import { ask, asErrorData, listen } from '../api';
import { useDatasets } from './datasets';

export type ImportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looking'; readonly path: string | null }
  | { readonly kind: 'planned'; readonly plan: ImportPlan }
  | { readonly kind: 'running'; readonly name: string; readonly progress: ImportProgress | null; readonly cancelling: boolean }
  | { readonly kind: 'done'; readonly name: string; readonly result: ImportResult }
  | { readonly kind: 'failed'; readonly error: CultivarErrorData };

/** Images on their way into the library; it goes on whichever page is open. */
export const useImports = defineStore('imports', () => {
  const state = shallowRef<ImportState>({ kind: 'idle' });
  /** Whether the dialog is open; an import goes on without it. */
  const open = shallowRef(false);
  const datasets = useDatasets();
  let subscribed = false;

  function subscribe(): void {
    if (subscribed) return;
    subscribed = true;
    listen('dataset.importProgress', (progress) => { if (state.value.kind === 'running') state.value = { ...state.value, progress }; });
  }
  /** @param path of what was dropped; null asks for it */
  async function look(path: string | null, what: 'folder' | 'file' = 'folder'): Promise<void> {
    if (state.value.kind === 'running' || state.value.kind === 'looking') {
      open.value = true;
      return;
    }
    subscribe();
    const before = state.value;
    state.value = { kind: 'looking', path };
    // A question for a file stands by itself.
    open.value = path !== null;
    try {
      const plan = await ask('dataset.planImport', path, what);
      if (plan === null) {
        state.value = before.kind === 'planned' ? before : { kind: 'idle' };
        return;
      }
      state.value = { kind: 'planned', plan };
    } catch (reason) {
      state.value = { kind: 'failed', error: asErrorData(reason) };
    }
    open.value = true;
  }
  async function start(plan: ImportPlan, options: ImportOptions): Promise<void> {
    state.value = { kind: 'running', name: options.name, progress: null, cancelling: false };
    try {
      const result = await ask('dataset.import', plan.path, options);
      state.value = { kind: 'done', name: options.name, result };
      datasets.selectedId = result.id;
      await datasets.load();
    } catch (reason) {
      const error = asErrorData(reason);
      // The choices are still there for another try.
      state.value = error.code === 'import-cancelled' ? { kind: 'planned', plan } : { kind: 'failed', error };
    }
  }
  function cancel(): void {
    if (state.value.kind !== 'running') return;
    state.value = { ...state.value, cancelling: true };
    void ask('dataset.cancelImport');
  }
  function clear(): void {
    open.value = false;
    if (state.value.kind !== 'running') state.value = { kind: 'idle' };
  }
  return { state, open, look, start, cancel, clear };
});
