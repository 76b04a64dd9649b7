import { decayFactor } from './decay';
import { oneCycleRate } from './oneCycle';

/** What all kinds but one-cycle share: a linear warm-up from 0 to the peak. */
interface WithWarmup {
  /** The peak. */
  readonly learningRate: number;
  readonly warmupEpochs: number;
}

/** How the learning rate moves. Epochs are counted from the run's start, warm-up included. */
export type Schedule =
  | (WithWarmup & { readonly kind: 'constant' | 'cosine' })
  /** In a line from the peak to this fraction of it. */
  | (WithWarmup & { readonly kind: 'linear'; readonly finalFraction: number })
  /** Times `gamma` after every so many epochs. */
  | (WithWarmup & { readonly kind: 'step'; readonly everyEpochs: number; readonly gamma: number })
  /** Times `gamma` after each of these epochs. */
  | (WithWarmup & { readonly kind: 'multi-step'; readonly milestones: readonly number[]; readonly gamma: number })
  /** Its rise is its warm-up. */
  | { readonly kind: 'one-cycle'; readonly learningRate: number; readonly warmupFraction: number; readonly divFactor: number; readonly finalDivFactor: number };

/**
 * Learning rate of a step, a pure function of progress, so that a resume cannot change it. Torch's schedulers stepped every batch:
 * `cosine` CosineAnnealingLR to zero, `linear` LinearLR, both over the steps after the warm-up; `step` StepLR, `multi-step` MultiStepLR, by
 * epochs; `one-cycle` OneCycleLR with cosine annealing.
 * @param step of this run, counted from 0; -1, where a drawing begins, is 0 with a warm-up and the peak without
 * @param totalSteps of the whole run
 */
export function learningRateAt(schedule: Schedule, step: number, totalSteps: number, stepsPerEpoch: number): number {
  const { learningRate } = schedule;
  if (schedule.kind === 'one-cycle') return oneCycleRate(schedule, step, totalSteps);
  const warmupSteps = Math.min(Math.round(schedule.warmupEpochs * stepsPerEpoch), totalSteps);
  // Steps of a run that was pressed together lie between whole ones: the last of the warm-up must not pass the peak.
  if (warmupSteps > 0 && step < warmupSteps) return (learningRate * Math.min(step + 1, warmupSteps)) / warmupSteps;
  const from = Math.max(0, step);
  const since = from - warmupSteps;
  const progress = since / Math.max(1, totalSteps - warmupSteps);
  switch (schedule.kind) {
    case 'constant':
      return learningRate;
    case 'cosine':
      return (learningRate * (1 + Math.cos((Math.PI * since) / Math.max(1, totalSteps - warmupSteps)))) / 2;
    case 'linear':
      return learningRate * (1 + (schedule.finalFraction - 1) * progress);
    case 'step':
    case 'multi-step':
      return learningRate * decayFactor(schedule, from, stepsPerEpoch);
  }
}

/** Whether the curve is drawn out with the run; else its falls stay where they are. */
export const stretches = ({ kind }: Pick<Schedule, 'kind'>): boolean => kind === 'cosine' || kind === 'linear' || kind === 'one-cycle';

/** The end of the warm-up, in epochs: where the peak is reached. */
export const peakEpoch = (schedule: Schedule, epochs: number): number => (schedule.kind === 'one-cycle' ? schedule.warmupFraction * epochs : schedule.warmupEpochs);

/** Times at which the curve has a corner or a jump, in epochs and rising; the first is the end of the warm-up. */
export function cornersOf(schedule: Schedule, epochs: number): number[] {
  const peak = peakEpoch(schedule, epochs);
  switch (schedule.kind) {
    case 'step':
      return [peak, ...Array.from({ length: Math.ceil(epochs / schedule.everyEpochs) - 1 }, (_, i) => (i + 1) * schedule.everyEpochs)];
    case 'multi-step':
      return [peak, ...schedule.milestones];
    case 'constant':
    case 'cosine':
    case 'linear':
    case 'one-cycle':
      return [peak];
  }
}
