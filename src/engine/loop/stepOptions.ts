import type { RunConfig } from '../../core/config/run';
import { averageDecayAt } from '../../core/schedule/averageDecay';
import type { StepOptions } from '../step/network';

/** What goes with a step besides its learning rate. @param step counted from 0 */
export const stepOptions = ({ frozenEpochs, emaDecay, emaWarmup }: RunConfig, step: number, stepsPerEpoch: number): StepOptions => ({
  frozen: step < frozenEpochs * stepsPerEpoch,
  ...(emaDecay !== null && { averageShare: 1 - averageDecayAt(emaDecay, emaWarmup, step + 1) }),
});
