import { describe, expect, it } from 'vitest';
import { fitBlockModel, type Observation } from './blockModel';
import { analyseFactorial } from './factorial';
import { expectedCalibrationError, mcNemarP, wilsonInterval } from './proportions';
import { pairedTPower, seedsNeeded } from './seedsNeeded';
import { equivalenceP, holmAdjusted, pairedTTest, welchTTest } from './tTests';

const rows = (values: Record<string, number[]>): Observation[] =>
  Object.entries(values).flatMap(([arm, list]) => list.map((value, seed) => ({ arm, seed, value })));

describe('proportions', () => {
  it('has Wilson intervals that stay inside 0 to 1', () => {
    const [low, high] = wilsonInterval(79, 100, 0.95);
    expect(low).toBeCloseTo(0.7000, 3);
    expect(high).toBeCloseTo(0.8583, 3);
    expect(wilsonInterval(0, 10, 0.95)[0]).toBe(0);
    expect(wilsonInterval(10, 10, 0.95)[1]).toBe(1);
    expect(() => wilsonInterval(3, 2, 0.95)).toThrow(RangeError);
    expect(() => wilsonInterval(0, 0, 0.95)).toThrow(RangeError);
  });

  it('has the exact McNemar test', () => {
    expect(mcNemarP(0, 5)).toBeCloseTo(2 / 32, 14);
    expect(mcNemarP(5, 0)).toBe(mcNemarP(0, 5));
    expect([mcNemarP(0, 0), mcNemarP(7, 7)]).toEqual([1, 1]);
    expect(() => mcNemarP(-1, 3)).toThrow(RangeError);
  });

  it('weighs each bin of the calibration by its images', () => {
    expect(expectedCalibrationError([0.9, 0.9, 0.9, 0.3], [1, 1, 0, 0], 10)).toBeCloseTo((0.75 * 0.7) / 3 + 0.25 * 0.3, 12);
    expect(() => expectedCalibrationError([0.5], [], 10)).toThrow(RangeError);
  });
});

describe('tests of means', () => {
  it('refuses values that do not pair and single seeds', () => {
    expect(() => pairedTTest([1, 2], [1], 0.95)).toThrow(RangeError);
    expect(() => pairedTTest([1], [2], 0.95)).toThrow(RangeError);
    expect(() => welchTTest([1], [2, 3], 0.95)).toThrow(RangeError);
  });

  it('calls equal arms equal', () => {
    expect(pairedTTest([1, 2, 3], [1, 2, 3], 0.95)).toMatchObject({ difference: 0, t: 0, p: 1, interval: [0, 0] });
  });

  it('finds equivalence only inside the margin', () => {
    const [a, b] = [[80, 81, 80.5, 80.7], [80.1, 80.9, 80.6, 80.6]];
    expect(equivalenceP(a, b, 0.5)).toBeLessThan(0.01);
    expect(equivalenceP(a, b, 0.01)).toBeGreaterThan(0.05);
    expect(() => equivalenceP(a, b, 0)).toThrow(RangeError);
  });

  it('adjusts by Holm in the order given', () => {
    expect(holmAdjusted([0.04, 0.01, 0.03])).toEqual([0.06, 0.03, 0.06]);
    expect(holmAdjusted([])).toEqual([]);
  });
});

describe('seeds needed', () => {
  it('solves its own equation', () => {
    for (const difference of [0.3, 0.5, 1, 2, 8]) {
      const question = { difference, deviation: 1, power: 0.9, alpha: 0.05 };
      const { right, wrong } = pairedTPower(question, seedsNeeded(question));
      expect(right + wrong).toBeCloseTo(0.9, 9);
    }
  });

  it('refuses what cannot be planned', () => {
    expect(() => seedsNeeded({ difference: 0, deviation: 1, power: 0.9, alpha: 0.05 })).toThrow(RangeError);
    expect(() => seedsNeeded({ difference: 1, deviation: 1, power: 1, alpha: 0.05 })).toThrow(RangeError);
  });
});

describe('block model', () => {
  it('is the paired t test for two arms', () => {
    const [a, b] = [[80, 81.5, 79.8], [80.9, 82, 80.1]];
    const paired = pairedTTest(b, a, 0.95);
    const { difference, interval, df, p } = fitBlockModel(rows({ a, b })).estimate(new Map([['b', 1], ['a', -1]]), 0.95);
    expect(difference).toBeCloseTo(paired.difference, 10);
    expect([df, interval[0], interval[1], p].map((x) => x.toFixed(9))).toEqual([2, ...paired.interval, paired.p].map((x) => x.toFixed(9)));
  });

  it('estimates a missing run from its seed and its arm', () => {
    const whole = { a: [1, 2, 3], b: [2, 3, 4] };
    const model = fitBlockModel(rows(whole).filter(({ arm, seed }) => arm !== 'b' || seed !== 2));
    expect(model.armMeans.get('b')).toBeCloseTo(3, 10);
    expect(model.residualDf).toBe(1);
  });

  it('has nothing to say on one seed, and refuses arms without common seeds', () => {
    const one = fitBlockModel(rows({ a: [1], b: [2] }));
    expect(one.residualDf).toBe(0);
    expect(one.estimate(new Map([['b', 1], ['a', -1]]), 0.95)).toMatchObject({ difference: 1, p: 1, interval: [-Infinity, Infinity] });
    expect(() => fitBlockModel([{ arm: 'a', seed: 0, value: 1 }, { arm: 'b', seed: 1, value: 2 }])).toThrow(/undetermined/);
    expect(() => fitBlockModel([{ arm: 'a', seed: 0, value: 1 }, { arm: 'a', seed: 0, value: 2 }, { arm: 'b', seed: 0, value: 2 }])).toThrow(/twice/);
    expect(() => one.estimate(new Map([['c', 1]]), 0.95)).toThrow(/"c"/);
  });
});

describe('factorial', () => {
  const factors = { epochs: ['5', '20'], augmentation: ['none', 'crop'] };
  const run = (seed: number, epochs: string, augmentation: string, value: number) => ({ seed, levels: { epochs, augmentation }, value });

  it('refuses a missing combination, an unknown level and one seed', () => {
    const full = [0, 1].flatMap((seed) => factors.epochs.flatMap((e) => factors.augmentation.map((a, i) => run(seed, e, a, seed + i * i + Number(e)))));
    expect(() => analyseFactorial(factors, full.slice(1).filter((row) => row.levels.epochs === '5'), 0.95)).toThrow(RangeError);
    expect(() => analyseFactorial(factors, [...full, run(2, '7', 'none', 1)], 0.95)).toThrow(/"7"/);
    expect(() => analyseFactorial(factors, full.filter(({ seed }) => seed === 0), 0.95)).toThrow(/seed/);
  });
});
