import type { ExperimentConfigInput } from './experimentSchema';

/**
 * The write-up's own comparison, as it was given: two numbers a run, one run each, two things changed at once. Opens as confounded and
 * undetermined. The same document is docs/examples/student-comparison.json.
 */
export const studentComparison: ExperimentConfigInput = {
  schemaVersion: 1,
  name: 'The write-up: 5 epochs without augmentation, 20 with TrivialAugment',
  question: 'Was it the augmentation or the longer training?',
  base: { data: { dataset: 'cifar10' }, model: { architecture: 'resnet50', stem: 'imagenet' } },
  factors: [
    { field: 'augmentation', levels: ['none', 'crop-flip-trivialaugment'] },
    { field: 'epochs', levels: [5, 20] },
  ],
  design: 'full-factorial',
  seeds: [],
  marginPoints: 0.5,
  given: [
    { levels: { augmentation: 'none', epochs: 5 }, validationAccuracy: 0.7939, trainAccuracy: 0.9271, trainMeasuredOn: 'unknown', source: 'The write-up: ResNet50 on CIFAR-10, 5 epochs, no augmentation' },
    { levels: { augmentation: 'crop-flip-trivialaugment', epochs: 20 }, validationAccuracy: 0.8334, trainAccuracy: 0.7337, trainMeasuredOn: 'augmented', source: 'The write-up: ResNet50 on CIFAR-10, 20 epochs, TrivialAugment; whether images were cropped and flipped as well is not said' },
  ],
};
