import type { RunConfigInput } from './run';

/** The fast network's own recipe for CIFAR-10 (docs/experiments/fast-94.md). In float32 where this computer is slower in bfloat16. */
export const fastPreset = (precision: NonNullable<RunConfigInput['precision']> = 'bfloat16'): RunConfigInput => ({
  schemaVersion: 1,
  name: 'Fast recipe',
  seed: 1,
  data: { dataset: 'cifar10', trainImages: null, validationImages: 848, splitSeed: 0 },
  model: { architecture: 'fast', stem: 'own', start: 'scratch' },
  augmentation: 'reflectcrop-alternatingflip',
  epochs: 18,
  batchSize: 512,
  optimizer: { kind: 'sgd', momentum: 0.85, nesterov: true, weightDecay: 0.0013 },
  schedule: { kind: 'linear', learningRate: 0.75, warmupEpochs: 4, finalFraction: 0 },
  labelSmoothing: 0.2,
  precision,
});
