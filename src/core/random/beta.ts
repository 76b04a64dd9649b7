import { naturalLogarithm } from './logarithm';
import type { CounterRandom } from './philox';

/** The logarithm of a draw of the gamma distribution, scale 1: Marsaglia and Tsang 2000; below shape 1 by their boost, which is exact in logarithms. */
function logGamma(shape: number, random: CounterRandom): number {
  if (shape < 1) return logGamma(shape + 1, random) + naturalLogarithm(1 - random.float()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const root = 1 + c * x;
    const v = root * root * root;
    if (v <= 0) continue;
    const log = naturalLogarithm(v);
    if (naturalLogarithm(1 - random.float()) < 0.5 * x * x + d - d * v + d * log) return naturalLogarithm(d) + log;
  }
}

/** A draw of Beta(a, b), within 0 and 1. @param a greater than 0 @param b greater than 0 */
export function beta(a: number, b: number, random: CounterRandom): number {
  const difference = logGamma(b, random) - logGamma(a, random);
  return 1 / (1 + Math.exp(difference));
}
