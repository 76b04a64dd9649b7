import { fairBinomialLowerP, normalCriticalValue } from './distributions';

export type Interval = readonly [low: number, high: number];

/**
 * Wilson's score interval of a proportion, `k` right of `n` images (Wilson, JASA 22, 1927; no continuity correction).
 * @param level of confidence, for example 0.95
 * @returns fractions from 0 to 1
 * @throws RangeError unless 0 ≤ k ≤ n are whole numbers and n ≥ 1
 */
export function wilsonInterval(k: number, n: number, level: number): Interval {
  if (!Number.isInteger(n) || n < 1 || !Number.isInteger(k) || k < 0 || k > n) throw new RangeError(`${k} of ${n} is no proportion.`);
  const z2 = normalCriticalValue(level) ** 2;
  const proportion = k / n;
  const centre = (proportion + z2 / (2 * n)) / (1 + z2 / n);
  const half = Math.sqrt(z2 * (proportion * (1 - proportion) + z2 / (4 * n)) / n) / (1 + z2 / n);
  // Exactly 0 and 1 at the ends, where the formula gives a rounding error.
  return [k === 0 ? 0 : centre - half, k === n ? 1 : centre + half];
}

/**
 * Exact two-sided McNemar test of two models on the same images: of the images that only one of them gets right, is either model's
 * share more than a half? (McNemar, Psychometrika 12, 1947; the binomial form.)
 * @param b images that only the first model gets right
 * @param c images that only the second gets right
 * @returns p, 1 where the models never differ
 */
export function mcNemarP(b: number, c: number): number {
  if (!Number.isInteger(b) || !Number.isInteger(c) || b < 0 || c < 0) throw new RangeError(`${b} and ${c} are no counts of images.`);
  // Equal counts reach past the middle, twice; fewer cannot.
  return b === c ? 1 : Math.min(1, 2 * fairBinomialLowerP(Math.min(b, c), b + c));
}

/**
 * Expected calibration error of top-1 confidences over equal-width bins, lower edge open, upper edge closed (Guo et al., ICML 2017).
 * @param confidences per image, in (0, 1]
 * @param correct per image, 1 where the top class is right
 * @returns a fraction
 */
export function expectedCalibrationError(confidences: readonly number[], correct: readonly number[], bins: number): number {
  const n = confidences.length;
  if (n === 0 || correct.length !== n) throw new RangeError(`${n} confidences and ${correct.length} answers are no pairs.`);
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`${bins} is no number of bins.`);
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const [low, high] = [bin / bins, bin / bins + 1 / bins];
    let surplus = 0;
    confidences.forEach((confidence, i) => {
      if (confidence > low && confidence <= high) surplus += correct[i]! - confidence;
    });
    error += Math.abs(surplus) / n;
  }
  return error;
}
