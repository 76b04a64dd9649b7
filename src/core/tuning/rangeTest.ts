import type { RunConfig } from '../config/run';

/** Rates from `from` to `to`, growing by the same factor each step. */
export interface RangeTestSettings {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

export interface RangePoint {
  readonly learningRate: number;
  /** Of the step's own batch, before the step; may be NaN or infinite. */
  readonly loss: number;
}

export interface RangeReading {
  /** Losses with the noise of single batches taken out, as many as there are finite points. */
  readonly smoothed: readonly number[];
  /**
   * Rate at which the loss falls fastest against log10 of the rate. `low` to `high`: rates next to it whose slope is within two standard
   * errors of the steepest. null where no slope is clear of zero.
   */
  readonly steepest: { readonly learningRate: number; readonly low: number; readonly high: number; readonly slope: number; readonly standardError: number } | null;
  /** Rate of the lowest smoothed loss. */
  readonly lowest: { readonly learningRate: number; readonly loss: number } | null;
  /** Rate at which the loss had left for good; null where it never did. */
  readonly divergedAt: number | null;
  /** A tenth of that. */
  readonly tenth: number | null;
}

/** Wide enough for every optimizer; a step costs what a step of training costs. With Muon both rates rise, and this is SGD's. */
export const defaultRangeSettings = (optimizer: RunConfig['optimizer']['kind']): RangeTestSettings =>
  (optimizer === 'sgd' || optimizer === 'muon' ? { from: 1e-5, to: 10, steps: 100 } : { from: 1e-6, to: 1, steps: 100 });

/** Muon's rate where the one of a test was `learningRate`: the two rise together from the config's own. null of other optimizers. */
export const filterRateAt = ({ optimizer, schedule }: Pick<RunConfig, 'optimizer' | 'schedule'>, learningRate: number): number | null =>
  (optimizer.kind === 'muon' ? (learningRate * optimizer.filterLearningRate) / schedule.learningRate : null);

/** Most steps of one test, and the fewest that a slope can be read from. */
export const rangeStepLimits = { fewest: 20, most: 2000 } as const;

export const rangeRate = ({ from, to, steps }: RangeTestSettings, step: number): number => from * (to / from) ** (step / (steps - 1));

/** A running mean forgets so much of itself each step while the test goes on; nothing that is read afterwards hangs on it. */
const memory = 0.9;
/** The test ends where the running mean is this much above its lowest. */
const divergenceFactor = 4;

/** Watches a test while it runs: the running mean of the loss, corrected for its start, against its lowest so far. */
export class DivergenceWatch {
  private mean = 0;
  private weight = 0;
  private lowest = Infinity;

  /** @returns true where the loss has left: it is no number, or its running mean is four times the lowest */
  add(loss: number): boolean {
    if (!Number.isFinite(loss)) return true;
    this.mean = memory * this.mean + (1 - memory) * loss;
    this.weight = memory * this.weight + (1 - memory);
    const corrected = this.mean / this.weight;
    this.lowest = Math.min(this.lowest, corrected);
    return corrected > divergenceFactor * this.lowest;
  }
}

/**
 * What a range test says. Smith, "Cyclical Learning Rates for Training Neural Networks" (2017), section 3.3, finds the rate by eye; here
 * loss against log10 of the rate is fitted by a line through the points around each rate (a tenth of all on each side), so that the
 * smoothing lags nowhere and every slope has a standard error. Losses above twice that of the start count as that.
 * @param points in the order of their steps; one that is not finite ends what is read
 * @param diverged whether the test was ended because the loss had left
 */
export function readRangeTest(points: readonly RangePoint[], diverged: boolean): RangeReading {
  const end = points.findIndex(({ loss }) => !Number.isFinite(loss));
  const finite = end < 0 ? points : points.slice(0, end);
  const divergedAt = diverged || end >= 0 ? points[end < 0 ? points.length - 1 : end]!.learningRate : null;
  const fits = fitAll(finite);
  const lowestAt = fits.reduce((best, { value }, i) => (value < fits[best]!.value ? i : best), 0);
  const lowest = fits.length === 0 ? null : { learningRate: finite[lowestAt]!.learningRate, loss: fits[lowestAt]!.value };
  return { smoothed: fits.map(({ value }) => value), steepest: steepestOf(finite, fits), lowest, divergedAt, tenth: divergedAt === null ? null : divergedAt / 10 };
}

interface Fit {
  readonly value: number;
  readonly slope: number;
  readonly standardError: number;
}

function fitAll(points: readonly RangePoint[]): Fit[] {
  const reach = Math.max(2, Math.round(points.length / 10));
  // A loss that leaves would bend every line that it takes part in.
  const first = points.slice(0, reach).map(({ loss }) => loss).sort((a, b) => a - b);
  const most = 2 * (first[first.length >> 1] ?? 0);
  const held = points.map(({ learningRate, loss }) => ({ learningRate, loss: Math.min(loss, most) }));
  return held.map((point, i) => lineAt(held.slice(Math.max(0, i - reach), i + reach + 1), Math.log10(point.learningRate)));
}

/** Least squares of loss on log10 of the rate, read at `at`. */
function lineAt(points: readonly RangePoint[], at: number): Fit {
  const n = points.length;
  const xs = points.map(({ learningRate }) => Math.log10(learningRate));
  const [meanX, meanY] = [xs.reduce((a, b) => a + b, 0) / n, points.reduce((a, { loss }) => a + loss, 0) / n];
  let [xx, xy] = [0, 0];
  points.forEach(({ loss }, i) => {
    xx += (xs[i]! - meanX) ** 2;
    xy += (xs[i]! - meanX) * (loss - meanY);
  });
  if (n < 3 || xx === 0) return { value: meanY, slope: 0, standardError: Infinity };
  const slope = xy / xx;
  const residual = points.reduce((a, { loss }, i) => a + (loss - meanY - slope * (xs[i]! - meanX)) ** 2, 0);
  return { value: meanY + slope * (at - meanX), slope, standardError: Math.sqrt(residual / (n - 2) / xx) };
}

/** Standard errors that a slope has to be from zero. It is the steepest of many: two would find one in noise alone. */
const clearSlope = 4;

function steepestOf(points: readonly RangePoint[], fits: readonly Fit[]): RangeReading['steepest'] {
  // At the ends a line has points on one side only.
  const reach = Math.max(2, Math.round(points.length / 10));
  const inner = (i: number) => i >= reach && i < points.length - reach;
  const steepest = fits.reduce((best, { slope }, i) => (inner(i) && (best < 0 || slope < fits[best]!.slope) ? i : best), -1);
  if (steepest < 0) return null;
  const { slope, standardError } = fits[steepest]!;
  if (slope + clearSlope * standardError >= 0) return null;
  const alike = (i: number) => inner(i) && fits[i]!.slope <= slope + 2 * standardError;
  let [low, high] = [steepest, steepest];
  while (alike(low - 1)) low--;
  while (alike(high + 1)) high++;
  const rate = (i: number) => points[i]!.learningRate;
  return { learningRate: rate(steepest), low: rate(low), high: rate(high), slope, standardError };
}
