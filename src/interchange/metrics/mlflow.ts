import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunManifest } from '../../library/runManifest';
import { flatConfig, measuredFigures, type RunMetrics } from './runMetrics';

/** 32 and 18 digits that an id always gives: exporting again gives the same runs. */
const runUuid = (id: string) => createHash('sha256').update(id).digest('hex').slice(0, 32);
const experimentNumber = (id: string) => String(BigInt(`0x${createHash('sha256').update(id).digest('hex').slice(0, 14)}`) % 899_999_999_999_999_999n + 100_000_000_000_000_000n);

/** YAML of plain values: JSON's texts and numbers are YAML's too. */
const yaml = (values: Readonly<Record<string, string | number | null | readonly never[]>>) => `${Object.entries(values).map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join('\n')}\n`;

/** mlflow.entities.RunStatus */
const statuses: Readonly<Record<RunManifest['status'], number>> = { running: 1, queued: 2, completed: 3, failed: 4, stopped: 5, interrupted: 5 };

/** Names as MLflow allows them: letters, digits, `_ - . /` and spaces. */
const mlflowName = (name: string) => name.replace(/[^\w./ -]/g, '_');

/**
 * Writes runs in the layout of MLflow's file store: `mlflow ui --backend-store-uri FOLDER` shows them.
 * https://github.com/mlflow/mlflow/blob/master/mlflow/store/tracking/file_store.py
 * @param folder `mlruns`, which must not exist
 */
export async function writeMlflow(folder: string, id: string, name: string, runs: readonly RunMetrics[]): Promise<void> {
  const experimentId = experimentNumber(id);
  const experiment = join(folder, experimentId);
  const times = runs.map(({ manifest }) => Date.parse(manifest.createdAt));
  await mkdir(experiment, { recursive: true });
  await writeFile(join(experiment, 'meta.yaml'), yaml({
    artifact_location: `./${experimentId}`, creation_time: Math.min(...times), experiment_id: experimentId, last_update_time: Math.max(...times), lifecycle_stage: 'active', name: name || id,
  }));
  for (const run of runs) await writeRun(join(experiment, runUuid(run.manifest.id)), experimentId, run);
}

async function writeRun(folder: string, experimentId: string, { manifest, view }: RunMetrics): Promise<void> {
  const { id, name, status, createdAt, startedAt, endedAt, dataset, config: { resolved } } = manifest;
  const startMs = Date.parse(startedAt ?? createdAt);
  for (const inner of ['metrics', 'params', 'tags', 'artifacts']) await mkdir(join(folder, inner), { recursive: true });
  await writeFile(join(folder, 'meta.yaml'), yaml({
    artifact_uri: `./${experimentId}/${runUuid(id)}/artifacts`, end_time: endedAt === null ? null : Date.parse(endedAt), entry_point_name: '', experiment_id: experimentId, lifecycle_stage: 'active',
    run_id: runUuid(id), run_name: name || id, run_uuid: runUuid(id), source_name: '', source_type: 4, source_version: '', start_time: startMs, status: statuses[status], tags: [], user_id: '',
  }));
  for (const [param, value] of Object.entries(flatConfig(resolved))) if (value !== '') await writeFile(join(folder, 'params', mlflowName(param)), String(value));
  const tags = { 'mlflow.runName': name || id, 'cultivar.runId': id, 'cultivar.status': status, 'cultivar.dataset': dataset.id, 'cultivar.datasetRevision': dataset.revision };
  for (const [tag, value] of Object.entries(tags)) await writeFile(join(folder, 'tags', tag), value);
  for (const [metric, points] of Object.entries(metricsOf({ manifest, view }))) {
    // "timestamp value step", one a line.
    if (points.length > 0) await writeFile(join(folder, 'metrics', metric), points.map(({ elapsedMs, value, step }) => `${Math.round(startMs + elapsedMs)} ${python(value)} ${step}\n`).join(''));
  }
}

const python = (value: number) => (Number.isFinite(value) ? String(value) : String(value).replace('NaN', 'nan').replace('Infinity', 'inf'));

interface Point {
  readonly elapsedMs: number;
  readonly step: number;
  readonly value: number;
}

function metricsOf({ view }: RunMetrics): Readonly<Record<string, readonly Point[]>> {
  const [step, elapsed] = [view.steps.column('step'), view.steps.column('elapsedMs')];
  const ofSteps = (name: 'loss' | 'accuracy' | 'learningRate') => [...view.steps.column(name)].map((value, i) => ({ elapsedMs: elapsed[i]!, step: step[i]!, value }));
  const epochs: Record<string, Point[]> = {};
  for (const epoch of view.epochs) {
    for (const [name, value] of measuredFigures(epoch)) (epochs[name] ??= []).push({ elapsedMs: epoch.elapsedMs, step: epoch.step, value });
  }
  return { stepLoss: ofSteps('loss'), stepAccuracy: ofSteps('accuracy'), learningRate: ofSteps('learningRate'), ...epochs };
}
