import { describe, expect, it } from 'vitest';
import { CounterRandom } from '../random/philox';
import { nextBatch, readBatchSearch, type BatchTrial } from './batchSearch';
import { defaultRunConfig, runConfigSchema } from '../config/run';
import { defaultRangeSettings, DivergenceWatch, filterRateAt, rangeRate, readRangeTest, type RangePoint } from './rangeTest';

const settings = { from: 1e-5, to: 10, steps: 121 };
/** Flat, then falling fastest at a rate of 0.01 (a logistic in log10), with noise; beyond 1 it grows without end. */
function curve(noise: number): RangePoint[] {
  const random = new CounterRandom(3, 'curve');
  return Array.from({ length: settings.steps }, (_, step) => {
    const learningRate = rangeRate(settings, step);
    const x = Math.log10(learningRate);
    return { learningRate, loss: 2.3 - 1.2 / (1 + Math.exp(-4 * (x + 2))) + (x > 0 ? 20 * x ** 2 : 0) + noise * random.normal() };
  });
}

describe('learning-rate range test', () => {
  it('grows by the same factor each step, from the first rate to the last', () => {
    expect([rangeRate(settings, 0), rangeRate(settings, 120)]).toEqual([1e-5, 10]);
    expect(rangeRate(settings, 20) / rangeRate(settings, 0)).toBeCloseTo(10, 9);
    const muon = runConfigSchema.parse({ optimizer: { kind: 'muon', filterLearningRate: 0.06 }, schedule: { learningRate: 0.3 } });
    expect([filterRateAt(muon, 0.1), filterRateAt(defaultRunConfig(), 0.1)]).toEqual([0.02, null]);
    expect(defaultRangeSettings('adamw').to).toBeLessThan(defaultRangeSettings('sgd').to);
  });

  it.each([0, 0.05])('finds where the loss falls fastest, and says how sure that is (noise %s)', (noise) => {
    const { steepest, lowest, divergedAt, tenth, smoothed } = readRangeTest(curve(noise), false);
    expect(Math.log10(steepest!.learningRate)).toBeCloseTo(-2, noise === 0 ? 1 : 0);
    expect(steepest!.low).toBeLessThanOrEqual(0.0105);
    expect(steepest!.high).toBeGreaterThanOrEqual(0.0095);
    expect(lowest!.learningRate).toBeGreaterThan(steepest!.learningRate);
    expect([divergedAt, tenth]).toEqual([null, null]);
    expect(smoothed).toHaveLength(settings.steps);
  });

  it('more noise makes the range of the steepest wider', () => {
    const width = (noise: number) => { const { steepest } = readRangeTest(curve(noise), false); return Math.log10(steepest!.high / steepest!.low); };
    expect(width(0.05)).toBeGreaterThan(width(0));
  });

  it('a loss that never falls has no steepest rate', () => {
    const random = new CounterRandom(4, 'flat');
    expect(readRangeTest(curve(0).map(({ learningRate }) => ({ learningRate, loss: 2.3 + 0.05 * random.normal() })), false).steepest).toBeNull();
  });

  it('stops where the loss has left, and reads nothing behind a loss that is no number', () => {
    const watch = new DivergenceWatch();
    const points = curve(0);
    const left = points.findIndex(({ loss }) => watch.add(loss));
    expect(points[left]!.learningRate).toBeGreaterThan(1);
    const { divergedAt, tenth } = readRangeTest(points.slice(0, left + 1), true);
    expect([divergedAt, tenth]).toEqual([points[left]!.learningRate, points[left]!.learningRate / 10]);
    const broken = [...points.slice(0, 90), { learningRate: 0.9, loss: Number.NaN }];
    expect(readRangeTest(broken, true)).toMatchObject({ divergedAt: 0.9, smoothed: { length: 90 } });
    expect(new DivergenceWatch().add(Infinity)).toBe(true);
  });
});

describe('largest batch', () => {
  /** Everything up to `fitting` fits. */
  function search(fitting: number, start: number, most: number): BatchTrial[] {
    const trials: BatchTrial[] = [];
    for (let size = nextBatch({ start, most }, trials); size !== null; size = nextBatch({ start, most }, trials)) {
      if (trials.length > 40) throw new Error('no end');
      trials.push(size <= fitting ? { batchSize: size, fits: true, imagesPerSecond: 1000 - Math.abs(size - 100), peakBytes: size } : { batchSize: size, fits: false, reason: 'over-limit', peakBytes: size });
    }
    return trials;
  }

  it.each([1, 2, 3, 31, 100, 128, 129, 1000, 4095])('of those up to %i finds one within a sixteenth, trying none twice', (fitting) => {
    const trials = search(fitting, 32, 8192);
    expect(new Set(trials.map(({ batchSize }) => batchSize)).size).toBe(trials.length);
    const { largest, smallestRefused } = readBatchSearch(trials);
    if (fitting < 2) return expect([largest, smallestRefused]).toEqual([null, 2]);
    expect(largest!).toBeLessThanOrEqual(fitting);
    expect(smallestRefused!).toBeGreaterThan(fitting);
    expect(smallestRefused! - largest!).toBeLessThanOrEqual(Math.max(1, largest! / 16));
  });

  it('stops at the limit, and tells the fastest size apart from the largest', () => {
    const trials = search(Infinity, 32, 700);
    expect(trials.map(({ batchSize }) => batchSize)).toEqual([32, 64, 128, 256, 512, 700]);
    expect(readBatchSearch(trials)).toEqual({ largest: 700, smallestRefused: null, fastest: 128 });
    expect(search(Infinity, 32, 20).map(({ batchSize }) => batchSize)).toEqual([20]);
  });
});
