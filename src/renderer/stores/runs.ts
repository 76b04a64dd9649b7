import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { CultivarErrorData } from '../../contracts/errors';
import type { ListedRun, RunSummary } from '../../contracts/runs';
import { ask, asErrorData, listen } from '../api';

/** Every run of the library, newest first; a damaged one is in the list too, and hides no other. */
export const useRuns = defineStore('runs', () => {
  const listed = shallowRef<readonly ListedRun[]>([]);
  const loaded = shallowRef(false);
  const error = shallowRef<CultivarErrorData | null>(null);

  const createdAt = (run: ListedRun) => (run.status === 'damaged' ? '' : run.createdAt);
  const all = computed(() => [...listed.value].sort((a, b) => createdAt(b).localeCompare(createdAt(a)) || b.id.localeCompare(a.id)));
  const runs = computed(() => all.value.filter((run): run is RunSummary => run.status !== 'damaged'));
  const byId = computed(() => new Map(listed.value.map((run) => [run.id, run])));

  /** Told while the list is being read: newer than what the list says of them. */
  let told: ListedRun[] | null = null;
  const put = (run: ListedRun) => { listed.value = [...listed.value.filter(({ id }) => id !== run.id), run]; };
  const drop = (id: string) => { listed.value = listed.value.filter((run) => run.id !== id); };

  function subscribe(): void {
    listen('run.changed', (run) => {
      told?.push(run);
      put(run);
    });
    listen('run.removed', ({ runId }) => { drop(runId); });
  }
  async function load(): Promise<void> {
    error.value = null;
    const since: ListedRun[] = (told = []);
    try {
      listed.value = await ask('runs.list');
      since.forEach(put);
      loaded.value = true;
    } catch (reason) {
      error.value = asErrorData(reason);
    }
  }
  /** To the bin. @throws CultivarError */
  async function remove(id: string): Promise<void> {
    await ask('runs.delete', id);
    drop(id);
  }
  /** @throws CultivarError */
  async function restore(id: string): Promise<void> {
    await ask('runs.restore', id);
    await load();
  }
  return { all, runs, byId, loaded, error, subscribe, load, remove, restore, put };
});
