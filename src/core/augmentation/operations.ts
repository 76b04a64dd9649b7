import { rotate, shearX, shearY, translateX, translateY } from './affine';
import { autoContrast, brightness, colour, contrast, equalize, identity, invert, posterize, sharpness, solarize } from './colour';
import type { PixelOperation } from './image';
import type { OperationName } from './names';

/** torchvision's operations (transforms.autoaugment._apply_op) on RGB images, by its names: nearest interpolation, zero fill. */
export const operations = {
  Identity: identity,
  ShearX: shearX,
  ShearY: shearY,
  TranslateX: translateX,
  TranslateY: translateY,
  Rotate: rotate,
  Brightness: brightness,
  Color: colour,
  Contrast: contrast,
  Sharpness: sharpness,
  Posterize: posterize,
  Solarize: solarize,
  AutoContrast: autoContrast,
  Equalize: equalize,
  Invert: invert,
} as const satisfies Record<OperationName, PixelOperation>;
