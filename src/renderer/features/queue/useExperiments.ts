import { onScopeDispose, shallowRef, watch } from 'vue';
import type { ExperimentRecord } from '../../../contracts/calls/experiments';
import { ask, listen } from '../../api';

/** Pushes come close together; one reading answers all of them. */
const gatherMs = 500;

/** Records of the experiments that `ids` names, read again as they change. One that cannot be read is absent. */
export function useExperiments(ids: () => readonly string[]) {
  const records = shallowRef<ReadonlyMap<string, ExperimentRecord>>(new Map());
  const reading = new Set<string>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  async function read(id: string): Promise<void> {
    if (reading.has(id)) return;
    reading.add(id);
    try {
      const record = await ask('experiments.get', id);
      records.value = new Map([...records.value, [id, record]]);
    } catch {
      // Its runs are listed by their own names then; the Library says what is wrong with it.
    } finally {
      reading.delete(id);
    }
  }
  function soon(id: string): void {
    clearTimeout(timers.get(id));
    timers.set(id, setTimeout(() => { void read(id); }, gatherMs));
  }
  watch(() => [...new Set(ids())].join('\n'), (text) => { for (const id of text.split('\n')) if (id !== '' && !records.value.has(id)) void read(id); }, { immediate: true });
  const stops = [
    listen('experiment.changed', ({ experimentId }) => { if (ids().includes(experimentId)) soon(experimentId); }),
    listen('run.changed', (run) => { if (run.status !== 'damaged' && run.experimentId !== null && ids().includes(run.experimentId)) soon(run.experimentId); }),
  ];
  onScopeDispose(() => {
    stops.forEach((stop) => { stop(); });
    timers.forEach((timer) => { clearTimeout(timer); });
  });
  return records;
}
