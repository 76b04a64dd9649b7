import { CultivarError, toErrorData, type CultivarErrorData } from '../contracts/errors';
import type { OpenDataset } from '../contracts/dataset';
import type { ExportRequest } from '../contracts/exports';
import { excludedOfRun } from '../data/audit/excludeLists';
import { datasetSplit } from '../data/datasetSplit';
import { openDataset } from '../data/openDataset';
import { weightsAt } from '../engine/checkpoint/checkpoint';
import { checkpointSteps, checkWeightsKept, readPosition, type CheckpointPosition } from '../library/checkpoints';
import { readEvents } from '../library/events';
import { readRun } from '../library/runs';
import type { RunManifest } from '../library/runManifest';
import type { EpochEvent } from '../core/run/events';
import type { WeightsKind } from '../core/run/weightsKind';
import { TrainedModel } from './model/trainedModel';

/** What is exported, and the images that it is judged on. */
export interface ExportSource {
  readonly run: RunManifest;
  readonly position: CheckpointPosition;
  /** Of the exported weights at that checkpoint; null where it was not measured. */
  readonly validationAccuracy: number | null;
  readonly model: TrainedModel;
  readonly dataset: OpenDataset;
  /** Plain training images, for calibration. */
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly passedOver: readonly CultivarErrorData[];
}

/** @throws CultivarError run-unknown, checkpoint-damaged, dataset-unknown, dataset-damaged, config-invalid for another data revision and where an average is asked for that is not kept */
export async function openSource(library: string, { runId, checkpoint, weights }: Pick<ExportRequest, 'runId' | 'checkpoint' | 'weights'>): Promise<ExportSource> {
  const run = await readRun(library, runId);
  const { data, model: { architecture, stem } } = run.config.resolved;
  checkWeightsKept(runId, run.config.resolved, weights);
  const { position, tensors, passedOver } = await (checkpoint === 'last' ? lastCheckpoint : bestCheckpoint)(library, runId, weights);
  const dataset = await openDataset(library, data.dataset, run.dataset.revision);
  if (dataset.revision !== run.dataset.revision) {
    throw new CultivarError({ code: 'config-invalid', message: `The data set "${data.dataset}" is another revision than the one this run was made for, so an export could not be checked.`, remedy: 'Restore the data it was trained on.' });
  }
  const { image, normalization } = dataset.manifest;
  const description = { architecture, stem, classes: [...dataset.classes], input: image, normalization };
  const { train, validation } = datasetSplit(dataset, data, await excludedOfRun(library, run));
  const validationAccuracy = weights === 'raw' ? position.validationAccuracy : await averagesAccuracy(library, runId, position.step);
  return { run, position, validationAccuracy, model: new TrainedModel(description, tensors), dataset, train, validation, passedOver };
}

type Chosen = Pick<ExportSource, 'position' | 'passedOver'> & { readonly tensors: Awaited<ReturnType<typeof weightsAt>> };

/** It is in the run's events; where an epoch was trained again, the last one stands. */
async function averagesAccuracy(library: string, runId: string, step: number): Promise<number | null> {
  const epochs = (await readEvents(library, runId)).events.filter((event): event is EpochEvent => event.type === 'epoch' && event.step === step);
  return epochs.at(-1)?.emaValidation?.accuracy ?? null;
}

async function lastCheckpoint(library: string, runId: string, weights: WeightsKind): Promise<Chosen> {
  const passedOver: CultivarErrorData[] = [];
  for (const step of (await checkpointSteps(library, runId)).reverse()) {
    try {
      return { position: await readPosition(library, runId, step), tensors: await weightsAt(library, runId, step, weights), passedOver };
    } catch (error) {
      passedOver.push(toErrorData(error));
    }
  }
  throw none(runId, passedOver[0]);
}

/** The one of the highest validation accuracy; the first of those that tie. A damaged one is not replaced by another. */
async function bestCheckpoint(library: string, runId: string, weights: WeightsKind): Promise<Chosen> {
  const positions = await Promise.all((await checkpointSteps(library, runId)).map((step) => readPosition(library, runId, step)));
  const best = positions.reduce<CheckpointPosition | null>((found, position) => ((position.validationAccuracy ?? -1) > (found?.validationAccuracy ?? -1) ? position : found), null);
  if (!best) throw none(runId, undefined);
  return { position: best, tensors: await weightsAt(library, runId, best.step, weights), passedOver: [] };
}

const none = (runId: string, newest: CultivarErrorData | undefined) => new CultivarError({
  code: 'checkpoint-damaged',
  message: newest ? `No checkpoint of the run ${runId} can be used. The newest: ${newest.message}` : `The run ${runId} has no checkpoint that can be exported.`,
  remedy: 'Train it on, or start it anew.',
});
