import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CultivarError } from '../../contracts/errors';
import type { ServedModel } from '../../contracts/trainer';
import { readDatasetManifest } from '../../data/openDataset';
import { readRun } from '../../library/runs';
import { openServingModel } from '../backend';
import { weightsAt } from '../checkpoint/checkpoint';
import { initialState, openNetwork } from '../step/network';
import { networkSpec } from './trainRun';

/** A model that gives logits. */
export interface LogitsModel {
  readonly classes: number;
  readonly height: number;
  readonly width: number;
  /** @param pixels uint8 NHWC, `count` images. @returns [count, classes] */
  logits(pixels: Uint8Array, count: number): Float32Array;
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

async function openRun({ libraryDir, runId, step }: Extract<ServedModel, { kind: 'run' }>): Promise<LogitsModel> {
  const { config: { resolved: config } } = await readRun(libraryDir, runId);
  const dataset = await readDatasetManifest(libraryDir, config.data.dataset);
  const spec = networkSpec({ ...config, device: 'cpu' }, dataset, 'cpu');
  const weights = new Map((await weightsAt(libraryDir, runId, step)).map((tensor) => [tensor.name, tensor]));
  const scratch = await mkdtemp(join(tmpdir(), 'cultivar-serve-'));
  const network = await openNetwork(spec, scratch);
  const close = async () => {
    network.close();
    await rm(scratch, { recursive: true, force: true });
  };
  try {
    network.writeState(initialState(spec, config.seed).map((tensor) => {
      if (tensor.role === 'optimizer') return tensor;
      const stored = weights.get(tensor.name);
      if (!stored) throw new CultivarError({ code: 'checkpoint-damaged', message: `Checkpoint ${step} lacks the tensor ${tensor.name}.` });
      return { ...tensor, ...stored };
    }));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    classes: spec.classes, height: spec.height, width: spec.width, close,
    // The labels only enter the loss, which nobody reads here.
    logits: (pixels, count) => network.evaluate({ pixels, labels: new Int32Array(count) }).logits,
  };
}
