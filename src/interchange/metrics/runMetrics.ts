import type { RunConfig } from '../../core/config/run';
import type { EpochEvent } from '../../core/run/events';
import { replay, type RunView } from '../../core/run/view';
import { readEvents } from '../../library/events';
import { listExperimentIds, readExperiment } from '../../library/experiments';
import type { RunManifest } from '../../library/runManifest';
import { readRun } from '../../library/runs';

/** Everything that was measured of a run. */
export interface RunMetrics {
  readonly manifest: RunManifest;
  readonly view: RunView;
}

/**
 * The runs of an experiment in its order, or one run.
 * @throws CultivarError run-unknown, run-damaged, library-damaged
 */
export async function readMetrics(library: string, id: string): Promise<{ readonly name: string; readonly runs: readonly RunMetrics[] }> {
  const experiment = (await listExperimentIds(library)).includes(id) ? await readExperiment(library, id) : null;
  const runIds = experiment ? [...new Set(experiment.arms.flatMap((arm) => arm.runIds))] : [id];
  const runs: RunMetrics[] = [];
  for (const runId of runIds) runs.push({ manifest: await readRun(library, runId), view: replay((await readEvents(library, runId)).events) });
  return { name: experiment?.name ?? runs[0]!.manifest.name, runs };
}

export const stepColumns = ['step', 'loss', 'accuracy', 'learningRate', 'elapsedMs'] as const;
export const rateColumns = ['step', 'imagesPerSecond', 'inputWaitFraction', 'residentBytes'] as const;

export const epochColumns = [
  'trainLoss', 'trainAccuracy', 'plainTrainLoss', 'plainTrainAccuracy', 'validationLoss', 'validationAccuracy', 'trainMs', 'evaluateMs', 'imagesPerSecond', 'elapsedMs',
  'emaValidationLoss', 'emaValidationAccuracy',
] as const;

/** What an epoch measured, by name and in the columns' order; null of an average where none is kept. */
export const epochFigures = ({ train, plainTrain, validation, emaValidation, trainMs, evaluateMs, imagesPerSecond, elapsedMs }: EpochEvent): Readonly<Record<(typeof epochColumns)[number], number | null>> => ({
  trainLoss: train.loss, trainAccuracy: train.accuracy, plainTrainLoss: plainTrain.loss, plainTrainAccuracy: plainTrain.accuracy,
  validationLoss: validation.loss, validationAccuracy: validation.accuracy, trainMs, evaluateMs, imagesPerSecond, elapsedMs,
  emaValidationLoss: emaValidation?.loss ?? null, emaValidationAccuracy: emaValidation?.accuracy ?? null,
});

/** Those that there are, for programs that take numbers alone. */
export const measuredFigures = (epoch: EpochEvent): readonly (readonly [string, number])[] => Object.entries(epochFigures(epoch)).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));

/** A config as names and plain values: `optimizer.momentum`. */
export function flatConfig(config: RunConfig): Readonly<Record<string, string | number | boolean | null>> {
  const found: Record<string, string | number | boolean | null> = {};
  const visit = (node: unknown, path: string): void => {
    if (typeof node === 'object' && node !== null) for (const [key, value] of Object.entries(node)) visit(value, path ? `${path}.${key}` : key);
    else found[path] = node as string | number | boolean | null;
  };
  visit(config, '');
  return found;
}
