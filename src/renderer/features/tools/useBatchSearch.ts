import { onScopeDispose, shallowRef } from 'vue';
import type { CultivarErrorData } from '../../../contracts/errors';
import type { LargestBatchResult } from '../../../contracts/tools';
import type { RunConfig } from '../../../core/config/run';
import { nextBatch, type BatchSearchSettings, type BatchTrial } from '../../../core/tuning/batchSearch';
import { ask, asErrorData, listen } from '../../api';

export type BatchSearchState =
  | { readonly kind: 'idle' }
  /** `next`: the size that is being tried. */
  | { readonly kind: 'running'; readonly trials: readonly BatchTrial[]; readonly next: number | null; readonly cancelling: boolean }
  | { readonly kind: 'done'; readonly result: LargestBatchResult }
  | { readonly kind: 'failed'; readonly error: CultivarErrorData; readonly trials: readonly BatchTrial[] };

/** One search for the largest batch at a time. It goes on while the dialog is closed; leaving the page cancels it. */
export function useBatchSearch() {
  const state = shallowRef<BatchSearchState>({ kind: 'idle' });
  let settings: BatchSearchSettings = { start: 0, most: 0 };
  const end = listen('batch.tried', (trial) => {
    if (state.value.kind !== 'running') return;
    const trials = [...state.value.trials, trial];
    state.value = { ...state.value, trials, next: nextBatch(settings, trials) };
  });
  onScopeDispose(() => {
    end();
    if (state.value.kind === 'running') cancel();
  });

  /** @param asked start and most as main will take them; @param memoryBytes null for what is free */
  async function start(config: RunConfig, asked: BatchSearchSettings, memoryBytes: number | null): Promise<void> {
    if (state.value.kind === 'running') return;
    settings = asked;
    state.value = { kind: 'running', trials: [], next: nextBatch(settings, []), cancelling: false };
    try {
      state.value = { kind: 'done', result: await ask('batch.search', config, { most: asked.most, memoryBytes }) };
    } catch (reason) {
      const error = asErrorData(reason);
      state.value = error.code === 'tool-cancelled' ? { kind: 'idle' } : { kind: 'failed', error, trials: state.value.kind === 'running' ? state.value.trials : [] };
    }
  }
  function cancel(): void {
    if (state.value.kind === 'running') state.value = { ...state.value, cancelling: true };
    void ask('tools.cancel');
  }
  return { state, start, cancel };
}
