import { shallowRef, watch } from 'vue';
import type { CultivarErrorData } from '../../../contracts/errors';
import type { LabelAudit, LabelMark } from '../../../core/audit/types';
import { ask, asErrorData } from '../../api';

/** Doubted labels by one run's predictions, with what a person said of them; `missing` until its predictions are computed. */
export function useLabelAudit(runId: () => string | null) {
  const audit = shallowRef<LabelAudit | null>(null);
  const marks = shallowRef<Readonly<Record<number, LabelMark>>>({});
  const state = shallowRef<'reading' | 'there' | 'missing' | 'computing'>('reading');
  const error = shallowRef<CultivarErrorData | null>(null);
  let latest: symbol | null = null;

  async function read(id: string, compute: boolean): Promise<void> {
    const own = (latest = Symbol());
    state.value = compute ? 'computing' : 'reading';
    error.value = null;
    try {
      if (compute) await ask('predictions.compute', id, null);
      const got = await ask('audit.labels', id);
      const said = got ? await ask('audit.marks', got.datasetId, got.dataRevision) : {};
      if (latest !== own) return;
      [audit.value, marks.value, state.value] = [got, said, got ? 'there' : 'missing'];
    } catch (reason) {
      if (latest !== own) return;
      error.value = asErrorData(reason);
      state.value = 'missing';
    }
  }
  watch(runId, (id) => {
    latest = null;
    [audit.value, marks.value] = [null, {}];
    if (id !== null) void read(id, false);
  }, { immediate: true });

  const again = (compute: boolean) => { const id = runId(); if (id !== null) void read(id, compute); };
  /** The same mark twice takes it back. */
  async function mark(index: number, next: LabelMark): Promise<void> {
    const of = audit.value;
    if (!of) return;
    error.value = null;
    try {
      const all = await ask('audit.mark', of.datasetId, of.dataRevision, index, marks.value[index] === next ? null : next);
      if (audit.value === of) marks.value = all;
    } catch (reason) {
      error.value = asErrorData(reason);
    }
  }
  return { audit, marks, state, error, again, mark };
}
