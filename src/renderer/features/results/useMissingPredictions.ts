import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { CultivarErrorData } from '../../../contracts/errors';
import { ask, asErrorData } from '../../api';

/** Completed runs whose predictions are not stored, and their computing, one run after another. What was computed before a cancel stays. */
export function useMissingPredictions(runIds: () => readonly string[], done: () => Promise<void>) {
  const missing = shallowRef<readonly string[]>([]);
  const work = shallowRef<{ readonly at: number; readonly of: number } | null>(null);
  const cancelling = shallowRef(false);
  const error = shallowRef<CultivarErrorData | null>(null);
  let latest: symbol | null = null;

  async function look(): Promise<void> {
    const own = (latest = Symbol());
    const ids = runIds();
    try {
      const found = ids.length === 0 ? [] : await ask('predictions.missing', ids);
      if (latest === own) missing.value = found;
    } catch (reason) {
      if (latest === own) error.value = asErrorData(reason);
    }
  }
  async function compute(): Promise<void> {
    if (work.value) return;
    const ids = missing.value;
    [error.value, cancelling.value] = [null, false];
    let computedSome = false;
    for (const [i, runId] of ids.entries()) {
      if (cancelling.value) break;
      work.value = { at: i, of: ids.length };
      try {
        await ask('predictions.compute', runId, null);
        computedSome = true;
      } catch (reason) {
        const data = asErrorData(reason);
        if (data.code === 'tool-cancelled') break;
        // One that cannot be computed does not keep the others from it.
        error.value = data;
      }
    }
    await look();
    work.value = null;
    if (computedSome) await done();
  }
  function cancel(): void {
    cancelling.value = true;
    void ask('predictions.cancel');
  }
  function again(): void {
    error.value = null;
    void look();
  }
  watch(() => runIds().join(), () => { if (!work.value) void look(); }, { immediate: true });
  onScopeDispose(() => {
    latest = null;
    if (work.value) cancel();
  });
  const fraction = computed(() => (work.value ? work.value.at / work.value.of : null));
  return { missing, work, fraction, cancelling, error, compute, cancel, again };
}
