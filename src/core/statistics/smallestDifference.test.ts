import { describe, expect, it } from 'vitest';
import { pairedTPower, seedsNeeded } from './seedsNeeded';
import { smallestDifference } from './smallestDifference';

const two = { deviation: 0.31, arms: 2, comparisons: 1, power: 0.8, alpha: 0.05 };

describe('smallestDifference', () => {
  it('of two arms is what the paired t test finds with that power', () => {
    for (const seeds of [2, 3, 5, 12, 100]) {
      const difference = smallestDifference({ ...two, seeds })!;
      const { right, wrong } = pairedTPower({ difference, deviation: two.deviation, alpha: two.alpha }, seeds);
      expect(right + wrong).toBeCloseTo(0.8, 5);
    }
  });
  it('is undone by seedsNeeded', () => {
    const difference = smallestDifference({ ...two, seeds: 7 })!;
    expect(seedsNeeded({ difference, deviation: two.deviation, power: 0.8, alpha: 0.05 })).toBeCloseTo(7, 4);
  });
  it('scales with the deviation, falls with seeds and with arms that share the variance, grows with comparisons', () => {
    expect(smallestDifference({ ...two, seeds: 5, deviation: 0.62 })!).toBeCloseTo(2 * smallestDifference({ ...two, seeds: 5 })!, 5);
    const bySeeds = [2, 3, 4, 5, 10].map((seeds) => smallestDifference({ ...two, seeds })!);
    expect(bySeeds).toEqual([...bySeeds].sort((a, b) => b - a));
    expect(smallestDifference({ ...two, seeds: 3, arms: 4 })!).toBeLessThan(smallestDifference({ ...two, seeds: 3 })!);
    expect(smallestDifference({ ...two, seeds: 3, comparisons: 5 })!).toBeGreaterThan(smallestDifference({ ...two, seeds: 3 })!);
  });
  it('is not known without a second seed or arm', () => {
    expect(smallestDifference({ ...two, seeds: 1 })).toBeNull();
    expect(smallestDifference({ ...two, seeds: 5, arms: 1 })).toBeNull();
    expect(() => smallestDifference({ ...two, seeds: 5, deviation: 0 })).toThrow(RangeError);
  });
});
