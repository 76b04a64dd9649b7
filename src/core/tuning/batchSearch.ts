/** Why a batch did not fit: the device had no more memory, the process needed more than it may have, or it ended without a word. */
type BatchRefusal = 'out-of-memory' | 'over-limit' | 'crashed';

export type BatchTrial =
  | { readonly batchSize: number; readonly fits: true; readonly imagesPerSecond: number; readonly peakBytes: number }
  | { readonly batchSize: number; readonly fits: false; readonly reason: BatchRefusal; readonly peakBytes: number };

export interface BatchSearchSettings {
  /** The first size tried. */
  readonly start: number;
  /** No size above is tried: a person's limit, or all the images there are. */
  readonly most: number;
}

export interface BatchReading {
  /** null where none fitted. */
  readonly largest: number | null;
  /** The smallest size that did not fit; null where the limit was reached first. */
  readonly smallestRefused: number | null;
  /** The size with the most images a second. */
  readonly fastest: number | null;
}

/** First steps of a trial, which are not timed. */
export const uncountedSteps = 2;

/** The smallest batch that batch norm takes. */
const smallestBatch = 2;

/**
 * The size to try next: doubled while it fits (halved while it does not), then the middle between the largest that fits and the smallest
 * that does not, until they are within a sixteenth of each other.
 * @returns null at the end
 */
export function nextBatch({ start, most }: BatchSearchSettings, trials: readonly BatchTrial[]): number | null {
  const { largest, smallestRefused } = readBatchSearch(trials);
  if (largest === null) {
    if (smallestRefused === null) return Math.min(start, most);
    return smallestRefused <= smallestBatch ? null : Math.max(smallestBatch, Math.floor(smallestRefused / 2));
  }
  if (smallestRefused === null) return largest >= most ? null : Math.min(2 * largest, most);
  const step = Math.max(1, 2 ** Math.floor(Math.log2(largest / 16)));
  const middle = Math.round((largest + smallestRefused) / 2 / step) * step;
  return middle > largest && middle < smallestRefused && smallestRefused - largest > step ? middle : null;
}

/** What the trials say; a size that fits above one that does not counts as not fitting. */
export function readBatchSearch(trials: readonly BatchTrial[]): BatchReading {
  const refused = trials.filter(({ fits }) => !fits).map(({ batchSize }) => batchSize);
  const smallestRefused = refused.length === 0 ? null : Math.min(...refused);
  const fitting = trials.filter((trial) => trial.fits).filter(({ batchSize }) => smallestRefused === null || batchSize < smallestRefused);
  const largest = fitting.reduce<number | null>((most, { batchSize }) => Math.max(most ?? 0, batchSize), null);
  const fastest = fitting.reduce<(typeof fitting)[number] | null>((best, trial) => (best === null || trial.imagesPerSecond > best.imagesPerSecond ? trial : best), null);
  return { largest, smallestRefused, fastest: fastest?.batchSize ?? null };
}
