/**
 * Natural logarithm of a positive normal number from additions, multiplications and divisions alone, good to about 1e-16 relative
 * (absolute near 1). ECMAScript leaves the last bits of `Math.log` to the engine: with it, Node and Electron could start one run
 * from two sets of weights.
 */
export function naturalLogarithm(x: number): number {
  let exponent = 0;
  // Multiplications by two are exact.
  while (x < Math.SQRT1_2) {
    x *= 2;
    exponent--;
  }
  while (x > Math.SQRT2) {
    x /= 2;
    exponent++;
  }
  // ln x = 2 atanh f; |f| <= 0.172, so that the first term left out is below 1e-18.
  const f = (x - 1) / (x + 1);
  const g = f * f;
  let sum = 0;
  for (let n = 21; n >= 3; n -= 2) sum = (sum + 1 / n) * g;
  return exponent * Math.LN2 + 2 * f * (1 + sum);
}
