import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { ListedDataset } from '../../contracts/calls/datasets';
import type { DatasetProgress } from '../../contracts/dataset';
import type { CultivarErrorData } from '../../contracts/errors';
import type { SampleImages } from '../../contracts/dataset';
import type { DatasetCard } from '../../contracts/ipc';
import { ask, asErrorData, listen } from '../api';

/** Images a class that the window keeps for its grids. */
const perClass = 8;

/** The library's data sets, and the one that is looked at: absent, being fetched, there, or damaged. */
export const useDatasets = defineStore('datasets', () => {
  const list = shallowRef<readonly ListedDataset[]>([]);
  const selectedId = shallowRef('cifar10');
  const card = shallowRef<DatasetCard | null>(null);
  const samples = shallowRef<SampleImages | null>(null);
  const progress = shallowRef<DatasetProgress | null>(null);
  const fetching = shallowRef(false);
  const loaded = shallowRef(false);
  /** The list is what the library holds; where it could not be read, nothing is known to be missing. */
  const listed = shallowRef(false);
  const error = shallowRef<CultivarErrorData | null>(null);
  let cancelled = false;
  /** The reading that counts: another data set may be chosen before an earlier answer comes. */
  let latest: symbol | null = null;

  async function loadSamples(): Promise<void> {
    samples.value = card.value === null ? null : await ask('dataset.samples', card.value.manifest.id, perClass);
  }
  async function load(): Promise<void> {
    const own = (latest = Symbol());
    error.value = null;
    try {
      list.value = await ask('dataset.list');
      if (own !== latest) return;
      listed.value = true;
      // Without CIFAR-10 the first of one's own is looked at.
      const [first] = list.value;
      if (first && !list.value.some(({ id }) => id === selectedId.value)) selectedId.value = first.id;
      const found = await ask('dataset.card', selectedId.value);
      if (own !== latest) return;
      card.value = found;
      await loadSamples();
    } catch (reason) {
      if (own === latest) error.value = asErrorData(reason);
    } finally {
      if (own === latest) loaded.value = true;
    }
  }
  async function select(id: string): Promise<void> {
    if (id === selectedId.value && card.value?.manifest.id === id) return;
    selectedId.value = id;
    await load();
  }
  async function remove(id: string, revision: string | null = null): Promise<void> {
    error.value = null;
    try {
      await ask('dataset.remove', id, revision);
      if (revision === null && selectedId.value === id) selectedId.value = 'cifar10';
      await load();
    } catch (reason) {
      error.value = asErrorData(reason);
    }
  }
  async function fetchCifar10(): Promise<void> {
    error.value = null;
    fetching.value = true;
    cancelled = false;
    try {
      card.value = await ask('dataset.fetch');
      selectedId.value = card.value.manifest.id;
      list.value = await ask('dataset.list');
      await loadSamples();
    } catch (reason) {
      if (!cancelled) error.value = asErrorData(reason);
    } finally {
      fetching.value = false;
      progress.value = null;
    }
  }
  async function cancel(): Promise<void> {
    cancelled = true;
    await ask('dataset.cancelFetch');
  }
  function subscribe(): void {
    listen('dataset.progress', (next) => { progress.value = next; });
  }

  const part = computed(() => (progress.value?.totalBytes ? progress.value.doneBytes / progress.value.totalBytes : null));
  const hasCifar10 = computed(() => list.value.some(({ id }) => id === 'cifar10'));
  /** There is no data set to look at, and one is to be fetched or imported. */
  const absent = computed(() => listed.value && loaded.value && card.value === null);
  const side = computed(() => card.value?.manifest.image.width ?? 32);
  /** RGB bytes of one sample, in the order of `samples`. */
  const pixelsOf = (index: number): Uint8Array => {
    const size = side.value * side.value * 3;
    return samples.value?.pixels.subarray(index * size, (index + 1) * size) ?? new Uint8Array(0);
  };
  return { list, listed, absent, selectedId, hasCifar10, select, remove, card, samples, progress, fetching, loaded, error, part, side, pixelsOf, load, fetchCifar10, cancel, subscribe };
});
