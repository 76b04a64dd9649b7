type Decay =
  | { readonly kind: 'step'; readonly everyEpochs: number; readonly gamma: number }
  | { readonly kind: 'multi-step'; readonly milestones: readonly number[]; readonly gamma: number };

/** Part of the peak that is left at a step, counted from 0: `gamma` to the number of decays so far. */
export function decayFactor(schedule: Decay, step: number, stepsPerEpoch: number): number {
  const decays = schedule.kind === 'step'
    ? Math.floor(step / (schedule.everyEpochs * stepsPerEpoch))
    : schedule.milestones.filter((epoch) => step >= Math.round(epoch * stepsPerEpoch)).length;
  return schedule.gamma ** decays;
}
