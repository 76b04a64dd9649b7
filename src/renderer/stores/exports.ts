import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { ExportChoice } from '../../contracts/calls/exports';
import type { CultivarErrorData } from '../../contracts/errors';
import type { ExportProgress, ExportResult } from '../../contracts/exports';
import { ask, asErrorData, listen } from '../api';

/** The export that is under way, or the last one's outcome. It goes on while its dialog is closed. */
type ExportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly choice: ExportChoice; readonly progress: ExportProgress | null; readonly cancelling: boolean }
  | { readonly kind: 'done'; readonly runId: string; readonly result: ExportResult }
  | { readonly kind: 'failed'; readonly runId: string; readonly choice: ExportChoice; readonly parent: string | null; readonly error: CultivarErrorData };

export const useExports = defineStore('exports', () => {
  const state = shallowRef<ExportState>({ kind: 'idle' });
  listen('export.progress', ({ runId, progress }) => {
    if (state.value.kind === 'running' && state.value.choice.runId === runId) state.value = { ...state.value, progress };
  });

  /** Resolves once it has ended, in whichever way. */
  async function start(choice: ExportChoice, parent: string | null): Promise<void> {
    if (state.value.kind === 'running') return;
    state.value = { kind: 'running', choice, progress: null, cancelling: false };
    try {
      state.value = { kind: 'done', runId: choice.runId, result: await ask('exports.start', choice, parent) };
    } catch (reason) {
      const error = asErrorData(reason);
      state.value = error.code === 'export-cancelled' ? { kind: 'idle' } : { kind: 'failed', runId: choice.runId, choice, parent, error };
    }
  }

  function cancel(): void {
    if (state.value.kind !== 'running') return;
    state.value = { ...state.value, cancelling: true };
    void ask('exports.cancel');
  }

  /** Puts the outcome away. */
  function clear(): void {
    if (state.value.kind !== 'running') state.value = { kind: 'idle' };
  }

  return { state: computed(() => state.value), start, cancel, clear };
});
