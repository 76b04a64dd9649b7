/** torchvision's names (transforms.autoaugment._apply_op) of the operations that automatic policies draw from. */
export const operationNames = [
  'Identity', 'ShearX', 'ShearY', 'TranslateX', 'TranslateY', 'Rotate', 'Brightness', 'Color', 'Contrast', 'Sharpness', 'Posterize', 'Solarize', 'AutoContrast', 'Equalize', 'Invert',
] as const;
export type OperationName = (typeof operationNames)[number];
export const isOperationName = (name: string): name is OperationName => (operationNames as readonly string[]).includes(name);

/** TrivialAugment's and RandAugment's: all but Invert. */
export const trivialAugmentNames = operationNames.filter((name) => name !== 'Invert') as Exclude<OperationName, 'Invert'>[];
