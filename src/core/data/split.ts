import type { Labels } from './labels';
import { CounterRandom, permutation } from '../random/philox';

export interface SplitOptions {
  /** Images held out for validation. */
  readonly validation: number;
  /** Seed of the split, which belongs to the data, not to a run. */
  readonly seed: number;
  /** A stratified subset of the training part; null or absent: all of it. */
  readonly trainImages?: number | null;
  /** Images that take part in nothing. */
  readonly exclude?: readonly number[];
  /** Images that are left out of the parts that they would have been in; the others stay where they are. */
  readonly leaveOut?: readonly number[];
}

export interface SplitIndices {
  readonly train: Uint32Array<ArrayBuffer>;
  readonly validation: Uint32Array<ArrayBuffer>;
  /** A fixed part of `train` on which "training accuracy on plain images" is measured. */
  readonly trainCheck: Uint32Array<ArrayBuffer>;
}

/**
 * How many training images are also measured plain after each epoch: as many as validation has, so that both sides of the gap are as certain, but
 * not under 1,000 (where there are as many) and not over 5,000.
 */
export const trainCheckSize = (validation: number, train: number): number => Math.min(train, 5000, Math.max(1000, validation));

/**
 * Splits the images with labels into training and validation, each class in proportion (500 of each of CIFAR-10's classes for 5,000).
 * Each class is put in an order drawn from (seed, class); validation takes its head and training images what follows. So the
 * validation images do not depend on `trainImages`, and a smaller training set is part of a larger one. What is left out makes validation
 * smaller and lets training images move up: no image changes sides.
 * @param labels class of each image of the training set only: test images are never handed in
 * @returns indices into `labels`, ascending
 * @throws RangeError when there are not as many images
 */
export function splitIndices(labels: Labels, options: SplitOptions): SplitIndices {
  const { validation, seed, trainImages = null, exclude = [], leaveOut = [] } = options;
  const orders = classOrders(labels, seed, new Set(exclude));
  const available = total(orders.map((order) => order.length));
  checkCount('validation', validation, available - 1);
  const held = shares(orders.map((order) => order.length), validation);
  const left = new Set(leaveOut);
  const kept = (order: Uint32Array<ArrayBuffer>) => (left.size === 0 ? order : order.filter((image) => !left.has(image)));
  const rest = orders.map((order, c) => kept(order.subarray(held[c]!)));
  const most = total(rest.map((order) => order.length));
  const size = trainImages ?? most;
  checkCount('training', size, most);
  const train = heads(rest, size);
  const heldOut = gathered(orders.map((order, c) => kept(order.subarray(0, held[c]!))));
  if (heldOut.length === 0) throw new RangeError('Every validation image is left out.');
  return {
    validation: heldOut,
    train: gathered(train),
    trainCheck: gathered(heads(train, trainCheckSize(validation, size))),
  };
}

function classOrders(labels: Labels, seed: number, excluded: ReadonlySet<number>): Uint32Array<ArrayBuffer>[] {
  const members: number[][] = [];
  labels.forEach((label, i) => {
    if (!excluded.has(i)) (members[label] ??= []).push(i);
  });
  return Array.from(members, (images = [], c) =>
    permutation(images.length, new CounterRandom(seed, 'split', c)).map((i) => images[i]!) as Uint32Array<ArrayBuffer>);
}

const heads = (orders: readonly Uint32Array<ArrayBuffer>[], size: number) => {
  const counts = shares(orders.map((order) => order.length), size);
  return orders.map((order, c) => order.subarray(0, counts[c]!));
};

/** `size` shared out in proportion to `available`, by largest remainders (the earlier class on a tie). */
function shares(available: readonly number[], size: number): number[] {
  const all = total(available);
  const exact = available.map((count) => (all === 0 ? 0 : (count * size) / all));
  const counts = exact.map(Math.floor);
  const byRemainder = exact.map((_, c) => c).sort((a, b) => exact[b]! - counts[b]! - (exact[a]! - counts[a]!) || a - b);
  for (const c of byRemainder.slice(0, size - total(counts))) counts[c]!++;
  return counts;
}

function gathered(parts: readonly Uint32Array<ArrayBuffer>[]): Uint32Array<ArrayBuffer> {
  const all = new Uint32Array(total(parts.map((part) => part.length)));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.sort();
}

function checkCount(what: string, count: number, most: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= most) return;
  throw new RangeError(`The ${what} part can have 1 to ${most} images of this data set, not ${count}.`);
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
