import { onScopeDispose, shallowRef, watch } from 'vue';
import type { EmbeddingMap } from '../../../../../contracts/calls/tools';
import type { CultivarErrorData } from '../../../../../contracts/errors';
import type { EvaluationSplit } from '../../../../../contracts/evaluationSplit';
import type { ProjectionMethod } from '../../../../../core/predictions/projectionMethods';
import { ask, asErrorData, listen } from '../../../../api';

/** The same run, split and method make the same map. */
const seed = 0;

/** A map of a split: the one that is kept with the run, or `missing` until it is made; `failed`: whether there is one is not known, or it could not be made. */
export function useEmbeddingMap(of: () => { readonly runId: string; readonly split: EvaluationSplit; readonly method: ProjectionMethod }) {
  const map = shallowRef<EmbeddingMap | null>(null);
  const state = shallowRef<'reading' | 'there' | 'missing' | 'making' | 'failed'>('reading');
  const progress = shallowRef<{ readonly done: number; readonly images: number; readonly mapped: number | null } | null>(null);
  const error = shallowRef<CultivarErrorData | null>(null);
  let latest: symbol | null = null;
  let last: 'embeddings.kept' | 'embeddings.map' = 'embeddings.kept';

  async function take(call: 'embeddings.kept' | 'embeddings.map'): Promise<void> {
    const own = (latest = Symbol());
    last = call;
    const { runId, split, method } = of();
    [state.value, error.value, progress.value] = [call === 'embeddings.kept' ? 'reading' : 'making', null, null];
    try {
      const got = await ask(call, runId, split, method, seed);
      if (latest !== own) return;
      [map.value, state.value] = [got, got ? 'there' : 'missing'];
    } catch (reason) {
      if (latest !== own) return;
      const data = asErrorData(reason);
      [state.value, error.value] = data.code === 'tool-cancelled' ? ['missing', null] : ['failed', data];
    }
  }
  const cancel = () => { if (state.value === 'making') void ask('tools.cancel'); };
  watch(() => { const { runId, split, method } = of(); return [runId, split, method].join(' '); }, () => {
    // What is made for a view that is gone is not waited for.
    cancel();
    map.value = null;
    void take('embeddings.kept');
  }, { immediate: true });
  const stop = listen('embeddings.progress', ({ runId, ...now }) => { if (runId === of().runId && state.value === 'making') progress.value = now; });
  onScopeDispose(() => {
    stop();
    cancel();
    latest = null;
  });
  return { map, state, progress, error, make: () => take('embeddings.map'), again: () => take(last), cancel };
}
