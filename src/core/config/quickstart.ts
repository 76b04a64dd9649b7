import type { ExperimentConfigInput } from './experiment';

/** The first experiment a person sees: the write-up's question with its two missing arms, on a small network and few images. */
export const quickstart: ExperimentConfigInput = {
  schemaVersion: 1,
  name: 'Quickstart',
  question: 'Was it the augmentation or the longer training?',
  base: {
    data: { dataset: 'cifar10', trainImages: 2000, validationImages: 2000 },
    model: { architecture: 'resnet18', stem: 'imagenet' },
    batchSize: 64,
    schedule: { kind: 'cosine', learningRate: 0.01, warmupEpochs: 0.5 },
  },
  factors: [
    { field: 'augmentation', levels: ['none', 'crop-flip-trivialaugment'] },
    { field: 'epochs', levels: [2, 8] },
  ],
  design: 'full-factorial',
  seeds: [1, 2, 3],
};
