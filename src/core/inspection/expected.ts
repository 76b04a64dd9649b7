import { autoAugmentSpace, randAugmentSpace, trivialAugmentSpace } from '../augmentation';
import { autoAugmentNames, cifar10SubPolicies } from '../augmentation/autoAugment';
import type { Size } from '../augmentation/image';
import { roundHalfEven } from '../augmentation/spaces';
import type { OperationOf, PolicyOperation } from '../config/augmentation';
import type { Term } from './terms';

/** How often something is drawn for one image, or one batch: a count's mean and variance. */
export interface ExpectedDraw {
  /** As the switch's: the operation's place, or the place and the part. */
  readonly id: string;
  readonly term: Term;
  readonly of: 'images' | 'batches';
  readonly mean: number;
  readonly variance: number;
  /** Strengths that it may be drawn with, each as likely; 0 where it has none or they are not of a list. */
  readonly strengths: number;
}

const once = (probability: number) => ({ mean: probability, variance: probability * (1 - probability) });

/**
 * What a policy draws: crops that move, flips that mirror, operations by their name, erasures that find a place, batches that are mixed.
 * @param operations by place; null: switched off
 */
export function expectedDraws(operations: readonly (PolicyOperation | null)[], size: Size): ExpectedDraw[] {
  return operations.flatMap((operation, place) => (operation ? expectedOf(operation, String(place), size, operations) : []));
}

function expectedOf(operation: PolicyOperation, id: string, size: Size, all: readonly (PolicyOperation | null)[]): ExpectedDraw[] {
  const one = (term: Term, probability: number): ExpectedDraw[] => [{ id, term, of: 'images', ...once(probability), strengths: 0 }];
  switch (operation.kind) {
    case 'randomCrop': return one('crop', 1 - 1 / (2 * operation.padding + 1) ** 2);
    case 'flip': return one('flip', operation.probability);
    case 'alternatingFlip': return one('flip', 0.5);
    case 'randomResizedCrop': return one('resizedCrop', 1);
    case 'trivialAugmentWide': {
      const space = trivialAugmentSpace(operation);
      return space.map(({ name, magnitudes }) => ({ id: `${id}:${name}`, term: name, of: 'images', ...once(1 / space.length), strengths: magnitudes.length }));
    }
    case 'randAugment': {
      const space = randAugmentSpace(operation.bins, size);
      const { mean, variance } = once(1 / space.length);
      return space.map(({ name }) => ({ id: `${id}:${name}`, term: name, of: 'images', mean: mean * operation.operations, variance: variance * operation.operations, strengths: 0 }));
    }
    case 'autoAugment': return autoAugmentDraws(id, size);
    case 'colorJitter': return (['brightness', 'contrast', 'saturation', 'hue'] as const).filter((name) => operation[name] > 0).map((name) => ({ id: `${id}:${name}`, term: name, of: 'images', ...once(1), strengths: 0 }));
    case 'randomErasing': return one('erase', operation.probability * placeFound(operation, size));
    case 'cutout': return one('cutout', 1);
    case 'mixup':
    case 'cutmix': {
      const cutmix = all.find((other): other is OperationOf<'cutmix'> => other?.kind === 'cutmix');
      const both = cutmix !== undefined && all.some((other) => other?.kind === 'mixup');
      const chosen = !both ? 1 : operation.kind === 'cutmix' ? operation.switchProbability : 1 - cutmix.switchProbability;
      return [{ id, term: operation.kind, of: 'batches', ...once(chosen * operation.probability), strengths: 0 }];
    }
  }
}

/** Both operations of a sub-policy may be the same: mean and variance over the sub-policies. */
function autoAugmentDraws(id: string, size: Size): ExpectedDraw[] {
  return autoAugmentNames.map((name) => {
    let [mean, square] = [0, 0];
    for (const entries of cifar10SubPolicies) {
      const chances = entries.filter(([other]) => other === name).map(([, probability]) => probability);
      const inOne = chances.reduce((sum, p) => sum + p, 0);
      mean += inOne / cifar10SubPolicies.length;
      square += (chances.reduce((sum, p) => sum + p * (1 - p), 0) + inOne ** 2) / cifar10SubPolicies.length;
    }
    return { id: `${id}:${name}`, term: name, of: 'images', mean, variance: square - mean ** 2, strengths: autoAugmentSpace(name, size).magnitudes.length };
  });
}

/** Probability that one of torchvision's ten tries finds a rectangle smaller than the image: by midpoints of area and logarithm of the ratio. */
function placeFound({ scale, ratio }: OperationOf<'randomErasing'>, { width, height }: Size): number {
  const points = 128;
  const [low, high] = [Math.log(ratio[0]), Math.log(ratio[1])];
  let fitting = 0;
  for (let i = 0; i < points; i++) {
    const area = width * height * (scale[0] + ((scale[1] - scale[0]) * (i + 0.5)) / points);
    for (let j = 0; j < points; j++) {
      const aspect = Math.exp(low + ((high - low) * (j + 0.5)) / points);
      if (roundHalfEven(Math.sqrt(area * aspect)) < height && roundHalfEven(Math.sqrt(area / aspect)) < width) fitting++;
    }
  }
  return 1 - (1 - fitting / points ** 2) ** 10;
}
