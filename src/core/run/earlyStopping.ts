import type { EpochEvent } from './events';

export interface EarlyStopping {
  readonly monitor: 'accuracy' | 'loss';
  /** Epochs in a row without an improvement after which the run ends. */
  readonly patienceEpochs: number;
  /** An improvement is larger than this: a fraction of images, or nats. */
  readonly minDelta: number;
}

/**
 * Whether a run has come to its end by its validation scores, the epochs so far in order. Keras' and Lightning's EarlyStopping: the best value is
 * moved by an improvement beyond `minDelta` only; what is no number is no improvement. A pure function of what is recorded, so that a resume decides the same.
 */
export function stopsEarly({ monitor, patienceEpochs, minDelta }: EarlyStopping, epochs: readonly Pick<EpochEvent, 'validation'>[]): boolean {
  let best = -Infinity;
  let since = 0;
  for (const { validation } of epochs) {
    const value = monitor === 'accuracy' ? validation.accuracy : -validation.loss;
    const improved = value > best + minDelta;
    if (improved) best = value;
    since = improved ? 0 : since + 1;
    if (since >= patienceEpochs) return true;
  }
  return false;
}
