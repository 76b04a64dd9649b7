import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { DatasetManifest } from '../../contracts/dataset';
import type { RunConfig } from '../../core/config/run';
import { ask } from '../api';

type Manifest = Pick<DatasetManifest, 'id' | 'revision' | 'counts' | 'exclusions'>;

/**
 * How many images a run has to train on, before `trainImages` takes a part of them. Counted here but for a list of images left out, whose
 * share of the training part the library knows: asked once a list and split, null until the answer is there (and where it has none).
 */
export const useTrainingImages = defineStore('trainingImages', () => {
  const answers = shallowRef<ReadonlyMap<string, number | null>>(new Map());
  const asked = new Set<string>();

  function answer(data: RunConfig['data'], revision: string | null): number | null {
    const key = JSON.stringify([revision, { ...data, trainImages: null }]);
    if (!asked.has(key)) {
      asked.add(key);
      void ask('exclude.trainingImages', data).then((images) => images, () => null).then((images) => { answers.value = new Map(answers.value).set(key, images); });
    }
    return answers.value.get(key) ?? null;
  }
  function of(data: RunConfig['data'], manifest: Manifest | null | undefined): number | null {
    if (!manifest || manifest.id !== data.dataset) return null;
    const { counts, exclusions, revision } = manifest;
    if (data.exclude === null) return counts.train - exclusions.filter((index) => index < counts.train).length - data.validationImages;
    return answer(data, revision);
  }
  /** Of a data set that need not be the one of `manifest`: the library is asked about any other. */
  const ofAny = (data: RunConfig['data'], manifest: Manifest | null | undefined): number | null => (manifest?.id === data.dataset ? of(data, manifest) : answer(data, null));
  return { of, ofAny };
});
