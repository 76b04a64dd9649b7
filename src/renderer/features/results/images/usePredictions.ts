import { shallowRef, watch } from 'vue';
import type { StoredPredictions } from '../../../../contracts/calls/experiments';
import type { CultivarErrorData } from '../../../../contracts/errors';
import { ask, asErrorData } from '../../../api';

/** Predictions of one run: stored ones, or `missing` until they are computed. */
export function usePredictions(runId: () => string | null) {
  const predictions = shallowRef<StoredPredictions | null>(null);
  const state = shallowRef<'reading' | 'there' | 'missing' | 'computing'>('reading');
  const error = shallowRef<CultivarErrorData | null>(null);
  let latest: symbol | null = null;

  async function take(call: 'predictions.get' | 'predictions.compute', id: string): Promise<void> {
    const own = (latest = Symbol());
    state.value = call === 'predictions.get' ? 'reading' : 'computing';
    error.value = null;
    try {
      const got = await ask(call, id);
      if (latest !== own) return;
      predictions.value = got;
      state.value = got ? 'there' : 'missing';
    } catch (reason) {
      if (latest !== own) return;
      error.value = asErrorData(reason);
      state.value = 'missing';
    }
  }
  watch(runId, (id) => {
    predictions.value = null;
    latest = null;
    state.value = 'missing';
    if (id !== null) void take('predictions.get', id);
  }, { immediate: true });
  return { predictions, state, error, compute: () => { const id = runId(); if (id !== null) void take('predictions.compute', id); } };
}
