export { openBatches, plainBatches, type BatchSource, type TrainingBatch } from './batches';
export { epochOrder, stepsPerEpochOf } from './order';
