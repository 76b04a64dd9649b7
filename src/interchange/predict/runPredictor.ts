import { CultivarError, toErrorData, type CultivarErrorData } from '../../contracts/errors';
import type { WeightsKind } from '../../core/run/weightsKind';
import { readDatasetManifest } from '../../data/openDataset';
import { checkpointSteps, checkWeightsKept, fileOfWeights, readCheckpointFile, readPosition } from '../../library/checkpoints';
import { cultivarCommand } from '../../library/command';
import { readRun } from '../../library/runs';
import { openLogitsProcess, type Explained } from '../../trainer/host/logitsProcess';
import type { Predictor } from './predict';

export interface RunPredictor extends Predictor {
  readonly weights: WeightsKind;
  readonly step: number;
  readonly epochsDone: number;
  /** Newer checkpoints that were damaged and passed over. */
  readonly passedOver: readonly CultivarErrorData[];
  /** Grad-CAM of a class an image. @returns logits [count, classes]; maps [count, height, width], not negative */
  explain(pixels: Uint8Array, classes: Int32Array): Promise<Explained>;
  close(): Promise<void>;
}

/**
 * A run's network with the weights of its last good checkpoint, in a process of its own at low priority: also while another run trains.
 * @throws CultivarError run-unknown, dataset-unknown, config-invalid where the data are another revision or the run keeps no average, checkpoint-damaged where there is none
 */
export async function openRunPredictor(library: string, runId: string, weights: WeightsKind = 'raw'): Promise<RunPredictor> {
  const { id, dataset, config } = await readRun(library, runId);
  checkWeightsKept(id, config.resolved, weights);
  const { classes, image, revision } = await readDatasetManifest(library, dataset.id, dataset.revision);
  if (revision !== dataset.revision) {
    throw new CultivarError({ code: 'config-invalid', message: `The data set "${config.resolved.data.dataset}" is another revision than the one this run was made for.`, remedy: 'Classes and normalisation of the run are those of its own data.' });
  }
  const { step, epochsDone, passedOver } = await lastGood(library, id, fileOfWeights[weights]);
  const served = await openLogitsProcess({ kind: 'run', libraryDir: library, runId: id, step, weights });
  return { classes, input: { width: image.width, height: image.height }, weights, step, epochsDone, passedOver, run: (pixels, count) => served.logits(pixels, count), explain: (pixels, classes) => served.explain(pixels, classes), close: () => served.close() };
}

async function lastGood(library: string, runId: string, file: string): Promise<Pick<RunPredictor, 'step' | 'epochsDone' | 'passedOver'>> {
  const passedOver: CultivarErrorData[] = [];
  for (const step of (await checkpointSteps(library, runId)).reverse()) {
    try {
      const position = await readPosition(library, runId, step);
      await readCheckpointFile(library, runId, position, file);
      return { step, epochsDone: position.epochsDone, passedOver };
    } catch (error) {
      passedOver.push(toErrorData(error));
    }
  }
  const [newest] = passedOver;
  throw new CultivarError({ code: 'checkpoint-damaged', message: newest ? `No checkpoint of the run ${runId} can be used. The newest: ${newest.message}` : `The run ${runId} has no checkpoint yet.`, remedy: 'Train it on, or start it anew.', command: cultivarCommand(`train --resume ${runId}`) });
}
