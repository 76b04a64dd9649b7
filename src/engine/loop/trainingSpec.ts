import type { RunConfig } from '../../core/config/run';
import type { NetworkSpec } from '../step/network';

/** What training needs of the network beside the model itself. */
export const trainingSpec = (spec: NetworkSpec, { emaDecay, microBatches, batchSize, frozenEpochs }: RunConfig): NetworkSpec => ({
  ...spec, averages: emaDecay !== null, microBatch: microBatches === 1 ? null : Math.ceil(batchSize / microBatches), freezable: frozenEpochs > 0,
});
