import type { OperationOf } from '../config/augmentation';
import type { Size } from './image';
import { trivialAugmentNames, type OperationName } from './names';

/** Magnitudes an operation may take, weakest first as torchvision lists them; `signed`: either sign, as likely. */
export interface OperationSpace {
  readonly name: OperationName;
  /** Empty: the operation has no strength, its magnitude is 0. */
  readonly magnitudes: readonly number[];
  readonly signed: boolean;
}

const { fround } = Math;

/** torch.linspace in float32: from both ends towards the middle, each value rounded once (a fused multiply-add there). */
function linspace(start: number, end: number, count: number): number[] {
  const [first, last] = [fround(start), fround(end)];
  const step = fround(fround(last - first) / (count - 1));
  return Array.from({ length: count }, (_, i) => (i < Math.floor(count / 2) ? fround(first + step * i) : fround(last - step * (count - i - 1))));
}

/** Python's round(): halves to even. */
export const roundHalfEven = (value: number) => {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
};

/** Bits kept: from 8 down to `lowest`. */
const posterizeBits = (lowest: number, bins: number) =>
  Array.from({ length: bins }, (_, i) => (lowest === 8 ? 8 : 8 - roundHalfEven(fround(i / fround((bins - 1) / (8 - lowest))))));

type Strengths = Readonly<Record<'ShearX' | 'ShearY' | 'TranslateX' | 'TranslateY' | 'Rotate' | 'Brightness' | 'Color' | 'Contrast' | 'Sharpness' | 'Posterize' | 'Solarize', number>>;

function spaceOf(name: OperationName, strengths: Strengths, bins: number): OperationSpace {
  switch (name) {
    case 'Identity':
    case 'AutoContrast':
    case 'Equalize':
    case 'Invert': return { name, magnitudes: [], signed: false };
    case 'Posterize': return { name, magnitudes: posterizeBits(strengths.Posterize, bins), signed: false };
    case 'Solarize': return { name, magnitudes: linspace(255, strengths.Solarize, bins), signed: false };
    default: return { name, magnitudes: linspace(0, strengths[name], bins), signed: true };
  }
}

const wide: Strengths = {
  ShearX: 0.99, ShearY: 0.99, TranslateX: 32, TranslateY: 32, Rotate: 135, Brightness: 0.99, Color: 0.99, Contrast: 0.99, Sharpness: 0.99, Posterize: 2, Solarize: 0,
};

/**
 * The search space of TrivialAugment Wide: Müller and Hutter 2021, torchvision's TrivialAugmentWide._augmentation_space.
 * Translations reach 32 pixels whatever the image's size.
 */
export function trivialAugmentSpace({ bins, strengths, operations }: Omit<OperationOf<'trivialAugmentWide'>, 'kind'> = { bins: 31, strengths: {}, operations: null }): OperationSpace[] {
  return trivialAugmentNames.filter((name) => operations === null || operations.includes(name)).map((name) => spaceOf(name, { ...wide, ...strengths }, bins));
}

/** RandAugment's and AutoAugment's range; translations grow with the image. */
const moderate = ({ width, height }: Size): Strengths => ({
  ShearX: 0.3, ShearY: 0.3, TranslateX: (150 / 331) * width, TranslateY: (150 / 331) * height, Rotate: 30, Brightness: 0.9, Color: 0.9, Contrast: 0.9, Sharpness: 0.9, Posterize: 4, Solarize: 0,
});

/** Cubuk et al. 2020, torchvision's RandAugment._augmentation_space. */
export const randAugmentSpace = (bins: number, size: Size): OperationSpace[] => trivialAugmentNames.map((name) => spaceOf(name, moderate(size), bins));

/** One operation of AutoAugment's, at its tenth of strength: torchvision's AutoAugment._augmentation_space(10, size). */
export const autoAugmentSpace = (name: OperationName, size: Size): OperationSpace => spaceOf(name, moderate(size), 10);
