import type { ErrorCode } from '../../../contracts/errors';
import type { RunConfig } from '../../../core/config/run';

/** A run that failed, changed so that it may go through: a draft to look at, never started by itself. */
export interface DraftFix {
  readonly key: 'batch' | 'rate' | 'float32' | 'noXla';
  /** What the button names. */
  readonly value: number | null;
  readonly config: RunConfig;
}

/**
 * What to change after a failure that lies in the config; null for any other.
 * @param words the failure's, which may name the batch size that fits
 */
export function draftFix(code: ErrorCode, words: string, config: RunConfig): DraftFix | null {
  switch (code) {
    case 'out-of-memory': {
      // As engine/loop/tellOfMemory.ts words its estimate; without one, half.
      const fits = Number(/a batch size of (\d+)/.exec(words)?.[1] ?? Infinity);
      const batchSize = Math.min(fits, Math.floor(config.batchSize / 2));
      return batchSize < 2 ? null : { key: 'batch', value: batchSize, config: { ...config, batchSize, microBatches: 1 } };
    }
    case 'loss-not-finite': {
      const learningRate = Number((config.schedule.learningRate / 10).toPrecision(4));
      return { key: 'rate', value: learningRate, config: { ...config, schedule: { ...config.schedule, learningRate } } };
    }
    case 'precision-emulated': return { key: 'float32', value: null, config: { ...config, precision: 'float32' } };
    case 'xla-slower': return { key: 'noXla', value: null, config: { ...config, xla: false } };
    default: return null;
  }
}
