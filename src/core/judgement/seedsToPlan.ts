import { normalCriticalValue, tCriticalValue } from '../statistics/distributions';
import { pairedTPower } from '../statistics/seedsNeeded';

/** More is no plan: nobody trains an arm so often. */
const most = 1000;
const power = 0.8;

const known = new Map<string, number | null>();

/**
 * The fewest whole seeds an arm with which a paired t test finds a difference 8 times in 10, at the level that Holm's first step asks for.
 * @param deviation of the differences of one seed, in the unit of the difference
 * @returns null for a difference of zero, and where it would be more than 1,000
 */
export function affordableSeeds(difference: number, deviation: number, comparisons: number): number | null {
  if (difference === 0 || !(deviation > 0)) return null;
  const effect = Math.abs(difference) / deviation;
  const key = `${effect} ${comparisons}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const seeds = fewest(effect, 0.05 / Math.max(1, comparisons));
  if (known.size > 10_000) known.clear();
  known.set(key, seeds);
  return seeds;
}

/** From the normal approximation, which is a little low, up or down to the first whole number that is enough. */
function fewest(effect: number, alpha: number): number | null {
  const finds = (seeds: number) => {
    // With two seeds T is nearly delta / |Z|, which passes the critical value with P(|Z| < delta / critical): far from 0.8 no integral is needed.
    const reach = seeds === 2 ? (effect * Math.SQRT2) / tCriticalValue(1 - alpha, 1) : 1.28;
    if (reach > 1.6 || reach < 1) return reach > 1.6;
    const { right, wrong } = pairedTPower({ difference: effect, deviation: 1, alpha }, seeds);
    return right + wrong >= power;
  };
  const start = Math.ceil(((normalCriticalValue(1 - alpha) + normalCriticalValue(2 * power - 1)) / effect) ** 2);
  if (start > most) return null;
  let seeds = Math.max(2, start);
  if (finds(seeds)) {
    while (seeds > 2 && finds(seeds - 1)) seeds--;
    return seeds;
  }
  while (seeds < most) if (finds(++seeds)) return seeds;
  return null;
}
