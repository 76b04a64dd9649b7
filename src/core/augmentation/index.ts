export { type Size } from './image';
export { isOperationName, operations, type OperationName } from './operations';
export { Augmenter, sampleDraws, type Draw } from './policy';
export { trivialAugmentSpace, type OperationSpace } from './trivialAugment';
export { augmentationStream, augmentImage } from './augmentImage';
