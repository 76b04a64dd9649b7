import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { ListedExperiment } from '../../contracts/calls/experiments';
import type { CultivarErrorData } from '../../contracts/errors';
import { ask, asErrorData, listen } from '../api';

/** Pushes come close together while runs train; one reading answers all of them. */
const gatherMs = 400;

/** Every experiment of the library, newest first; one that cannot be read is in the list too. */
export const useExperiments = defineStore('experiments', () => {
  const all = shallowRef<readonly ListedExperiment[]>([]);
  const loaded = shallowRef(false);
  const error = shallowRef<CultivarErrorData | null>(null);
  const byId = computed(() => new Map(all.value.map((experiment) => [experiment.id, experiment])));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest: symbol | null = null;

  async function load(): Promise<void> {
    const own = (latest = Symbol());
    try {
      const listed = await ask('experiments.list');
      if (latest !== own) return;
      all.value = [...listed].sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
      error.value = null;
      loaded.value = true;
    } catch (reason) {
      if (latest === own) error.value = asErrorData(reason);
    }
  }
  function subscribe(): void {
    listen('experiment.changed', () => {
      clearTimeout(timer);
      timer = setTimeout(() => { void load(); }, gatherMs);
    });
  }
  /** To the bin. @throws CultivarError */
  async function remove(id: string): Promise<void> {
    await ask('experiments.delete', id);
    all.value = all.value.filter((experiment) => experiment.id !== id);
  }
  /** @throws CultivarError */
  async function restore(id: string): Promise<void> {
    await ask('experiments.restore', id);
    await load();
  }
  return { all, byId, loaded, error, load, subscribe, remove, restore };
});
