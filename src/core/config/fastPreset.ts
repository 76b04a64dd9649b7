import { cifarMean } from '../augmentation/presets';
import type { RunConfigInput } from './run';

/** The residual fast network's own recipe for CIFAR-10 (docs/experiments/fast-94.md). In float32 where this computer is slower in bfloat16. */
export const fastPreset = (precision: NonNullable<RunConfigInput['precision']> = 'bfloat16'): RunConfigInput => ({
  schemaVersion: 1,
  name: 'Fast recipe',
  seed: 1,
  data: { dataset: 'cifar10', trainImages: null, validationImages: 848, splitSeed: 0 },
  model: { architecture: 'fast-residual', stem: 'own', start: 'scratch' },
  augmentation: [
    { kind: 'randomCrop', padding: 2, fill: 'reflect' },
    { kind: 'alternatingFlip' },
    { kind: 'cutout', side: 8, value: cifarMean },
  ],
  epochs: 13,
  batchSize: 512,
  optimizer: {
    kind: 'muon', filterLearningRate: 0.12, filterMomentum: 0.6, newtonSchulzSteps: 3, normalizeFilters: true, momentum: 0.85, nesterov: true, weightDecay: 0.0024,
  },
  schedule: { kind: 'linear', learningRate: 0.42, warmupEpochs: 0, finalFraction: 0 },
  labelSmoothing: 0.2,
  precision,
});
