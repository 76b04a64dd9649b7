import { describe, expect, it } from 'vitest';
import { searchedSeeds } from './solvePower';
import { readStatistics } from './statistics';
import { answer, samples } from './statisticsCase';
import { seedsNeeded } from '../../src/core/statistics/seedsNeeded';

const off = (expected: unknown, ours: unknown) => samples(expected, ours).filter(({ ours: value, expected: reference }) => !(Math.abs(value - reference) <= 1e-9 * Math.abs(reference) + 1e-12));

describe('reference statistics', () => {
  it.each(['statistics', 'contrasts'])('%s.json: every value is met', async (name) => {
    for (const one of await readStatistics(`test/fixtures/${name}.json`)) {
      if (one.kind !== 'seedsNeeded') expect(off(one.expected, answer(one)), one.kind).toEqual([]);
      else if (Math.abs(seedsNeeded(one.input) - one.expected.n!) > 1e-6 * one.expected.n!) expect(searchedSeeds(one.input, one.expected.n)).toBeDefined();
    }
  });

  it('a value that is off is found, in its last digits and in its words', async () => {
    const [one] = (await readStatistics('test/fixtures/contrasts.json')).slice(3);
    if (one?.kind !== 'contrasts') throw new Error('no case of contrasts');
    const [first, ...others] = one.expected.contrasts;
    for (const change of [{ p: first!.p * (1 + 1e-8) }, { pAdjusted: first!.p }, { level: 'crop' }, { interval: [first!.interval[0], first!.interval[1] + 1e-9] }]) {
      expect(off({ ...one.expected, contrasts: [{ ...first, ...change }, ...others] }, answer(one))).toHaveLength(1);
    }
  });
});

describe('the reference\'s search for seeds', () => {
  // Case 39 of statistics.json: SciPy's noncentral t fails near 2, and the search stops there.
  const question = { difference: 0.019361192583114476, deviation: 0.0024335915931792606, power: 0.8, alpha: 0.01 };

  it('is followed where it ends short of the root', () => {
    expect(seedsNeeded(question)).toBeCloseTo(2.9212226, 6);
    expect(searchedSeeds(question, 2)).toBe(2);
  });

  it('finds its root where nothing fails, and nothing else', () => {
    const usual = { difference: 0.0033803137783323654, deviation: 0.005761786231983124, power: 0.8, alpha: 0.05 };
    expect(searchedSeeds(usual, 24.793041275659537)).toBeCloseTo(24.793041, 4);
    for (const wrong of [2, 20, 24.79, 25, 50, null]) expect(searchedSeeds(usual, wrong)).toBeUndefined();
    // Never beyond the root.
    for (const wrong of [2.93, 3, 10]) expect(searchedSeeds(question, wrong)).toBeUndefined();
  });
});
