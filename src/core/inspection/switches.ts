import { operationsOf, trivialAugmentSpace } from '../augmentation';
import type { Augmentation, OperationOf, PolicyOperation } from '../config/augmentation';
import { expectedDraws } from './expected';
import type { Size } from '../augmentation/image';
import type { Term } from './terms';

/** Something of a policy that may be switched off: an operation of its list (id: its place), or a part of one (`2:Rotate`, `3:hue`). */
export interface PolicySwitch {
  readonly id: string;
  /** Place of its operation in the list, from 0, and that operation's kind. */
  readonly place: number;
  readonly kind: PolicyOperation['kind'];
  /** null: the whole operation. */
  readonly part: Term | null;
}

const jitters = ['brightness', 'contrast', 'saturation', 'hue'] as const;

/** In the policy's order, an operation before its parts. RandAugment and AutoAugment have no parts: no config could say it. */
export function policySwitches(augmentation: Augmentation): PolicySwitch[] {
  return operationsOf(augmentation).flatMap((operation, place): PolicySwitch[] => {
    const { kind } = operation;
    const parts: Term[] = kind === 'trivialAugmentWide' ? trivialAugmentSpace(operation).map(({ name }) => name) : kind === 'colorJitter' ? jitters.filter((name) => operation[name] > 0) : [];
    return [{ id: String(place), place, kind, part: null }, ...parts.map((part): PolicySwitch => ({ id: `${place}:${part}`, place, kind, part }))];
  });
}

/**
 * The policy without what is switched off: a config that a run may have. Draws of what follows in the list change with it, as they would in training
 * (one stream an image). The same list where nothing is off.
 */
export const withoutSwitched = (augmentation: Augmentation, off: ReadonlySet<string>): PolicyOperation[] => kept(augmentation, off).filter((operation) => operation !== null);

/** By place; null: off. */
const kept = (augmentation: Augmentation, off: ReadonlySet<string>): (PolicyOperation | null)[] => operationsOf(augmentation).map((operation, place) => {
  if (off.has(String(place))) return null;
  const isOff = (part: Term) => off.has(`${place}:${part}`);
  if (operation.kind === 'trivialAugmentWide') return withoutNames(operation, isOff);
  if (operation.kind !== 'colorJitter') return operation;
  const left = { ...operation };
  for (const name of jitters) if (isOff(name)) left[name] = 0;
  return jitters.some((name) => left[name] > 0) || !jitters.some((name) => operation[name] > 0) ? left : null;
});

function withoutNames(operation: OperationOf<'trivialAugmentWide'>, isOff: (name: Term) => boolean): PolicyOperation | null {
  const names = trivialAugmentSpace(operation).map(({ name }) => name);
  const left = names.filter((name) => !isOff(name));
  if (left.length === names.length) return operation;
  return left.length === 0 ? null : { ...operation, operations: left as NonNullable<typeof operation.operations> };
}

/** How often something is drawn for an image (for a batch: Mixup, CutMix) an epoch, before and after the switches: 1 in 14 becomes 1 in 13, or 0. RandAugment may draw one twice. */
export interface DrawShare {
  readonly id: string;
  readonly term: Term;
  readonly before: number;
  readonly after: number;
}

export function drawShares(augmentation: Augmentation, off: ReadonlySet<string>, size: Size): DrawShare[] {
  const after = new Map(expectedDraws(kept(augmentation, off), size).map(({ id, mean }) => [id, mean]));
  return expectedDraws(operationsOf(augmentation), size).map(({ id, term, mean }) => ({ id, term, before: mean, after: after.get(id) ?? 0 }));
}
