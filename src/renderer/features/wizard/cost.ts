import type { RunSummary } from '../../../contracts/runs';
import type { RunConfig } from '../../../core/config/run';

/**
 * Work of a run in training images: those it trains on, and a third for each image that is only looked at after an epoch (validation, and
 * the plain training images), since forward is about a third of a training step.
 * @param fullTrainImages of the data set after the split, for configs that take them all
 */
export function equivalentImages(config: RunConfig, fullTrainImages: number): number {
  const train = config.data.trainImages ?? fullTrainImages;
  return config.epochs * (train + (config.data.validationImages + Math.min(5000, train)) / 3);
}

/**
 * How far finished runs of the same network lie apart in time for their work: the factors of the fastest and the slowest around their median.
 * @param fullOf images that a config has to train on where it takes them all; null where that is not known (yet): such a run tells nothing
 */
export function timeSpread(runs: readonly RunSummary[], like: RunConfig, fullOf: (config: RunConfig) => number | null): { readonly low: number; readonly high: number; readonly runs: number } | null {
  const rates = runs.flatMap(({ status, startedAt, endedAt, config }) => {
    if (status !== 'completed' || startedAt === null || endedAt === null) return [];
    const same = config.model.architecture === like.model.architecture && config.model.stem === like.model.stem && config.batchSize === like.batchSize && config.precision === like.precision && config.data.dataset === like.data.dataset;
    const durationMs = Date.parse(endedAt) - Date.parse(startedAt);
    if (!same || !(durationMs > 0)) return [];
    const full = config.data.trainImages ?? fullOf(config);
    return full === null ? [] : [durationMs / equivalentImages(config, full)];
  }).sort((a, b) => a - b);
  if (rates.length < 2) return null;
  const median = (rates[Math.floor((rates.length - 1) / 2)]! + rates[Math.ceil((rates.length - 1) / 2)]!) / 2;
  return { low: rates[0]! / median, high: rates.at(-1)! / median, runs: rates.length };
}

/** A run in the order in which the queue takes them: every arm of the first seed, then of the next. */
export interface OrderedRun {
  readonly armKey: string;
  readonly seed: number;
  /** Share of the whole, for drawing. */
  readonly share: number;
}

/** Runs to come, seed by seed, as wide as they are long; equally wide where a time is not known. */
export function runOrder(arms: readonly { readonly key: string }[], seeds: readonly number[], reused: ReadonlySet<string>, durationByArm: Readonly<Record<string, number | null>>): OrderedRun[] {
  const known = arms.every(({ key }) => typeof durationByArm[key] === 'number' || seeds.every((seed) => reused.has(`${key}|${seed}`)));
  const runs = seeds.flatMap((seed) => arms.filter(({ key }) => !reused.has(`${key}|${seed}`)).map(({ key }) => ({ armKey: key, seed, width: known ? durationByArm[key]! : 1 })));
  const total = runs.reduce((sum, { width }) => sum + width, 0);
  return runs.map(({ armKey, seed, width }) => ({ armKey, seed, share: total > 0 ? width / total : 0 }));
}
