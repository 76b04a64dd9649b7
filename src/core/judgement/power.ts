import { smallestDifference } from '../statistics/smallestDifference';
import { planContrasts } from './contrastPlan';

export interface PowerDesign {
  readonly arms: number;
  readonly comparisons: number;
  /** Standard deviation of paired differences, in points. */
  readonly deviationPoints: number;
}

/** A search picks the best of many and plans no differences. */
export const isSearch = (design: unknown): boolean => design === 'grid' || design === 'random' || design === 'halving';

/**
 * What a design's differences are tested with: the family that Holm's procedure shares the level among, as the judgement of the results will form it.
 * @returns null where no difference is planned
 */
export function powerOf(design: unknown, [factors, arms]: Parameters<typeof planContrasts>, deviationPoints: number): PowerDesign | null {
  const comparisons = isSearch(design) ? 0 : planContrasts(factors, arms).length;
  return comparisons === 0 ? null : { arms: arms.length, comparisons, deviationPoints };
}

const known = new Map<string, number | null>();

/** Smallest difference, in points, found 8 times in 10 at a level of 5 %; null where it cannot be tested. */
export function foundPoints({ arms, comparisons, deviationPoints }: PowerDesign, seeds: number): number | null {
  const key = `${arms} ${comparisons} ${seeds}`;
  if (!known.has(key)) known.set(key, smallestDifference({ deviation: 1, seeds, arms, comparisons, power: 0.8, alpha: 0.05 }));
  const unit = known.get(key) ?? null;
  return unit === null ? null : unit * deviationPoints;
}

/** The least number of seeds whose smallest difference is inside the margin; null where none up to 100 is. */
export function seedsForMargin(design: PowerDesign, marginPoints: number): number | null {
  let [low, high] = [2, 100];
  const enough = (seeds: number) => (foundPoints(design, seeds) ?? Infinity) <= marginPoints;
  if (!enough(high)) return null;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * What stands in until an experiment on these data has ended: 0.4 points for 5,000 validation images, and more for fewer, as the
 * error of counting images grows. An assumption, and said to be one.
 */
export const assumedDeviationPoints = (validationImages: number): number => 0.4 * Math.sqrt(5000 / Math.max(1, validationImages));
