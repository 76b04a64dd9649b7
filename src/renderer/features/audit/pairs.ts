import type { DatasetAudit, DeliveredSplit, DuplicateKind, DuplicatePair } from '../../../core/audit/types';

/** Which pairs are shown. */
export interface PairFilter {
  /** Between training and test images, or inside one of them. */
  readonly where: 'across' | 'within';
  readonly kind: DuplicateKind | 'all';
  /** Only pairs whose images have two classes. */
  readonly classDiffers: boolean;
  /** Up to this distance. */
  readonly threshold: number;
}
type Counts = DatasetAudit['counts'];

export const splitOf = (index: number, counts: Counts): DeliveredSplit => (index < counts.train ? 'train' : 'test');
/** As it is numbered inside its split. */
export const numberInSplit = (index: number, counts: Counts): number => (index < counts.train ? index : index - counts.train);
const isAcross = ({ a, b }: DuplicatePair, counts: Counts): boolean => splitOf(a, counts) !== splitOf(b, counts);
/** Left and right as they are shown: the held-out image first. */
export const shownOrder = (pair: DuplicatePair, counts: Counts): readonly [number, number] => (isAcross(pair, counts) ? [pair.b, pair.a] : [pair.a, pair.b]);
/**
 * The image that goes where a pair is to be parted: across splits the training image, so that what is judged on stays the same; inside a split the
 * later one, so that the first of several stays.
 */
export const goesFirst = (pair: DuplicatePair, counts: Counts): number => (isAcross(pair, counts) ? pair.a : pair.b);

export function filterPairs({ pairs, counts, labels }: Pick<DatasetAudit, 'pairs' | 'counts' | 'labels'>, { where, kind, classDiffers, threshold }: PairFilter): readonly DuplicatePair[] {
  return pairs.filter((pair) => (pair.kind === 'exact' || pair.distance <= threshold) && (kind === 'all' || pair.kind === kind) && isAcross(pair, counts) === (where === 'across') && (!classDiffers || labels[pair.a] !== labels[pair.b]));
}

export interface AuditSummary {
  readonly across: number;
  readonly within: number;
  /** Test images that have a twin among the training images; `exactTestImages` of them one with equal pixels. */
  readonly testImages: number;
  readonly exactTestImages: number;
  /** Pairs whose images have two classes. */
  readonly classDiffers: number;
}

export function summaryOf({ pairs, counts, labels }: Pick<DatasetAudit, 'pairs' | 'counts' | 'labels'>, threshold: number): AuditSummary {
  const [held, heldExact] = [new Set<number>(), new Set<number>()];
  let [across, within, classDiffers] = [0, 0, 0];
  for (const pair of pairs) {
    if (pair.kind !== 'exact' && pair.distance > threshold) continue;
    if (labels[pair.a] !== labels[pair.b]) classDiffers++;
    if (!isAcross(pair, counts)) {
      within++;
      continue;
    }
    across++;
    held.add(pair.b);
    if (pair.kind === 'exact') heldExact.add(pair.b);
  }
  return { across, within, testImages: held.size, exactTestImages: heldExact.size, classDiffers };
}

/** Largest class over smallest, of classes that have images; null with fewer than two. */
export function imbalance(counts: readonly number[]): number | null {
  const some = counts.filter((count) => count > 0);
  return some.length < 2 ? null : Math.max(...some) / Math.min(...some);
}

/** Images of each split in a choice. */
export function countsBySplit(indices: Iterable<number>, counts: Counts): Record<DeliveredSplit, number> {
  const found = { train: 0, test: 0 };
  for (const index of indices) found[splitOf(index, counts)]++;
  return found;
}
