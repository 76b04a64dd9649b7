import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunConfig } from '../../core/config/run';
import { excludedBy } from '../../data/audit/excludeLists';
import { datasetSplit } from '../../data/datasetSplit';
import { openDataset } from '../../data/openDataset';
import { isUsingGpuDevice, loadTensorFlow } from '../backend';
import { openBatches, stepsPerEpochOf } from '../input';
import { averagesOfWeights, openNetwork } from '../step/network';
import { startState } from './startState';
import { stepOptions } from './stepOptions';
import { trainingSpec } from './trainingSpec';
import { networkSpec } from './trainRun';

/** A step of practice, as it went. */
interface PracticeStep {
  readonly loss: number;
  readonly images: number;
  /** Of the step with its input. */
  readonly ms: number;
}

export interface Practice {
  /** One whole batch at a rate. Batches go round the training images; a short one at the end of an epoch is left out. */
  step(learningRate: number): Promise<PracticeStep>;
  close(): Promise<void>;
}

/**
 * A run's network from its start, on its own images, order and augmentation, that trains without a run: nothing is recorded, and nothing
 * of the library is written.
 * @param steps that will be taken at most
 * @throws CultivarError dataset-unknown, config-invalid, gpu-unusable, weights-unreadable, out-of-memory
 */
export async function openPractice(library: string, config: RunConfig, steps: number): Promise<Practice> {
  const dataset = await openDataset(library, config.data.dataset);
  const { train } = datasetSplit(dataset, config.data, await excludedBy(library, dataset.manifest, config.data));
  const batchSize = Math.min(config.batchSize, train.length);
  const spec = trainingSpec(networkSpec(config, dataset.manifest, isUsingGpuDevice(loadTensorFlow()) ? 'gpu' : 'cpu'), { ...config, batchSize });
  const scratch = await mkdtemp(join(tmpdir(), 'cultivar-practice-'));
  const network = await openNetwork(spec, scratch);
  const source = openBatches({
    store: dataset.store, indices: train, batchSize, seed: config.seed, augmentation: config.augmentation, startStep: 0,
    epochs: Math.ceil(steps / Math.floor(train.length / batchSize)),
    workers: config.workers ?? Math.max(1, Math.min(4, availableParallelism() - 1)),
  });
  const stepsPerEpoch = stepsPerEpochOf(train.length, batchSize);
  let taken = 0;
  const close = async () => {
    await source.close();
    network.close();
    await rm(scratch, { recursive: true, force: true });
  };
  try {
    network.writeState(averagesOfWeights((await startState(library, spec, config, { store: dataset.store, indices: train })).state));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    close,
    step: async (learningRate) => {
      const start = performance.now();
      for (;;) {
        const batch = await source.next();
        if (!batch) throw new Error('there is no batch left to practise on');
        const images = batch.labels.length;
        // The whole network, also where a run would begin with its classifier alone: that is what needs memory and a rate.
        const step = images === batchSize ? network.trainStep(batch, learningRate, stepOptions({ ...config, frozenEpochs: 0, continues: null }, taken++, stepsPerEpoch)) : null;
        batch.release();
        if (step) return { loss: step.loss, images, ms: performance.now() - start };
      }
    },
  };
}
