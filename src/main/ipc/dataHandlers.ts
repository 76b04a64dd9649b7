import { z } from 'zod';
import { CultivarError } from '../../contracts/errors';
import type { DatasetProgress } from '../../contracts/dataset';
import { ensureCifar10 } from '../../data/cifar10';
import type { AppContext } from '../context';
import { datasetCard, datasetImages, datasetSamples } from '../datasetPreview';
import { handler, id, nothing, type Handlers } from './register';

type DataCalls = Extract<keyof Handlers, 'dataset.card' | 'dataset.samples' | 'dataset.images' | 'dataset.fetch' | 'dataset.cancelFetch'>;

export function dataHandlers(context: AppContext): Handlers<DataCalls> {
  const { libraryDir, cacheDir } = context;
  let fetching: AbortController | null = null;

  async function fetchCifar10() {
    if (fetching) throw new CultivarError({ code: 'setup-locked', message: 'CIFAR-10 is being fetched already.' });
    const controller = new AbortController();
    fetching = controller;
    try {
      const onProgress = atMostEvery(100, (progress: DatasetProgress) => { context.push('dataset.progress', progress); });
      const { manifest } = await ensureCifar10({ libraryDir, cacheDir, signal: controller.signal, onProgress });
      const card = await datasetCard(libraryDir, manifest.id);
      if (!card) throw new CultivarError({ code: 'library-damaged', message: 'CIFAR-10 was stored, and is not in the library.' });
      return card;
    } finally {
      fetching = null;
    }
  }

  return {
    'dataset.card': handler<'dataset.card'>(z.tuple([id]), (datasetId) => datasetCard(libraryDir, datasetId)),
    'dataset.samples': handler<'dataset.samples'>(z.tuple([id, z.int().min(1).max(100)]), (datasetId, perClass) => datasetSamples(libraryDir, datasetId, perClass)),
    'dataset.images': handler<'dataset.images'>(z.tuple([id, z.array(z.int().min(0)).max(4096), z.string().regex(/^[0-9a-f]{64}$/)]), (datasetId, indices, revision) => datasetImages(libraryDir, datasetId, indices, revision)),
    'dataset.fetch': handler<'dataset.fetch'>(nothing, fetchCifar10),
    'dataset.cancelFetch': handler<'dataset.cancelFetch'>(nothing, () => {
      fetching?.abort();
      return null;
    }),
  };
}

/** Lets a value through when its phase is new, it is the last of it, or `intervalMs` have passed: thousands of pieces arrive a second. */
function atMostEvery(intervalMs: number, send: (progress: DatasetProgress) => void): (progress: DatasetProgress) => void {
  let [phase, sentAtMs] = ['', 0];
  return (progress) => {
    const nowMs = Date.now();
    if (progress.phase === phase && progress.doneBytes !== progress.totalBytes && nowMs - sentAtMs < intervalMs) return;
    [phase, sentAtMs] = [progress.phase, nowMs];
    send(progress);
  };
}
