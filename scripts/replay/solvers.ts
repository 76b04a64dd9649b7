export type Step = (x: number) => number;

const epsilon = 2 ** -52;
const negative = (x: number) => x < 0 || Object.is(x, -0);

/**
 * SciPy's brentq (scipy/optimize/Zeros/brentq.c), step by step.
 * @param expected gives up with undefined once the bracket no longer holds it
 * @returns the root, or `same-sign` where the ends do not bracket one
 */
export function brentq(f: Step, a: number, b: number, xtol: number, expected: number | null): number | 'same-sign' | undefined {
  const rtol = 4 * epsilon;
  let [xpre, xcur, xblk, fblk, spre, scur] = [a, b, 0, 0, 0, 0];
  let [fpre, fcur] = [f(a), f(b)];
  if (fpre === 0) return xpre;
  if (fcur === 0) return xcur;
  if (negative(fpre) === negative(fcur)) return 'same-sign';
  if (expected === null) return undefined;
  for (let i = 0; i < 100; i++) {
    if (fpre !== 0 && fcur !== 0 && negative(fpre) !== negative(fcur)) {
      [xblk, fblk] = [xpre, fpre];
      spre = scur = xcur - xpre;
    }
    if (Math.abs(fblk) < Math.abs(fcur)) {
      [xpre, xcur] = [xcur, xblk];
      xblk = xpre;
      [fpre, fcur] = [fcur, fblk];
      fblk = fpre;
    }
    const slack = 2e-6 * expected;
    if (expected < Math.min(xcur, xblk) - slack || expected > Math.max(xcur, xblk) + slack) return undefined;
    const delta = (xtol + rtol * Math.abs(xcur)) / 2;
    const sbis = (xblk - xcur) / 2;
    if (fcur === 0 || Math.abs(sbis) < delta) return xcur;
    let short = false;
    if (Math.abs(spre) > delta && Math.abs(fcur) < Math.abs(fpre)) {
      const dpre = (fpre - fcur) / (xpre - xcur);
      const dblk = (fblk - fcur) / (xblk - xcur);
      const stry = xpre === xblk ? (-fcur * (xcur - xpre)) / (fcur - fpre) : (-fcur * (fblk * dblk - fpre * dpre)) / (dblk * dpre * (fblk - fpre));
      // Not a number (after an infinite value) is never short enough.
      short = 2 * Math.abs(stry) < Math.min(Math.abs(spre), 3 * Math.abs(sbis) - delta);
      if (short) [spre, scur] = [scur, stry];
    }
    if (!short) spre = scur = sbis;
    [xpre, fpre] = [xcur, fcur];
    xcur += Math.abs(scur) > delta ? scur : sbis > 0 ? delta : -delta;
    fcur = f(xcur);
  }
  return xcur;
}

/**
 * SciPy's fsolve in one dimension: MINPACK's hybrd (Moré, Garbow, Hillstrom, 1980) with its defaults.
 * @returns where it converged, with the function's value there; null where it did not
 */
export function hybrd(f: Step, start: number): { x: number; value: number } | null {
  const xtol = 1.49012e-8;
  let x = start;
  let fvec = f(x);
  if (!Number.isFinite(fvec)) return null;
  let [calls, iteration, successes, slow1, slow2, delta, xnorm, diag] = [1, 1, 0, 0, 0, 0, 0, 0];
  for (;;) {
    const h = Math.sqrt(epsilon) * Math.abs(x) || Math.sqrt(epsilon);
    const jacobian = (f(x + h) - fvec) / h;
    calls++;
    if (!Number.isFinite(jacobian)) return null;
    if (iteration === 1) {
      diag = Math.abs(jacobian) || 1;
      xnorm = Math.abs(diag * x);
      delta = 100 * xnorm || 100;
    }
    let [r, qtf, fresh, failures] = [-jacobian, -fvec, true, 0];
    diag = Math.max(diag, Math.abs(jacobian));
    for (;;) {
      const step = -dogleg(r, diag, qtf, delta);
      const pnorm = Math.abs(diag * step);
      if (iteration === 1) delta = Math.min(delta, pnorm);
      const next = f(x + step);
      calls++;
      const [norm, normNext] = [Math.abs(fvec), Math.abs(next)];
      const actual = normNext < norm ? 1 - (normNext / norm) ** 2 : -1;
      const linear = qtf + r * step;
      const predicted = Math.abs(linear) < norm ? 1 - (Math.abs(linear) / norm) ** 2 : 0;
      const ratio = predicted > 0 ? actual / predicted : 0;
      if (ratio < 0.1) {
        successes = 0;
        failures++;
        delta /= 2;
      } else {
        failures = 0;
        successes++;
        if (ratio >= 0.5 || successes > 1) delta = Math.max(delta, pnorm / 0.5);
        if (Math.abs(ratio - 1) <= 0.1) delta = pnorm / 0.5;
      }
      if (ratio >= 1e-4) {
        x += step;
        fvec = next;
        xnorm = Math.abs(diag * x);
        iteration++;
      }
      slow1 = actual >= 1e-3 ? 0 : slow1 + 1;
      slow2 = actual >= 0.1 ? 0 : slow2 + Number(fresh);
      if (delta <= xtol * xnorm || fvec === 0) return { x, value: fvec };
      if (calls >= 400 || 0.1 * Math.max(0.1 * delta, pnorm) <= epsilon * xnorm || slow2 === 5 || slow1 === 10) return null;
      if (failures === 2) break;
      const rotated = -next;
      r += diag * ((diag * step) / pnorm) * ((rotated - linear) / pnorm);
      if (ratio >= 1e-4) qtf = rotated;
      fresh = false;
    }
  }
}

/** MINPACK's dogleg in one dimension. */
function dogleg(r: number, diag: number, qtf: number, delta: number): number {
  const newton = qtf / (r || epsilon);
  const qnorm = Math.abs(diag * newton);
  if (qnorm <= delta) return newton;
  const scaled = (r * qtf) / diag;
  const gnorm = Math.abs(scaled);
  let [alpha, sgnorm, direction] = [delta / qnorm, 0, 0];
  if (gnorm !== 0) {
    direction = scaled / gnorm / diag;
    const temp = Math.abs(r * direction);
    sgnorm = gnorm / temp / temp;
    alpha = 0;
    if (sgnorm < delta) {
      const [short, near] = [delta / qnorm, sgnorm / delta];
      const first = (Math.abs(qtf) / gnorm) * (Math.abs(qtf) / qnorm) * near;
      const denominator = first - short * near ** 2 + Math.sqrt((first - short) ** 2 + (1 - short ** 2) * (1 - near ** 2));
      alpha = (short * (1 - near ** 2)) / denominator;
    }
  }
  return (1 - alpha) * Math.min(sgnorm, delta) * direction + alpha * newton;
}
