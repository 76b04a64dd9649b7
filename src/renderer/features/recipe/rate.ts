import type { RunConfig } from '../../../core/config/run';
import { learningRateAt } from '../../../core/schedule/learningRate';
import { scheduleStep } from '../../../core/schedule/timeBudget';

/**
 * The learning rate of a run at a time in epochs, by the training's own schedule: that of the step which the time lies in.
 * @param planned epochs, where a time budget has left fewer than the config's
 */
export function rateOf(config: RunConfig, stepsPerEpoch: number, planned = config.epochs): (epoch: number) => number {
  const totalSteps = config.epochs * stepsPerEpoch;
  return (epoch) => learningRateAt(config.schedule, scheduleStep(epoch * stepsPerEpoch - 1, planned * stepsPerEpoch, totalSteps), totalSteps, stepsPerEpoch);
}
