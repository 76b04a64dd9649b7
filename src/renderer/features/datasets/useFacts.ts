import { shallowRef, watch } from 'vue';
import type { DatasetManifest } from '../../../contracts/dataset';
import type { DatasetFacts } from '../../../contracts/datasetFacts';
import type { CultivarErrorData } from '../../../contracts/errors';
import { ask, asErrorData } from '../../api';

/** All that is known of the shown revision; null until it is there. The first look at a large data set reads all its pixels. */
export function useFacts(of: () => Pick<DatasetManifest, 'id' | 'revision'>) {
  const facts = shallowRef<DatasetFacts | null>(null);
  const error = shallowRef<CultivarErrorData | null>(null);
  let latest: symbol | null = null;
  async function load(): Promise<void> {
    const own = (latest = Symbol());
    try {
      const { id, revision } = of();
      const found = await ask('dataset.facts', id, revision);
      if (latest === own) [facts.value, error.value] = [found, null];
    } catch (reason) {
      if (latest === own) error.value = asErrorData(reason);
    }
  }
  watch(() => `${of().id} ${of().revision}`, () => {
    facts.value = null;
    void load();
  }, { immediate: true });
  return { facts, error, load };
}
