import betainc from '@stdlib/math-base-special-betainc';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalInverse from '@stdlib/stats-base-dists-normal-quantile';
import tInverse from '@stdlib/stats-base-dists-t-quantile';

/** z with P(|Z| ≤ z) = level for a standard normal Z. @param level in (0, 1) */
export function normalCriticalValue(level: number): number {
  checkLevel(level);
  return normalInverse(0.5 + level / 2, 0, 1);
}

/** t with P(|T| ≤ t) = level for Student's T with `df` degrees of freedom, which need not be whole. @param level in (0, 1) */
export function tCriticalValue(level: number, df: number): number {
  checkLevel(level);
  // From the tail: 0.5 + level / 2 would round away the last digits of levels near 1.
  return -tInverse((1 - level) / 2, df);
}

/** P(|T| ≥ |t|), Student's T: a regularised incomplete beta function, accurate in the far tail. */
export const tTwoSidedP = (t: number, df: number): number => betainc(df / (df + t * t), df / 2, 0.5);

/** P(T ≥ t), Student's T. */
export const tUpperP = (t: number, df: number): number => (t > 0 ? tTwoSidedP(t, df) / 2 : 1 - tTwoSidedP(t, df) / 2);

/** P(F ≥ f) of the F distribution. */
export const fUpperP = (f: number, dfBetween: number, dfWithin: number): number =>
  betainc(dfWithin / (dfWithin + dfBetween * f), dfWithin / 2, dfBetween / 2);

/** P(K ≤ k) for K successes in n fair throws; 0 ≤ k < n. */
export const fairBinomialLowerP = (k: number, n: number): number => betainc(0.5, n - k, k + 1);

/**
 * P(T ≥ critical) for noncentral T with `df` degrees of freedom and noncentrality `delta`.
 *
 * T = (Z + delta) / S, S² a chi square over df. The integral over x = ln S by the trapezoid rule, which converges exponentially for
 * such integrands (Trefethen and Weideman, SIAM Review 56, 2014); divided by the sum of the weights, so that no gamma function is needed.
 * @param critical at least 0
 */
export function noncentralTUpperP(critical: number, df: number, delta: number): number {
  // A quarter of the width of the narrower of the two bells, the weight's and the normal's.
  const step = 0.25 * Math.min(1 / Math.sqrt(2 * df + 2), 1 / (Math.abs(delta) + 1));
  let total = 0;
  let beyond = 0;
  for (const direction of [1, -1]) {
    for (let i = direction === 1 ? 0 : 1; ; i++) {
      const x = direction * i * step;
      const logWeight = df * (x - Math.expm1(2 * x) / 2);
      if (logWeight < -46) break;
      const weight = Math.exp(logWeight);
      total += weight;
      beyond += weight * normalCdf(delta - critical * Math.exp(x), 0, 1);
    }
  }
  return beyond / total;
}

function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`A level of confidence lies between 0 and 1, not ${level}.`);
}
