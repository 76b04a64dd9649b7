import type { RunConfig } from '../../../core/config/run';
import { learningRateAt } from '../../../core/schedule/learningRate';

/** The learning rate of a run at a time in epochs, by the training's own schedule: that of the step which the time lies in. */
export function rateOf(config: RunConfig, stepsPerEpoch: number): (epoch: number) => number {
  const totalSteps = config.epochs * stepsPerEpoch;
  return (epoch) => learningRateAt(config.schedule, epoch * stepsPerEpoch - 1, totalSteps, stepsPerEpoch);
}
