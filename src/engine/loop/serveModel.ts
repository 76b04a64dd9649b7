import type { ServedModel } from '../../contracts/trainer';
import { readDatasetManifest } from '../../data/openDataset';
import { readRun } from '../../library/runs';
import { openServingModel } from '../backend';
import { weightsAt } from '../checkpoint/checkpoint';
import { openRunInspection, type RunInspection } from '../inspect/openRunInspection';

/** A model that gives logits. */
export interface LogitsModel {
  readonly classes: number;
  readonly height: number;
  readonly width: number;
  /** @param pixels uint8 NHWC, `count` images. @returns [count, classes] */
  logits(pixels: Uint8Array, count: number): Float32Array;
  /** Height and width of Grad-CAM's maps; a SavedModel has none. */
  readonly mapSize?: readonly [number, number];
  /** @param classes one an image. @returns logits; maps [count, height, width] */
  gradCam?(pixels: Uint8Array, classes: Int32Array): { logits: Float32Array; maps: Float32Array };
  close(): Promise<void>;
}

/**
 * Opens a run's network with the weights of one of its checkpoints, or a SavedModel whose `serving_default` takes uint8 NHWC images and gives
 * `logits`. Both on the CPU, so that what is compared differs in the model alone.
 * @throws CultivarError run-unknown, dataset-unknown, checkpoint-damaged, or what TensorFlow says of the file
 */
export function openLogitsModel(model: ServedModel): Promise<LogitsModel> {
  return model.kind === 'run' ? openRun(model) : openServingModel(model.folder);
}

async function openRun({ libraryDir, runId, step, weights }: Extract<ServedModel, { kind: 'run' }>): Promise<RunInspection> {
  const { config: { resolved: config }, dataset: { revision } } = await readRun(libraryDir, runId);
  const dataset = await readDatasetManifest(libraryDir, config.data.dataset, revision);
  return openRunInspection(config, dataset, await weightsAt(libraryDir, runId, step, weights), step);
}
