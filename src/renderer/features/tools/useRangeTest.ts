import { onScopeDispose, shallowRef } from 'vue';
import type { CultivarErrorData } from '../../../contracts/errors';
import type { RangeTestRecord } from '../../../contracts/tools';
import type { RunConfig } from '../../../core/config/run';
import type { RangePoint, RangeTestSettings } from '../../../core/tuning/rangeTest';
import { ask, asErrorData, listen } from '../../api';

export type RangeTestState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly settings: RangeTestSettings; readonly points: readonly RangePoint[]; readonly cancelling: boolean }
  | { readonly kind: 'done'; readonly record: RangeTestRecord }
  | { readonly kind: 'failed'; readonly error: CultivarErrorData };

/** One range test at a time, and those that were kept. It goes on while the dialog is closed; leaving the page cancels it. */
export function useRangeTest() {
  const state = shallowRef<RangeTestState>({ kind: 'idle' });
  const kept = shallowRef<readonly RangeTestRecord[]>([]);
  const end = listen('lrRange.points', ({ points }) => {
    if (state.value.kind === 'running') state.value = { ...state.value, points: [...state.value.points, ...points] };
  });
  onScopeDispose(() => {
    end();
    if (state.value.kind === 'running') cancel();
  });

  async function start(config: RunConfig, settings: RangeTestSettings): Promise<void> {
    if (state.value.kind === 'running') return;
    state.value = { kind: 'running', settings, points: [], cancelling: false };
    try {
      state.value = { kind: 'done', record: await ask('lrRange.start', config, settings) };
    } catch (reason) {
      const error = asErrorData(reason);
      state.value = error.code === 'tool-cancelled' ? { kind: 'idle' } : { kind: 'failed', error };
    }
    await list();
  }
  function cancel(): void {
    if (state.value.kind === 'running') state.value = { ...state.value, cancelling: true };
    void ask('tools.cancel');
  }
  const list = async () => { kept.value = await ask('lrRange.list').catch(() => []); };
  const open = (record: RangeTestRecord) => { if (state.value.kind !== 'running') state.value = { kind: 'done', record }; };
  return { state, kept, start, cancel, list, open };
}
