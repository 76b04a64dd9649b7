import { CultivarError } from '../contracts/errors';
import { parseExperiment, type Arm, type ExperimentConfig } from '../core/config/experiment';
import { parseWith, problemText, type ConfigProblem } from '../core/config/problems';
import { runConfigSchema, type RunConfig } from '../core/config/run';
import { numericsVersion } from '../core/run/numericsVersion';
import { createExperiment, newExperimentId, type ExperimentManifest } from '../library/experiments';
import type { RunManifest } from '../library/runManifest';
import { createRun } from '../library/runs';
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

/**
 * Checks a run config and writes a waiting run on the data as it is now.
 * @throws CultivarError config-invalid, naming every field; dataset-unknown; a storage error
 */
export function newRun(library: string, document: unknown): Promise<RunManifest> {
  return writeRun(library, checkedRunConfig(document), document, null);
}

/**
 * Checks an experiment file and writes all its runs, waiting: each arm with each seed, seed by seed, so that a cut-off experiment has
 * whole blocks.
 * @throws CultivarError config-invalid, naming every field; dataset-unknown; a storage error
 */
export async function newExperiment(library: string, document: unknown): Promise<{ experiment: ExperimentManifest; config: ExperimentConfig; arms: readonly Arm[]; runIds: readonly string[] }> {
  const parsed = parseExperiment(document);
  if (!parsed.ok) throw invalidConfig('The experiment', parsed.problems);
  const { config, arms } = parsed.value;
  const id = newExperimentId(config.name);
  const byArm: string[][] = arms.map(() => []);
  for (let seed = 0; seed < config.seeds.length; seed++) {
    for (const [arm, { runs }] of arms.entries()) byArm[arm].push((await writeRun(library, runs[seed], runs[seed], id)).id);
  }
  const experiment = await createExperiment(library, {
    id, name: config.name, question: config.question, given: asJson(document),
    arms: asJson(arms.map(({ key, levels }, i) => ({ key, levels, runIds: byArm[i] }))) as ExperimentManifest['arms'],
  });
  return { experiment, config, arms, runIds: config.seeds.flatMap((_, seed) => byArm.map((ids) => ids[seed])) };
}

async function writeRun(library: string, resolved: RunConfig, given: unknown, experimentId: string | null): Promise<RunManifest> {
  const { id, revision, counts, exclusions } = await readDatasetManifest(library, resolved.data.dataset);
  const { validationImages, trainImages } = resolved.data;
  if (counts.train - validationImages < (trainImages ?? 2)) {
    throw invalidConfig('The config', [{ path: 'data', message: `${id} has ${counts.train} images for training and validation, which is too few for ${trainImages ?? 2} and ${validationImages}` }]);
  }
  const images = trainImages ?? counts.train - exclusions.filter((index) => index < counts.train).length - validationImages;
  if (images % resolved.batchSize === 1) {
    throw invalidConfig('The config', [{ path: 'batchSize', message: `must not leave one single image for the last batch, as ${resolved.batchSize} does of ${images}: batch norm needs two` }]);
  }
  return createRun(library, { name: resolved.name, config: { given: asJson(given), resolved }, dataset: { id, revision }, numericsVersion, experimentId });
}

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as RunManifest['config']['given'];
