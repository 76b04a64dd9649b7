import { rm } from 'node:fs/promises';
import { CultivarError } from '../contracts/errors';
import { parseExperiment, type Arm, type ExperimentConfig } from '../core/config/experiment';
import { parseWith, problemText, type ConfigProblem } from '../core/config/problems';
import { runConfigSchema, type RunConfig } from '../core/config/run';
import { numericsVersion } from '../core/run/numericsVersion';
import { createExperiment, newExperimentId, type ExperimentManifest } from '../library/experiments';
import { runFolder } from '../library/paths';
import type { RunManifest } from '../library/runManifest';
import { createRun } from '../library/runs';
import { resolveStart } from '../weights/resolveStart';
import { readDatasetManifest } from './openDataset';

/** One line a problem. */
const invalidConfig = (what: string, problems: readonly ConfigProblem[]) => new CultivarError({
  code: 'config-invalid',
  message: `${what} cannot be used:\n${problems.map((problem) => `  ${problemText(problem)}`).join('\n')}`,
  remedy: 'Change the fields named here.',
});

/** @throws CultivarError config-invalid */
export function checkedRunConfig(document: unknown): RunConfig {
  const parsed = parseWith(runConfigSchema, document);
  if (!parsed.ok) throw invalidConfig('The config', parsed.problems);
  return parsed.value;
}

/** @throws CultivarError config-invalid */
export function checkedExperiment(document: unknown): { config: ExperimentConfig; arms: readonly Arm[] } {
  const parsed = parseExperiment(document);
  if (!parsed.ok) throw invalidConfig('The experiment', parsed.problems);
  return parsed.value;
}

/**
 * A run config as a run would have it: checked, and its starting weights, where they come from a file, found or copied into the library.
 * @throws CultivarError config-invalid; dataset-unknown; weights-unreadable, weights-mismatch
 */
export async function resolvedRunConfig(library: string, document: unknown): Promise<RunConfig> {
  const config = checkedRunConfig(document);
  return resolveStart(library, config, await classesOf(library, config));
}

const classesOf = async (library: string, { data }: RunConfig) => (await readDatasetManifest(library, data.dataset)).classes.length;

/**
 * Checks a run config and writes a waiting run on the data as it is now.
 * @throws CultivarError config-invalid, naming every field; dataset-unknown; a storage error
 */
export async function newRun(library: string, document: unknown): Promise<RunManifest> {
  const resolved = await resolvedRunConfig(library, document);
  return writeRun(library, resolved, document, await datasetFor(library, resolved), null);
}

/**
 * Checks an experiment file and writes all its runs, waiting: each arm with each seed, seed by seed, so that a cut-off experiment has
 * whole blocks. Where one cannot be written, none stays: a waiting run of no experiment would be trained by the next start.
 * @throws CultivarError config-invalid, naming every field; dataset-unknown; a storage error
 */
export async function newExperiment(library: string, document: unknown): Promise<{ experiment: ExperimentManifest; config: ExperimentConfig; arms: readonly Arm[]; runIds: readonly string[] }> {
  const checked = checkedExperiment(document);
  const { config } = checked;
  const files: Parameters<typeof resolveStart>[3] = new Map();
  const arms = await Promise.all(checked.arms.map(async (arm) => ({
    ...arm, runs: await Promise.all(arm.runs.map(async (run) => resolveStart(library, run, await classesOf(library, run), files))),
  })));
  const datasets = new Map<RunConfig, RunManifest['dataset']>();
  for (const run of arms.flatMap(({ runs }) => runs)) datasets.set(run, await datasetFor(library, run));
  const id = newExperimentId(config.name);
  const byArm: string[][] = arms.map(() => []);
  try {
    for (let seed = 0; seed < config.seeds.length; seed++) {
      for (const [arm, { runs }] of arms.entries()) byArm[arm].push((await writeRun(library, runs[seed], runs[seed], datasets.get(runs[seed])!, id)).id);
    }
    const experiment = await createExperiment(library, {
      id, name: config.name, question: config.question, given: asJson(document),
      arms: asJson(arms.map(({ key, levels }, i) => ({ key, levels, runIds: byArm[i] }))) as ExperimentManifest['arms'],
    });
    return { experiment, config, arms, runIds: config.seeds.flatMap((_, seed) => byArm.map((ids) => ids[seed])) };
  } catch (error) {
    for (const runId of byArm.flat()) await rm(runFolder(library, runId), { recursive: true, force: true });
    throw error;
  }
}

/** The data set of a run, as it is now. @throws CultivarError config-invalid where it has not as many images; dataset-unknown */
async function datasetFor(library: string, { data: { dataset, trainImages, validationImages }, batchSize }: RunConfig): Promise<RunManifest['dataset']> {
  const { id, revision, counts, exclusions } = await readDatasetManifest(library, dataset);
  const available = counts.train - exclusions.filter((index) => index < counts.train).length;
  const rest = available - validationImages;
  const refused = (path: string, message: string) => invalidConfig('The config', [{ path, message }]);
  const has = `${id} has ${available} images for training and validation`;
  if (rest < 2) throw refused('data.validationImages', `must be at most ${available - 2}, not ${validationImages}: ${has}`);
  if (trainImages !== null && trainImages > rest) throw refused('data.trainImages', `must be at most ${rest}, not ${trainImages}: ${has}, and ${validationImages} are for validation`);
  const images = trainImages ?? rest;
  if (images % batchSize === 1) throw refused('batchSize', `must not leave one single image for the last batch, as ${batchSize} does of ${images}: batch norm needs two`);
  return { id, revision };
}

const writeRun = (library: string, resolved: RunConfig, given: unknown, dataset: RunManifest['dataset'], experimentId: string | null) =>
  createRun(library, { name: resolved.name, config: { given: asJson(given), resolved }, dataset, numericsVersion, experimentId });

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as RunManifest['config']['given'];
