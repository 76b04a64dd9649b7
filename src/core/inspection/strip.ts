import type { Draw, MixDraw } from '../augmentation';
import type { Size } from '../augmentation/image';
import { autoAugmentSpace, operationsOf, randAugmentSpace, trivialAugmentSpace, type OperationSpace } from '../augmentation';
import { autoAugmentNames, cifar10SubPolicies } from '../augmentation/autoAugment';
import type { Augmentation, OperationOf, PolicyOperation } from '../config/augmentation';
import type { Term } from './terms';

interface Strip {
  /** The policy's switch that it belongs to (`policySwitches`), and so its row of the histogram. */
  readonly id: string;
  readonly term: Term;
  /** At least 1; step 0 is the weakest. An operation without strength has one. */
  readonly steps: number;
  /** Either direction is drawn, as likely: `at` takes −1 too. */
  readonly signed: boolean;
  /** The only step that the policy draws (RandAugment's magnitude); null: any. */
  readonly drawnStep: number | null;
}

/** One operation of a policy from its weakest to its strongest. Of one image, or of an image and its partner. */
export type StripSubject =
  | (Strip & { readonly of: 'image'; at(step: number, direction: 1 | -1): Draw })
  | (Strip & { readonly of: 'batch'; at(step: number): MixDraw });

/** Steps of what is drawn from a stretch, not from a list. */
const fineSteps = 33;

/** `count` of a strip's steps from the weakest to the strongest, evenly: what a row of tiles shows. Fewer where it has fewer. */
export function spread(steps: number, count: number): number[] {
  if (steps <= count) return Array.from({ length: steps }, (_, i) => i);
  return Array.from({ length: count }, (_, i) => Math.round((i * (steps - 1)) / (count - 1)));
}

/** The strips of a policy, in its order: each operation of its automatic policies, each parameter of its colour jitter. */
export const stripSubjects = (augmentation: Augmentation, size: Size): StripSubject[] => operationsOf(augmentation).flatMap((operation, place) => stripsOf(operation, String(place), size));

type ImageStrip = Extract<StripSubject, { of: 'image' }>;
type BatchStrip = Extract<StripSubject, { of: 'batch' }>;

/** From nothing to all, over a strip's fine steps. */
const part = (step: number) => step / (fineSteps - 1);

function stripsOf(operation: PolicyOperation, id: string, size: Size): StripSubject[] {
  const image = (term: Term, steps: number, at: ImageStrip['at'], signed = false): ImageStrip[] => [{ id, term, steps, signed, drawnStep: null, of: 'image', at }];
  const batch = (term: Term, at: BatchStrip['at']): BatchStrip[] => [{ id, term, steps: fineSteps, signed: false, drawnStep: null, of: 'batch', at }];
  switch (operation.kind) {
    case 'randomCrop': {
      const { padding, fill } = operation;
      return image('crop', padding + 1, (step, direction) => ({ kind: 'crop', left: padding + direction * step, top: padding + direction * step, padding, fill }), true);
    }
    case 'flip':
    case 'alternatingFlip': return image('flip', 2, (step) => ({ kind: 'flip', flipped: step === 1 }));
    case 'randomResizedCrop': {
      const [least, most] = operation.scale;
      return image('resizedCrop', fineSteps, (step) => ({ kind: 'resizedCrop', window: middle(most + (least - most) * part(step), size) }));
    }
    case 'trivialAugmentWide': return trivialAugmentSpace(operation).map((space) => named(id, space, null, operation.bins, { by: 'trivialAugmentWide' }));
    case 'randAugment': return randAugmentSpace(operation.bins, size).map((space) => named(id, space, operation.magnitude, operation.bins, { by: 'randAugment' }));
    case 'autoAugment': return autoAugmentNames.map((name) => named(id, autoAugmentSpace(name, size), null, 10, { by: 'autoAugment', applied: true, subPolicy: cifar10SubPolicies.findIndex((entries) => entries.some(([other]) => other === name)) }));
    case 'colorJitter': return (['brightness', 'contrast', 'saturation', 'hue'] as const).filter((name) => operation[name] > 0).map((name) => adjusted(id, name, operation));
    case 'randomErasing': {
      const [least, most] = operation.scale;
      return image('erase', fineSteps, (step) => ({ kind: 'erase', by: 'randomErasing', window: middle(least + (most - least) * part(step), size), value: operation.value }));
    }
    case 'cutout': return image('cutout', Math.min(operation.side, size.width, size.height), (step) => ({ kind: 'erase', by: 'cutout', window: centred(step + 1, step + 1, size), value: operation.value }));
    case 'mixup': return batch('mixup', (step) => ({ kind: 'mixup', weight: 1 - part(step) }));
    case 'cutmix': return batch('cutmix', (step) => {
      const window = middle(part(step), size, 0);
      return { kind: 'cutmix', window, weight: 1 - (window.width * window.height) / (size.width * size.height) };
    });
  }
}

type By = { by: 'trivialAugmentWide' | 'randAugment' } | { by: 'autoAugment'; subPolicy: number; applied: boolean };

function named(place: string, { name, magnitudes, signed }: OperationSpace, drawnStep: number | null, bins: number, by: By): ImageStrip {
  const strengths = magnitudes.length;
  return {
    id: `${place}:${name}`, term: name, of: 'image', steps: Math.max(1, strengths), signed, drawnStep: strengths > 0 ? drawnStep : null,
    at: (step, direction) => ({ kind: 'operation', name, bins, bin: strengths === 0 ? null : step, magnitude: strengths === 0 ? 0 : signed && direction < 0 ? -magnitudes[step]! : magnitudes[step]!, ...by }),
  };
}

function adjusted(place: string, name: 'brightness' | 'contrast' | 'saturation' | 'hue', operation: OperationOf<'colorJitter'>): StripSubject {
  const most = operation[name];
  return {
    id: `${place}:${name}`, term: name, of: 'image', steps: fineSteps, signed: true, drawnStep: null,
    at: (step, direction) => {
      const by = (direction * most * step) / (fineSteps - 1);
      return { kind: 'adjust', name, factor: name === 'hue' ? by : Math.max(0, 1 + by) };
    },
  };
}

/** A window of a share of the area about the middle, of the image's own ratio, of a pixel at least. */
function middle(share: number, size: Size, least = 1) {
  const side = Math.sqrt(share);
  return centred(Math.max(least, Math.round(size.width * side)), Math.max(least, Math.round(size.height * side)), size);
}

const centred = (width: number, height: number, size: Size) => ({ left: (size.width - width) >> 1, top: (size.height - height) >> 1, width, height });
