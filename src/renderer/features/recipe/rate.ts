import type { RunConfig } from '../../../core/config/run';

/** PROVISIONAL until core/schedule is there. */
export function rateOf(config: RunConfig, stepsPerEpoch: number): (epoch: number) => number {
  const { learningRate, warmupEpochs, kind } = config.schedule;
  void stepsPerEpoch;
  return (epoch) => {
    if (epoch < warmupEpochs) return (learningRate * epoch) / warmupEpochs;
    if (kind === 'constant') return learningRate;
    return (learningRate / 2) * (1 + Math.cos((Math.PI * (epoch - warmupEpochs)) / (config.epochs - warmupEpochs)));
  };
}
