import { CultivarError } from '../../contracts/errors';
import { parseExperiment } from '../../core/config/experiment';
import { parseWith, problemText, type ConfigProblem } from '../../core/config/problems';
import { runConfigSchema, type RunConfig, type RunConfigInput } from '../../core/config/run';
import { numericsVersion } from '../../core/run/numericsVersion';
import { readDatasetManifest } from '../../data/openDataset';
import { createExperiment, newExperimentId, type ExperimentManifest } from '../../library/experiments';
import { createRun } from '../../library/runs';
import type { RunManifest } from '../../library/runManifest';

/** @throws CultivarError config-invalid, naming every field that is wrong and what is allowed */
export function checkedConfig(given: RunConfigInput): RunConfig {
  const parsed = parseWith(runConfigSchema, given);
  if (!parsed.ok) throw invalid(parsed.problems);
  return parsed.value;
}

/**
 * Writes a waiting run into the library.
 * @throws CultivarError config-invalid, dataset-unknown, dataset-damaged, or a storage error
 */
export async function createWaitingRun(libraryDir: string, given: RunConfigInput, experimentId: string | null = null): Promise<RunManifest> {
  const resolved = checkedConfig(given);
  const { id, revision, counts } = await readDatasetManifest(libraryDir, resolved.data.dataset);
  const left = counts.train - resolved.data.validationImages;
  if (left < (resolved.data.trainImages ?? 2)) {
    throw invalid([{ path: 'data', message: `${id} has ${counts.train} images for training and validation, which is too few for ${resolved.data.trainImages ?? 2} and ${resolved.data.validationImages}` }]);
  }
  return createRun(libraryDir, { name: resolved.name, config: { given: asJson(given), resolved }, dataset: { id, revision }, numericsVersion, experimentId });
}

/**
 * Writes an experiment and all its runs, arm by arm.
 * @throws as `createWaitingRun`
 */
export async function createExperimentRuns(libraryDir: string, given: unknown): Promise<ExperimentManifest> {
  const parsed = parseExperiment(given);
  if (!parsed.ok) throw invalid(parsed.problems);
  const { config: { name, question }, arms } = parsed.value;
  const id = newExperimentId(name);
  const written: ExperimentManifest['arms'] = [];
  for (const { key, levels, runs } of arms) {
    const runIds: string[] = [];
    for (const run of runs) runIds.push((await createWaitingRun(libraryDir, run, id)).id);
    written.push({ key, levels, runIds });
  }
  return createExperiment(libraryDir, { id, name, question, given: asJson(given), arms: written });
}

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as RunManifest['config']['given'];

const invalid = (problems: readonly ConfigProblem[]) =>
  new CultivarError({ code: 'config-invalid', message: `The config cannot be used: ${problems.map(problemText).join('; ')}.`, remedy: 'Change the fields named here.' });
