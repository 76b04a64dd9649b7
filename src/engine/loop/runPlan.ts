import type { OpenDataset } from '../../contracts/dataset';
import type { RunConfig } from '../../core/config/run';
import type { PlannedEvent, StoredEvent } from '../../core/run/events';
import { epochsWithin } from '../../core/schedule/timeBudget';
import { plainBatches } from '../input';
import type { Network } from '../step/network';
import { evaluationBatch } from './evaluate';
import { stepOptions } from './stepOptions';

/** Epochs that a time budget has left of a run, as it was recorded; null where none was. Once measured it holds, whatever is resumed. */
export const budgetedEpochs = (events: readonly StoredEvent[]): number | null =>
  events.findLast((event): event is PlannedEvent => event.type === 'planned' && event.reason === 'time-budget')?.epochs ?? null;

/** The first steps choose kernels and warm caches up. */
const [warmupSteps, timedSteps] = [3, 10];

/**
 * Measures steps and an evaluation on the network, whose state is put back, and plans as many epochs as fit.
 * The training images are taken as they are: their augmentation runs beside the step.
 * @param evaluated images of an epoch's evaluations
 */
export function planWithin(network: Network, config: RunConfig, { store }: OpenDataset, train: Uint32Array, evaluated: number, stepsPerEpoch: number): PlannedEvent {
  const state = network.readState();
  const size = Math.min(config.batchSize, train.length);
  const [batch] = plainBatches(store, train.subarray(0, size), size);
  const [some] = plainBatches(store, train.subarray(0, Math.min(evaluationBatch, train.length)), evaluationBatch);
  if (!batch || !some) throw new Error('there are no images to measure with');
  const took: number[] = [];
  for (let i = 0; i < warmupSteps + timedSteps; i++) {
    const start = performance.now();
    // At a rate of 0 nothing runs away; the frozen stretch is shorter than the rest and counts as it.
    network.trainStep(batch, 0, { ...stepOptions(config, i, stepsPerEpoch), frozen: false });
    took.push(performance.now() - start);
  }
  network.evaluate(some);
  const start = performance.now();
  network.evaluate(some);
  const evaluateMs = ((performance.now() - start) / some.labels.length) * evaluated;
  network.writeState(state);
  const stepMs = median(took.slice(warmupSteps));
  const epochMs = stepMs * stepsPerEpoch + evaluateMs;
  const epochs = epochsWithin(config.timeBudgetMinutes! * 60_000, epochMs, config.epochs);
  return { type: 'planned', atMs: Date.now(), step: 0, epochs, totalSteps: epochs * stepsPerEpoch, asked: config.epochs, reason: 'time-budget', epochMs };
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
