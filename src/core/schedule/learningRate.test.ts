import { describe, expect, it } from 'vitest';
import fixture from '../../../test/fixtures/schedules.json';
import { averageDecayAt } from './averageDecay';
import { cornersOf, learningRateAt, type Schedule } from './learningRate';
import { epochsWithin, scheduleStep } from './timeBudget';

const cases = fixture.cases as readonly { readonly schedule: Schedule; readonly rates: readonly number[] }[];
const { totalSteps, stepsPerEpoch } = fixture;
const peak = { learningRate: 0.4 } as const;

describe('the learning rate', () => {
  it.each(cases.map((one) => [JSON.stringify(one.schedule), one] as const))('is torch\'s at every step: %s', (_, { schedule, rates }) => {
    rates.forEach((rate, step) => expect(Math.abs(learningRateAt(schedule, step, totalSteps, stepsPerEpoch) - rate), `step ${step}`).toBeLessThan(1e-12));
  });

  it('rises in a line to the peak before any kind, and milestones are counted from the start of the run', () => {
    const kinds: readonly Schedule[] = [
      { kind: 'constant', ...peak, warmupEpochs: 1 }, { kind: 'step', ...peak, warmupEpochs: 1, everyEpochs: 3, gamma: 0.1 }, { kind: 'multi-step', ...peak, warmupEpochs: 1, milestones: [2, 4.5], gamma: 0.1 },
      { kind: 'cosine', ...peak, warmupEpochs: 1 }, { kind: 'linear', ...peak, warmupEpochs: 1, finalFraction: 0 },
    ];
    for (const schedule of kinds) for (let step = 0; step < 7; step++) expect(learningRateAt(schedule, step, 42, 7)).toBeCloseTo((0.4 * (step + 1)) / 7, 14);
    expect([20, 21, 41].map((step) => learningRateAt(kinds[1]!, step, 42, 7))).toEqual([0.4, 0.04, 0.04].map((rate) => expect.closeTo(rate, 14)));
    expect([13, 14, 31, 32].map((step) => learningRateAt(kinds[2]!, step, 42, 7))).toEqual([0.4, 0.04, 0.04, 0.004].map((rate) => expect.closeTo(rate, 14)));
  });

  it('is drawn from 0 with a warm-up, and from the peak without', () => {
    for (const warmupEpochs of [0, 2]) {
      const kinds: readonly Schedule[] = [
        { kind: 'constant', ...peak, warmupEpochs }, { kind: 'step', ...peak, warmupEpochs, everyEpochs: 3, gamma: 0.1 }, { kind: 'multi-step', ...peak, warmupEpochs, milestones: [2, 4.5], gamma: 0.1 },
        { kind: 'cosine', ...peak, warmupEpochs }, { kind: 'linear', ...peak, warmupEpochs, finalFraction: 0 },
      ];
      for (const schedule of kinds) expect(learningRateAt(schedule, -1, 42, 7), schedule.kind).toBe(warmupEpochs === 0 ? 0.4 : 0);
    }
  });

  it('of one cycle is a number however short the run', () => {
    const schedule: Schedule = { kind: 'one-cycle', ...peak, warmupFraction: 0.3, divFactor: 25, finalDivFactor: 1e4 };
    for (const total of [1, 2, 3, 4, 10]) for (let step = 0; step < total; step++) {
      const rate = learningRateAt(schedule, step, total, 1);
      expect(rate).toBeGreaterThan(0);
      expect(rate).toBeLessThanOrEqual(0.4);
    }
  });

  it('has its corners where the curve breaks', () => {
    expect(cornersOf({ kind: 'step', ...peak, warmupEpochs: 1, everyEpochs: 2, gamma: 0.1 }, 6)).toEqual([1, 2, 4]);
    expect(cornersOf({ kind: 'multi-step', ...peak, warmupEpochs: 0, milestones: [3, 5], gamma: 0.1 }, 6)).toEqual([0, 3, 5]);
    expect(cornersOf({ kind: 'one-cycle', ...peak, warmupFraction: 0.25, divFactor: 25, finalDivFactor: 10 }, 8)).toEqual([2]);
  });

  it('is pressed together by a time budget, warm-up and milestones with it', () => {
    const schedule: Schedule = { kind: 'multi-step', ...peak, warmupEpochs: 2, milestones: [4], gamma: 0.1 };
    const at = (step: number) => learningRateAt(schedule, scheduleStep(step, 21, 42), 42, 7);
    expect([0, 7, 13, 14, 20].map(at)).toEqual([0.4 / 14, 0.4, 0.4, 0.04, 0.04].map((rate) => expect.closeTo(rate, 14)));
    expect(scheduleStep(13, 42, 42)).toBe(13);
    // Two of three epochs: the second step stands for one and a half.
    const rates = Array.from({ length: 8 }, (_, step) => learningRateAt({ kind: 'constant', ...peak, warmupEpochs: 0.5 }, scheduleStep(step, 8, 12), 12, 4));
    expect(rates).toEqual([0.2, ...Array<number>(7).fill(0.4)]);
    expect([epochsWithin(600, 100, 20), epochsWithin(600, 100, 5), epochsWithin(60, 100, 5)]).toEqual([6, 5, 1]);
  });
});

describe('the decay of an average of weights', () => {
  it('is timm\'s: a copy at first, then rising to its own', () => {
    expect([1, 2, 3, 9].map((step) => averageDecayAt(0.9999, true, step))).toEqual([0, 1 - 2 ** (-2 / 3), 1 - 3 ** (-2 / 3), 1 - 9 ** (-2 / 3)].map((decay) => expect.closeTo(decay, 14)));
    expect(averageDecayAt(0.9, true, 1000)).toBe(0.9);
    expect([1, 2].map((step) => averageDecayAt(0.9, false, step))).toEqual([0, 0.9]);
  });
});
