import type { RunSummary } from '../../../contracts/runs';
import type { RunConfig } from '../../../core/config/run';
import { equivalentImages } from '../wizard/cost';

/** Runs whose rates are the same: what decides how fast an image is trained on. */
export const rateKey = ({ model, batchSize, precision, device, data }: RunConfig): string => JSON.stringify([model, batchSize, precision, device, data.dataset]);

/**
 * Time of a run that waits, from images a second; null where its rate or its images are not known. What a resumed run has done already is left out.
 * @param fullTrainImages for a config that takes all it has to train on; null where that is not known (yet)
 */
export function waitingMs(run: Pick<RunSummary, 'config' | 'epochsDone'>, imagesPerSecond: number | null, fullTrainImages: number | null): number | null {
  const images = run.config.data.trainImages ?? fullTrainImages;
  if (imagesPerSecond === null || imagesPerSecond <= 0 || images === null) return null;
  const left = 1 - Math.min(run.epochsDone, run.config.epochs) / run.config.epochs;
  return (equivalentImages(run.config, images) * left * 1000) / imagesPerSecond;
}

export interface QueueTime {
  /** Of those whose time is known. */
  readonly ms: number;
  /** Runs whose time is not known: the queue takes longer than `ms`. */
  readonly unknown: number;
}

/** Time left of the whole queue: what trains, then what waits, shared among as many as train at once. */
export function queueTime(activeMs: readonly (number | null)[], waiting: readonly (number | null)[], atOnce: number): QueueTime {
  const unknown = [...activeMs, ...waiting].filter((ms) => ms === null).length;
  const slots = [...activeMs.map((ms) => ms ?? 0)];
  while (slots.length < Math.max(1, atOnce)) slots.push(0);
  for (const ms of waiting) {
    const first = slots.indexOf(Math.min(...slots));
    slots[first]! += ms ?? 0;
  }
  return { ms: Math.max(...slots), unknown };
}
