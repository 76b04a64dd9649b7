import { noncentralTUpperP, tCriticalValue } from './distributions';

export interface DesignSize {
  /** Standard deviation of paired differences, in the unit in which the answer is wanted. */
  readonly deviation: number;
  readonly seeds: number;
  readonly arms: number;
  /** Contrasts that Holm's procedure shares the level among; the hardest step counts: alpha / comparisons. */
  readonly comparisons: number;
  readonly power: number;
  readonly alpha: number;
}

/**
 * The smallest true difference of two arms that a two-sided t test finds with the wanted power. Arms are blocked by seed and the variance is
 * pooled over all of them, so the test has (arms − 1)(seeds − 1) degrees of freedom; with two arms it is the paired t test.
 * The inverse of `pairedTPower` by bisection, accurate to 1e-6 of itself.
 * @returns null where there is nothing to test with: fewer than two seeds or arms
 */
export function smallestDifference({ deviation, seeds, arms, comparisons, power, alpha }: DesignSize): number | null {
  if (seeds < 2 || arms < 2 || comparisons < 1) return null;
  if (!(deviation > 0)) throw new RangeError('A deviation other than zero is needed.');
  const df = (arms - 1) * (seeds - 1);
  const critical = tCriticalValue(1 - alpha / comparisons, df);
  const found = (delta: number) => noncentralTUpperP(critical, df, delta) + noncentralTUpperP(critical, df, -delta);
  let [low, high] = [0, 1];
  while (found(high) < power) [low, high] = [high, 2 * high];
  while (high - low > 1e-6 * high) {
    const middle = (low + high) / 2;
    if (found(middle) < power) low = middle;
    else high = middle;
  }
  return (deviation * high) / Math.sqrt(seeds);
}
