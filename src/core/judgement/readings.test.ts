import { describe, expect, it } from 'vitest';
import { compareRuns } from './compareRuns';
import type { CurvePoint } from './comparison';
import { readFit } from './fit';
import { flatFields, roleOf } from './fieldRoles';
import { bootstrapInterval } from './imagewise';
import { experiment, run } from './testing/runs';
import { affordableSeeds } from './seedsToPlan';
import { pairedTPower } from '../statistics/seedsNeeded';
import { defaultRunConfig } from '../config/run';

const curve = (validation: readonly number[], train: readonly number[] | null): CurvePoint[] => validation.map((value, i) => {
  const band = (mean: number) => ({ mean, low: mean, high: mean });
  return { epoch: i + 1, n: 1, validation: band(value), plainTrain: train && band(train[i]!), augmentedTrain: null, elapsedMs: 1000 * (i + 1) };
});

describe('fit', () => {
  it('reads over- and underfitting with their numbers', () => {
    const over = readFit(curve([0.6, 0.7, 0.75, 0.74, 0.73, 0.72], [0.65, 0.75, 0.8, 0.85, 0.9, 0.95]));
    expect(over).toMatchObject({ kind: 'overfitting', validationPeakEpoch: 3, epochs: 6 });
    expect([over.gapPoints, over.gapTrendPoints, over.lostSincePeakPoints].map((x) => x!.toFixed(1))).toEqual(['23.0', '12.0', '3.0']);
    expect(readFit(curve([0.3, 0.4, 0.5, 0.55, 0.6, 0.65], [0.31, 0.41, 0.51, 0.56, 0.61, 0.67]))).toMatchObject({ kind: 'underfitting' });
    expect(readFit(curve([0.8, 0.85, 0.86, 0.861, 0.861, 0.861], [0.81, 0.86, 0.88, 0.88, 0.88, 0.88]))).toMatchObject({ kind: 'balanced' });
    expect(readFit(curve([0.5, 0.6], null))).toMatchObject({ kind: 'unknown', gapPoints: null });
    expect(readFit([])).toMatchObject({ kind: 'unknown', epochs: 0 });
    // One epoch has a gap and no trend.
    expect(readFit(curve([0.5], [0.9]))).toMatchObject({ kind: 'overfitting', gapTrendPoints: null });
  });
});

describe('time', () => {
  it('gives accuracy at equal seconds, and the arms that none beats', () => {
    const runs = [5, 20].flatMap((epochs) => [1, 2].map((seed) => run({ levels: { epochs }, seed, value: epochs === 5 ? 0.6 : 0.7 })));
    const { time } = compareRuns(experiment({ epochs: [5, 20] }, runs, [1, 2]));
    expect(time.rows.map(({ seconds, accuracy }) => [seconds, ...Object.values(accuracy).map((value) => value!.toFixed(3))])).toEqual([[5, '0.600', '0.175'], [20, '0.600', '0.700']]);
    expect(time.front).toEqual(['epochs 5', 'epochs 20']);
  });
});

describe('image by image', () => {
  it('counts what only one network gets right, on images in any order', () => {
    const base = { levels: { augmentation: 'none' }, seed: 1, value: 0.9, images: 100 };
    const none = run({ ...base, wrong: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
    const crop = run({ ...base, levels: { augmentation: 'crop-flip' }, wrong: [0, 1, 50] });
    const turned = { ...crop, predictions: { indices: crop.predictions!.indices.toReversed(), correct: crop.predictions!.correct.toReversed() } };
    const { imagewise } = compareRuns(experiment({ augmentation: ['none', 'crop-flip'] }, [none, turned], [1]));
    expect(imagewise).toMatchObject([{ seed: 1, images: 100, armOnly: 8, referenceOnly: 1, differencePoints: 7 }]);
    // 9 discordant, 1 the other way: 2 · (1 + 9) / 2^9
    expect(imagewise[0]!.mcnemarP).toBeCloseTo(20 / 512, 12);
    const { low, high } = imagewise[0]!.bootstrapIntervalPoints;
    expect([low > 0 && low < 4, high > 10 && high < 14]).toEqual([true, true]);
  });

  it('has a bootstrap that is the normal interval for many images, and the same each time', () => {
    const { low, high } = bootstrapInterval(600, 500, 10_000);
    const error = (100 * Math.sqrt(0.06 + 0.05 - 0.01 ** 2)) / 100;
    expect(Math.abs(low - (1 - 1.96 * error))).toBeLessThan(0.06);
    expect(Math.abs(high - (1 + 1.96 * error))).toBeLessThan(0.06);
    expect(bootstrapInterval(600, 500, 10_000)).toEqual({ low, high });
    expect(bootstrapInterval(0, 0, 10)).toEqual({ low: 0, high: 0 });
    expect(bootstrapInterval(10, 0, 10)).toEqual({ low: 100, high: 100 });
  });
});

describe('fields', () => {
  it('have a role each; what is not known counts as a cause', () => {
    const fields = Object.keys(flatFields(defaultRunConfig()));
    expect(fields.filter((field) => roleOf(field) === 'ignored')).toEqual(['schemaVersion', 'name', 'seed', 'emaDecay', 'emaWarmup', 'workers', 'checkpointEveryMinutes', 'keepOptimizerState']);
    expect(fields.filter((field) => roleOf(field) === 'environment')).toEqual(['data.dataset', 'data.validationImages', 'data.splitSeed', 'precision', 'xla', 'device', 'intraOpThreads']);
    expect([roleOf('optimizer'), roleOf('a.new.field'), roleOf('totalSteps')]).toEqual(['cause', 'cause', 'follows']);
  });
});

describe('seeds to plan', () => {
  it('are the fewest that suffice', () => {
    for (const [difference, comparisons] of [[0.3, 1], [0.5, 12], [1, 1], [1, 5], [5, 1], [80, 1]] as const) {
      const seeds = affordableSeeds(difference, 0.5, comparisons)!;
      const power = (n: number) => { const { right, wrong } = pairedTPower({ difference, deviation: 0.5, alpha: 0.05 / comparisons }, n); return right + wrong; };
      expect(power(seeds)).toBeGreaterThanOrEqual(0.8);
      if (seeds > 2) expect(power(seeds - 1)).toBeLessThan(0.8);
    }
    expect([affordableSeeds(0, 1, 1), affordableSeeds(0.001, 1, 1), affordableSeeds(1, 0, 1)]).toEqual([null, null, null]);
  });
});
