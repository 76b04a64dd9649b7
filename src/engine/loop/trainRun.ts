import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { availableMemory } from 'node:process';
import { join } from 'node:path';
import { CultivarError, type CultivarErrorData } from '../../contracts/errors';
import { slowBfloat16 } from '../../contracts/slowBfloat16';
import { excludedOfRun } from '../../data/audit/excludeLists';
import { datasetSplit } from '../../data/datasetSplit';
import { openDataset } from '../../data/openDataset';
import { mixesLabels } from '../../core/augmentation';
import type { RunConfig } from '../../core/config/run';
import type { StartedEvent, TrainerEvent } from '../../core/run/events';
import { numericsVersion } from '../../core/run/numericsVersion';
import { smallestImage } from '../../core/model/layers';
import { networkPlan } from '../../core/model/plan';
import { cultivarCommand } from '../../library/command';
import { runFolder } from '../../library/paths';
import { bfloat16Speed } from '../../library/processor';
import type { RunWriter } from '../../library/runWriter';
import { isUsingGpuDevice, loadTensorFlow, tensorFlowVersion } from '../backend';
import { loadCheckpoint, startPosition, type CheckpointIdentity } from '../checkpoint/checkpoint';
import { stepsPerEpochOf } from '../input';
import { averagesOfWeights, openNetwork, type NetworkSpec } from '../step/network';
import type { OptimizerSpec } from '../step/spec';
import type { RunControl } from './control';
import { Recorder } from './recorder';
import { budgetedEpochs, planWithin } from './runPlan';
import { startState } from './startState';
import { tellOfMemory } from './tellOfMemory';
import { Training } from './training';
import { trainingSpec } from './trainingSpec';

export interface TrainOptions {
  readonly library: string;
  readonly writer: RunWriter;
  readonly control: RunControl;
  readonly send: (events: readonly TrainerEvent[]) => void;
  /** Goes on from the last checkpoint; from the start where there is none. */
  readonly resume: boolean;
  /** Why a GPU that is present is not used; null where there is none or it is. */
  readonly gpuNotUsed: string | null;
  /** Of the device that TensorFlow took. */
  readonly deviceName: string;
}

/**
 * One run from its start or its last checkpoint to its end, or to a stop.
 * @returns how it ended; the caller turns it into an exit code
 * @throws CultivarError for everything that a person can do something about
 */
export async function trainRun({ library, writer, control, send, resume, gpuNotUsed, deviceName }: TrainOptions): Promise<'completed' | 'stopped'> {
  const { manifest } = writer;
  const config = manifest.config.resolved;
  const dataset = await openDataset(library, config.data.dataset, manifest.dataset.revision);
  if (dataset.revision !== manifest.dataset.revision) {
    throw new CultivarError({ code: 'config-invalid', message: `The data set "${config.data.dataset}" is another revision than the one this run was made for.`, remedy: 'Start a new run on the data as it is now.' });
  }
  const split = datasetSplit(dataset, config.data, await excludedOfRun(library, manifest));
  checkLastBatch(config, split.train.length);
  const spec = trainingSpec(networkSpec(config, dataset.manifest, isUsingGpuDevice(loadTensorFlow()) ? 'gpu' : 'cpu'), config);
  const identity: CheckpointIdentity = { library, runId: manifest.id, config, dataRevision: dataset.revision };
  const loaded = resume || config.continues ? await loadCheckpoint(identity) : null;
  if (config.continues && !loaded) throw new CultivarError({ code: 'checkpoint-damaged', message: `The state that this run goes on from (${config.continues.runId}) is gone.`, remedy: 'Extend that run anew.' });
  // It may have waited while Cultivar was updated; what it goes on from is of the numerics there are now.
  if (manifest.numericsVersion !== numericsVersion) await writer.update({ numericsVersion });

  // In the run's own folder: what a killed process leaves behind goes with its next start.
  const scratch = join(runFolder(library, manifest.id), '.scratch');
  await rm(scratch, { recursive: true, force: true });
  const freeBytes = availableMemory();
  const network = await openNetwork(spec, scratch);
  try {
    const start = loaded ? { state: loaded.state, told: [] } : await startState(library, spec, config, { store: dataset.store, indices: split.train });
    network.writeState(loaded ? start.state : averagesOfWeights(start.state));
    const stepsPerEpoch = stepsPerEpochOf(split.train.length, config.batchSize);
    const workers = config.workers ?? Math.max(1, Math.min(4, availableParallelism() - 1));
    const recorded = budgetedEpochs(writer.stored.events);
    const evaluated = (split.validation.length * (config.emaDecay === null ? 1 : 2)) + split.trainCheck.length;
    const planned = config.timeBudgetMinutes !== null && recorded === null ? planWithin(network, config, dataset, split.train, evaluated, stepsPerEpoch) : null;
    const epochs = planned?.epochs ?? recorded ?? config.epochs;
    const started: StartedEvent = {
      type: 'started', atMs: Date.now(), pid: process.pid, totalSteps: stepsPerEpoch * epochs, stepsPerEpoch, epochs, batchSize: config.batchSize,
      trainImages: split.train.length, validationImages: split.validation.length, plainTrainImages: split.trainCheck.length, parameterCount: network.parameterCount,
      device: { kind: spec.device, name: deviceName }, precision: spec.precision, xla: compilesByXla(), gpuNotUsed,
      intraOpThreads: Number(process.env['TF_NUM_INTRAOP_THREADS']) || availableParallelism(), workers, tensorflowVersion: tensorFlowVersion(loadTensorFlow()), freeBytes,
    };
    const recorder = new Recorder(writer, send);
    const position = loaded?.position ?? startPosition;
    // Also where there was no checkpoint: whatever was recorded before is done again.
    const resumed: TrainerEvent[] = resume ? [{ type: 'resumed', atMs: Date.now(), step: position.step }] : [];
    const warnings = [...repairs(writer), ...(loaded?.passedOver ?? []), ...start.told].map((error): TrainerEvent => ({ type: 'warned', atMs: Date.now(), error }));
    await recorder.record(started, ...resumed, ...warnings, ...precisionTold(spec), ...xlaTold(spec), ...(planned ? [planned] : []));
    return await new Training({ identity, network, dataset, split, recorder, writer, control, workers, stepsPerEpoch, epochs }, position).run();
  } catch (error) {
    throw tellOfMemory(error, spec, config.batchSize, freeBytes);
  } finally {
    network.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** bfloat16 where it makes a run slower: it is done all the same, and said. */
function precisionTold({ precision, device }: NetworkSpec): TrainerEvent[] {
  const error = slowBfloat16({ precision, device }, bfloat16Speed(), device);
  return error ? [{ type: 'warned', atMs: Date.now(), error }] : [];
}

/** The environment is what TensorFlow reads, whatever the config says. */
const compilesByXla = () => /--tf_xla_auto_jit=[12]/.test(process.env['TF_XLA_FLAGS'] ?? '');

function xlaTold({ device }: NetworkSpec): TrainerEvent[] {
  if (device !== 'cpu' || !compilesByXla()) return [];
  const message = 'This run asks for XLA, which is meant for a GPU: on a processor a step takes longer with it, and the first one seconds.';
  return [{ type: 'warned', atMs: Date.now(), error: { code: 'xla-slower', message, remedy: 'Set xla to false on this computer.' } }];
}

/** What was put right when the run was opened: it is told, never silent. */
function repairs({ broke, stored }: RunWriter): CultivarErrorData[] {
  const error = (message: string): CultivarErrorData => ({ code: 'run-damaged', message });
  return [
    ...(broke ? [error(`A lock that an earlier process had left on this run was removed: ${broke.reason}.`)] : []),
    ...(stored.torn ? [error(`The last event (line ${stored.torn.line}, ${stored.torn.bytes} bytes) had been cut off; it was removed.`)] : []),
  ];
}

/** Batch norm cannot take a single value a channel, and PyTorch refuses it too. Nothing is dropped in silence. */
function checkLastBatch({ batchSize }: RunConfig, images: number): void {
  if (images % batchSize !== 1) return;
  throw new CultivarError({
    code: 'config-invalid',
    message: `batchSize: ${batchSize} leaves one single image for the last batch of ${images}, which batch norm cannot train on.`,
    remedy: 'Choose a batch size that does not, for example one more or one less.',
  });
}

/** Most networks take any image; the fast one pools without a border, and its last maps by their side. */
function checkImages({ model }: RunConfig, { width, height }: { readonly width: number; readonly height: number }, classes: number): void {
  const plan = networkPlan(model, 3, classes);
  const least = smallestImage(plan);
  if (Math.min(width, height) >= least && (plan.classifier.pool === 'mean' || width === height)) return;
  throw new CultivarError({
    code: 'config-invalid',
    message: `model.architecture: ${model.architecture} takes square images of at least ${least} pixels; those of this data set are ${width} × ${height}.`,
    remedy: 'Choose another network.',
  });
}

/** Muon's own rate as a multiple of SGD's, which is the one that is fed with each step. */
function optimizerSpec({ optimizer, schedule }: RunConfig): OptimizerSpec {
  if (optimizer.kind !== 'muon') return optimizer;
  const { filterLearningRate, ...given } = optimizer;
  return { ...given, filterRate: filterLearningRate / schedule.learningRate };
}

export function networkSpec(config: RunConfig, { classes, image, normalization }: Awaited<ReturnType<typeof openDataset>>['manifest'], device: 'cpu' | 'gpu'): NetworkSpec {
  if (config.device === 'gpu' && device === 'cpu') {
    throw new CultivarError({ code: 'gpu-unusable', message: 'This run asks for a GPU, and TensorFlow has none here.', remedy: 'See what is missing, or set device to "auto" or "cpu".', command: cultivarCommand('doctor') });
  }
  const { architecture, stem } = config.model;
  checkImages(config, image, classes.length);
  return {
    architecture, stem, classes: classes.length, height: image.height, width: image.width, channels: 3, mean: normalization.mean, deviation: normalization.deviation,
    labelSmoothing: config.labelSmoothing, optimizer: optimizerSpec(config), clipNorm: config.clipNorm, mixesLabels: mixesLabels(config.augmentation), precision: config.precision, device,
  };
}
