import { operationNames } from '../augmentation/names';

/** What may be drawn, by the field's term: torchvision's operations by their names, and the rest. */
export const terms = [
  'crop', 'flip', 'resizedCrop', ...operationNames, 'brightness', 'contrast', 'saturation', 'hue', 'erase', 'cutout', 'mixup', 'cutmix',
] as const;
export type Term = (typeof terms)[number];
