export { isOperationName, operations } from './operations';
export { Augmenter, sampleDraws, type Draw } from './policy';
export { trivialAugmentSpace } from './trivialAugment';
export { augmentationStream, augmentImage } from './augmentImage';
