import { tCriticalValue, tTwoSidedP, tUpperP } from './distributions';
import { mean, variance } from './moments';
import type { Interval } from './proportions';

export interface TTest {
  /** mean(a) - mean(b), in the unit of the values, as is the interval. */
  readonly difference: number;
  readonly interval: Interval;
  readonly t: number;
  readonly df: number;
  /** Two-sided. */
  readonly p: number;
}

/** The test of an estimate against zero. A standard error of zero gives an infinite t, and p = 1 where the estimate is zero too. */
export function tTest(difference: number, standardError: number, df: number, level: number): TTest {
  const half = standardError === 0 ? 0 : tCriticalValue(level, df) * standardError;
  const t = difference === 0 ? 0 : difference / standardError;
  return { difference, interval: [difference - half, difference + half], t, df, p: tTwoSidedP(t, df) };
}

/**
 * Paired t test of two arms, one value a seed in the same order (Student, Biometrika 6, 1908).
 * @throws RangeError for different counts or fewer than two pairs
 */
export function pairedTTest(a: readonly number[], b: readonly number[], level: number): TTest {
  const differences = pairedDifferences(a, b);
  return tTest(mean(differences), Math.sqrt(variance(differences) / differences.length), differences.length - 1, level);
}

/**
 * Welch's t test: two arms whose seeds do not pair, variances not assumed equal; Satterthwaite's degrees of freedom
 * (Welch, Biometrika 34, 1947).
 * @throws RangeError for fewer than two values in an arm
 */
export function welchTTest(a: readonly number[], b: readonly number[], level: number): TTest {
  const [va, vb] = [variance(a) / a.length, variance(b) / b.length];
  const df = (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
  return tTest(mean(a) - mean(b), Math.sqrt(va + vb), df, level);
}

/**
 * Equivalence by two one-sided paired t tests against -margin and +margin (Schuirmann, J. Pharmacokin. Biopharm. 15, 1987).
 * @param margin in the unit of the values
 * @returns the larger of the two p: small says that the difference does not matter
 */
export function equivalenceP(a: readonly number[], b: readonly number[], margin: number): number {
  if (!(margin > 0)) throw new RangeError(`A margin is a positive number, not ${margin}.`);
  const differences = pairedDifferences(a, b);
  const difference = mean(differences);
  const standardError = Math.sqrt(variance(differences) / differences.length);
  const df = differences.length - 1;
  return Math.max(tUpperP((difference + margin) / standardError, df), tUpperP((margin - difference) / standardError, df));
}

/**
 * Holm's step-down adjustment: p values that may be held against alpha one by one, whatever their dependence (Holm, Scand. J. Stat. 6, 1979).
 * @returns in the order given
 */
export function holmAdjusted(p: readonly number[]): number[] {
  const order = p.map((_, i) => i).sort((i, j) => p[i]! - p[j]!);
  const adjusted = new Array<number>(p.length);
  let largest = 0;
  order.forEach((i, rank) => {
    largest = Math.max(largest, Math.min(1, p[i]! * (p.length - rank)));
    adjusted[i] = largest;
  });
  return adjusted;
}

function pairedDifferences(a: readonly number[], b: readonly number[]): number[] {
  if (a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} values are no pairs.`);
  return a.map((value, i) => value - b[i]!);
}
