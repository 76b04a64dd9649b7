import { pairedTPower, type SeedsQuestion } from '../../src/core/statistics/seedsNeeded';
import { brentq, hybrd, type Step } from './solvers';

/**
 * Whether statsmodels' TTestPower.solve_power can answer `expected` (null: it found nothing).
 *
 * It searches by brentq from 2 and 50 upwards, else by fsolve from 10, and takes NaN for infinitely much power. SciPy's noncentral t
 * distribution gives NaN where rounding puts a lower tail that is nearly zero below it, and so the search can stop before the root, or find
 * none. Where it does is chance of the last bit, and cannot be computed; so the search is followed here step by step, with either outcome
 * at each point where NaN is possible, as far as it can still end at `expected`. A value that no such path gives is wrong.
 * @returns the value of the path that ends there, or undefined
 */
export function searchedSeeds(question: SeedsQuestion, expected: number | null): number | null | undefined {
  const surplus = surplusOf(question);
  const stack: boolean[][] = [[]];
  for (let paths = 0; stack.length > 0 && paths < 20_000; paths++) {
    const prefix = stack.pop()!;
    const taken: boolean[] = [];
    const result = follow(expected, (x) => {
      const { value, mayBeNaN } = surplus(x);
      if (!mayBeNaN) return value;
      const isNaN = prefix[taken.length] ?? false;
      taken.push(isNaN);
      return isNaN ? Infinity : value;
    });
    if (result !== undefined && agrees(result, expected)) return result;
    // The other outcome at each point that this path came to beyond its prefix.
    for (let i = prefix.length; i < taken.length; i++) stack.push([...taken.slice(0, i), true]);
  }
  return undefined;
}

const agrees = (found: number | null, expected: number | null) =>
  found === expected || (found !== null && expected !== null && Math.abs(found - expected) <= 1e-6 * Math.abs(expected));

function surplusOf(question: SeedsQuestion): (seeds: number) => { value: number; mayBeNaN: boolean } {
  const known = new Map<number, { value: number; mayBeNaN: boolean }>();
  return (seeds) => {
    const found = known.get(seeds);
    if (found) return found;
    // Far out the power is one to the last bit, and its computation takes long.
    const far = (question.difference / question.deviation) ** 2 * seeds > 4000 && seeds > 50;
    const { right, wrong } = far ? { right: 1, wrong: 0 } : pairedTPower(question, seeds);
    const one = { value: right + wrong - question.power, mayBeNaN: wrong < 1e-13 };
    known.set(seeds, one);
    return one;
  };
}

/** brentq_expanding(low=2, start_upp=50), then fsolve: statsmodels/stats/power.py and tools/rootfinding.py. Undefined where it can no longer end at `expected`. */
function follow(expected: number | null, f: Step): number | null | undefined {
  const increasing = f(2) < f(50);
  let [left, right] = increasing ? [2, 50] : [50, 2];
  if (increasing) {
    for (let i = 0; f(right) < 0 && i < 100; i++) [left, right] = [right, right * 10];
  } else {
    // Upwards while there is more than enough power, which never ends.
    for (let i = 0; f(left) > 0 && i < 100; i++) [right, left] = [left, left * 10];
  }
  const root = brentq(f, left, right, 1e-5, expected);
  if (root !== 'same-sign') return root;
  const found = hybrd(f, 10);
  return found && Math.abs(found.value) < 1e-4 ? found.x : null;
}
