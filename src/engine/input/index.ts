export { openBatches, plainBatches, type BatchSource, type TrainingBatch } from './batches';
export { stepsPerEpochOf } from '../../core/data/order';
