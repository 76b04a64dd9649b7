/** How the learning rate moves. Linear warm-up from 0 to the peak, then the kind's own curve over the steps that are left. */
export interface Schedule {
  readonly kind: 'cosine' | 'constant';
  /** The peak. */
  readonly learningRate: number;
  readonly warmupEpochs: number;
}

/**
 * Learning rate of a step, a pure function of progress, so that a resume cannot change it.
 * `cosine`: Loshchilov and Hutter 2017, to zero at the end; without warm-up as torch's CosineAnnealingLR stepped every batch.
 * @param step of this run, counted from 0
 * @param totalSteps of the whole run
 */
export function learningRateAt(schedule: Schedule, step: number, totalSteps: number, stepsPerEpoch: number): number {
  const { kind, learningRate, warmupEpochs } = schedule;
  const warmupSteps = Math.min(Math.round(warmupEpochs * stepsPerEpoch), totalSteps);
  if (step < warmupSteps) return (learningRate * (step + 1)) / warmupSteps;
  switch (kind) {
    case 'constant':
      return learningRate;
    case 'cosine':
      return (learningRate * (1 + Math.cos((Math.PI * (step - warmupSteps)) / Math.max(1, totalSteps - warmupSteps)))) / 2;
  }
}
