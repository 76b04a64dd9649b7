import type { CounterRandom } from '../random/philox';
import type { OperationName } from './operations';

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
const roundHalfEven = (value: number) => {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
};

/**
 * The search space of TrivialAugment Wide: Müller and Hutter 2021, torchvision's TrivialAugmentWide._augmentation_space.
 * Translations reach 32 pixels whatever the image's size.
 */
export function trivialAugmentSpace(bins = 31): OperationSpace[] {
  const range = (name: OperationName, start: number, end: number, signed = true): OperationSpace => ({ name, magnitudes: linspace(start, end, bins), signed });
  const plain = (name: OperationName): OperationSpace => ({ name, magnitudes: [], signed: false });
  const posterize = Array.from({ length: bins }, (_, i) => 8 - roundHalfEven(fround(i / fround((bins - 1) / 6))));
  return [
    plain('Identity'),
    range('ShearX', 0, 0.99),
    range('ShearY', 0, 0.99),
    range('TranslateX', 0, 32),
    range('TranslateY', 0, 32),
    range('Rotate', 0, 135),
    range('Brightness', 0, 0.99),
    range('Color', 0, 0.99),
    range('Contrast', 0, 0.99),
    range('Sharpness', 0, 0.99),
    { name: 'Posterize', magnitudes: posterize, signed: false },
    range('Solarize', 255, 0, false),
    plain('AutoContrast'),
    plain('Equalize'),
  ];
}

/** One operation, its magnitude and its sign, each uniform, in torchvision's order of draws. */
export function sampleTrivialAugment(space: readonly OperationSpace[], random: CounterRandom): { name: OperationName; magnitude: number } {
  const { name, magnitudes, signed } = space[random.integer(space.length)];
  const magnitude = magnitudes.length > 0 ? magnitudes[random.integer(magnitudes.length)] : 0;
  return { name, magnitude: signed && random.integer(2) === 1 ? -magnitude : magnitude };
}
