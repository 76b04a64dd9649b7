import { noncentralTUpperP, tCriticalValue } from './distributions';

export interface SeedsQuestion {
  /** The true difference of two arms that is to be found, and the standard deviation of its paired differences, in one unit. */
  readonly difference: number;
  readonly deviation: number;
  /** The wanted probability of finding it, and the test's level of significance. */
  readonly power: number;
  readonly alpha: number;
}

/** The two ways in which a two-sided paired t test with `seeds` pairs (any real number above 1) calls a difference: the right sign, the wrong. */
export function pairedTPower({ difference, deviation, alpha }: Omit<SeedsQuestion, 'power'>, seeds: number): { right: number; wrong: number } {
  const critical = tCriticalValue(1 - alpha, seeds - 1);
  const delta = (Math.abs(difference) / deviation) * Math.sqrt(seeds);
  return { right: noncentralTUpperP(critical, seeds - 1, delta), wrong: noncentralTUpperP(critical, seeds - 1, -delta) };
}

/**
 * Seeds, not rounded, so that a two-sided paired t test finds `difference` with `power` (statsmodels TTestPower.solve_power).
 * Round up to plan. Accurate to 1e-9 of itself.
 * @throws RangeError for a difference or deviation of zero, and for a power that is not between alpha and 1
 */
export function seedsNeeded(question: SeedsQuestion): number {
  const { difference, deviation, power, alpha } = question;
  if (!(Math.abs(difference) > 0) || !(deviation > 0)) throw new RangeError('A difference and a deviation other than zero are needed.');
  if (!(alpha > 0 && alpha < power && power < 1)) throw new RangeError(`A power of ${power} at a level of ${alpha} cannot be planned for.`);
  const surplus = (seeds: number) => {
    const { right, wrong } = pairedTPower(question, seeds);
    return right + wrong - power;
  };
  // A test needs two pairs, however large the difference.
  if (surplus(2) >= 0) return 2;
  let [low, high] = [2, 4];
  while (surplus(high) < 0) [low, high] = [high, 2 * high];
  return falsePosition(surplus, low, high);
}

/** The zero of an increasing function between two points: false position with the Illinois rule (Dahlquist and Björck, 1974). */
function falsePosition(f: (x: number) => number, low: number, high: number): number {
  let [fLow, fHigh] = [f(low), f(high)];
  let side = 0;
  for (let i = 0; i < 200 && high - low > 1e-11 * high; i++) {
    // Every third step halves, so that a flat start cannot hold the search up.
    const x = i % 3 === 2 ? (low + high) / 2 : (low * fHigh - high * fLow) / (fHigh - fLow);
    const value = f(x);
    if (Math.abs(value) < 1e-13) return x;
    if (value < 0) {
      [low, fLow] = [x, value];
      if (side === -1) fHigh /= 2;
      side = -1;
    } else {
      [high, fHigh] = [x, value];
      if (side === 1) fLow /= 2;
      side = 1;
    }
  }
  return (low + high) / 2;
}
