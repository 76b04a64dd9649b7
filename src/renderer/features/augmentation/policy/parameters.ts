import { defaultOperation, type OperationOf, type PolicyOperation } from '../../../../core/config/augmentation';
import type { OperationName } from '../../../../core/augmentation/names';

/** What a number of an operation counts; its word is `inspector.unit.<unit>`. */
export type Unit = 'px' | 'ofImages' | 'ofBatches' | 'ofArea' | 'widthByHeight' | 'heightByWidth' | 'steps' | 'ofSteps' | 'operations' | 'around1' | 'turns' | 'grey' | 'degrees' | 'shear' | 'bits' | 'beta' | 'ofMixed';

/** A field of an operation: `low`, `high` and `step` are the slider's; the field beside it takes all that the config may hold. */
export type Parameter =
  | { readonly form: 'number' | 'pair'; readonly key: string; readonly low: number; readonly high: number; readonly step: number; readonly unit: Unit }
  | { readonly form: 'choice'; readonly key: string; readonly values: readonly string[] }
  | { readonly form: 'fill'; readonly key: string };

const number = (key: string, unit: Unit, low: number, high: number, step: number): Parameter => ({ form: 'number', key, unit, low, high, step });
const pair = (key: string, unit: Unit, low: number, high: number, step: number): Parameter => ({ form: 'pair', key, unit, low, high, step });
const probability = number('probability', 'ofImages', 0, 1, 0.01);

/** The fields of each kind of operation, in the order in which they are shown. TrivialAugment's operations and strengths have a list of their own. */
const parameters: { readonly [K in PolicyOperation['kind']]: readonly Parameter[] } = {
  randomCrop: [number('padding', 'px', 0, 16, 1), { form: 'choice', key: 'fill', values: ['zero', 'reflect'] }],
  flip: [probability],
  alternatingFlip: [],
  randomResizedCrop: [pair('scale', 'ofArea', 0.01, 1, 0.01), pair('ratio', 'widthByHeight', 0.25, 4, 0.01)],
  trivialAugmentWide: [number('bins', 'steps', 2, 100, 1)],
  randAugment: [number('operations', 'operations', 1, 14, 1), number('magnitude', 'ofSteps', 0, 30, 1), number('bins', 'steps', 2, 100, 1)],
  autoAugment: [{ form: 'choice', key: 'policy', values: ['cifar10'] }],
  colorJitter: [number('brightness', 'around1', 0, 1, 0.01), number('contrast', 'around1', 0, 1, 0.01), number('saturation', 'around1', 0, 1, 0.01), number('hue', 'turns', 0, 0.5, 0.01)],
  randomErasing: [probability, pair('scale', 'ofArea', 0.01, 1, 0.01), pair('ratio', 'heightByWidth', 0.1, 10, 0.1), { form: 'fill', key: 'value' }],
  cutout: [number('side', 'px', 1, 32, 1), { form: 'fill', key: 'value' }],
  mixup: [number('alpha', 'beta', 0.1, 4, 0.1), number('probability', 'ofBatches', 0, 1, 0.01)],
  cutmix: [number('alpha', 'beta', 0.1, 4, 0.1), number('probability', 'ofBatches', 0, 1, 0.01), number('switchProbability', 'ofMixed', 0, 1, 0.01)],
};
export const parametersOf = (kind: PolicyOperation['kind']): readonly Parameter[] => parameters[kind];

export const defaultOf = (kind: PolicyOperation['kind'], key: string): unknown => (defaultOperation(kind) as unknown as Readonly<Record<string, unknown>>)[key];

/** The largest magnitude of a TrivialAugment operation that has one: torchvision's, and the unit it is given in. */
interface Strength { readonly usual: number; readonly low: number; readonly high: number; readonly step: number; readonly unit: Unit }
const strengths: Readonly<Partial<Record<OperationName, Strength>>> = {
  ShearX: { usual: 0.99, low: 0, high: 2, step: 0.01, unit: 'shear' },
  ShearY: { usual: 0.99, low: 0, high: 2, step: 0.01, unit: 'shear' },
  TranslateX: { usual: 32, low: 0, high: 64, step: 1, unit: 'px' },
  TranslateY: { usual: 32, low: 0, high: 64, step: 1, unit: 'px' },
  Rotate: { usual: 135, low: 0, high: 180, step: 1, unit: 'degrees' },
  Brightness: { usual: 0.99, low: 0, high: 2, step: 0.01, unit: 'around1' },
  Color: { usual: 0.99, low: 0, high: 2, step: 0.01, unit: 'around1' },
  Contrast: { usual: 0.99, low: 0, high: 2, step: 0.01, unit: 'around1' },
  Sharpness: { usual: 0.99, low: 0, high: 2, step: 0.01, unit: 'around1' },
  Posterize: { usual: 2, low: 0, high: 8, step: 1, unit: 'bits' },
  Solarize: { usual: 0, low: 0, high: 255, step: 1, unit: 'grey' },
};
export const strengthOf = (name: OperationName): Strength | null => strengths[name] ?? null;

/** With another largest magnitude; torchvision's own is left out. */
export function withStrength({ strengths: given }: OperationOf<'trivialAugmentWide'>, name: OperationName, value: unknown): Readonly<Record<string, unknown>> {
  const others = Object.fromEntries(Object.entries(given).filter(([key]) => key !== name));
  return value === strengthOf(name)?.usual ? others : { ...others, [name]: value };
}
