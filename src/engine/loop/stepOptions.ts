import type { RunConfig } from '../../core/config/run';
import { averageDecayAt } from '../../core/schedule/averageDecay';
import type { StepOptions } from '../step/network';

/** What goes with a step besides its learning rate. @param step counted from 0 */
export function stepOptions({ frozenEpochs, emaDecay, emaWarmup, continues }: RunConfig, step: number, stepsPerEpoch: number): StepOptions {
  const all = step + (continues?.steps ?? 0);
  return { frozen: all < frozenEpochs * stepsPerEpoch, ...(emaDecay !== null && { averageShare: 1 - averageDecayAt(emaDecay, emaWarmup, all + 1) }) };
}
