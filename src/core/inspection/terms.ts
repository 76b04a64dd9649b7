import type { OperationName } from '../augmentation/names';

/** What may be drawn, by the field's term: torchvision's operations by their names, and the rest. */
export type Term = 'crop' | 'flip' | 'resizedCrop' | OperationName | 'brightness' | 'contrast' | 'saturation' | 'hue' | 'erase' | 'cutout' | 'mixup' | 'cutmix';
