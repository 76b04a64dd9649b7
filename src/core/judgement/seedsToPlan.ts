import { seedsNeeded } from '../statistics/seedsNeeded';

/** More is no plan: nobody trains an arm so often. */
const most = 1000;

/**
 * Whole seeds an arm with which a paired t test finds a difference 8 times in 10, at the level that Holm's first step asks for.
 * @param deviation of the differences of one seed, in the unit of the difference
 * @returns null for a difference of zero, and where it would be more than 1,000
 */
export function affordableSeeds(difference: number, deviation: number, comparisons: number): number | null {
  if (difference === 0 || !(deviation > 0)) return null;
  // Far beyond what the normal approximation needs (z of 5 at 1,000 comparisons): no search.
  if ((Math.abs(difference) / deviation) * Math.sqrt(most) < 1) return null;
  const seeds = Math.ceil(seedsNeeded({ difference, deviation, power: 0.8, alpha: 0.05 / Math.max(1, comparisons) }) - 1e-9);
  return seeds <= most ? Math.max(2, seeds) : null;
}
