import type { DatasetManifest } from '../contracts/dataset';
import { CultivarError } from '../contracts/errors';
import { parseExperiment, type Arm, type ExperimentConfig } from '../core/config/experiment';
import { parseWith, problemText, type ConfigProblem } from '../core/config/problems';
import { runConfigSchema, type RunConfig } from '../core/config/run';
import { numericsVersion } from '../core/run/numericsVersion';
import type { RunManifest } from '../library/runManifest';
import { createRun } from '../library/runs';
import { resolveStart } from '../weights/resolveStart';
import { excludedBy, excludeListHash, keepExcluded, readExcluded } from './audit/excludeLists';
import { splitOf } from './datasetSplit';
import { readDatasetManifest } from './openDataset';

/** One line a problem. */
export const invalidConfig = (what: string, problems: readonly ConfigProblem[]) => new CultivarError({
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
  const manifest = await readDatasetManifest(library, config.data.dataset);
  return resolveStart(library, await resolveExclude(library, config, manifest), manifest.classes.length);
}

/**
 * A config that names the images it leaves out by their hash.
 * @throws CultivarError config-invalid where the data set has no such list
 */
export async function resolveExclude(library: string, config: RunConfig, { id, revision }: DatasetManifest): Promise<RunConfig> {
  const { exclude } = config.data;
  if (exclude === null) return config;
  const sha256 = exclude.sha256 ?? (await excludeListHash(library, id, revision, exclude.list));
  await readExcluded(library, { id, revision }, sha256);
  return { ...config, data: { ...config.data, exclude: { ...exclude, sha256 } } };
}

/**
 * Checks a run config and writes a waiting run on the data as it is now.
 * @throws CultivarError config-invalid, naming every field; dataset-unknown; a storage error
 */
export async function newRun(library: string, document: unknown): Promise<RunManifest> {
  const resolved = await resolvedRunConfig(library, document);
  if (resolved.continues) throw invalidConfig('The config', [{ path: 'continues', message: 'is filled in where a run is extended; extend it, or leave this out' }]);
  const manifest = await readDatasetManifest(library, resolved.data.dataset);
  return writeRun(library, resolved, document, datasetOf(manifest, resolved, await trainingImages(library, manifest, resolved.data)), null);
}

/**
 * The data set of a run, as it is now.
 * @param rest images that are there to train on (`trainingImages`)
 * @throws CultivarError config-invalid where it has not as many images
 */
export function datasetOf(manifest: DatasetManifest, { data: { trainImages, validationImages, exclude }, batchSize }: RunConfig, rest: number): RunManifest['dataset'] {
  const { id, revision } = manifest;
  const available = imagesFor(manifest);
  const refused = (path: string, message: string) => invalidConfig('The config', [{ path, message }]);
  const has = `${id} has ${available} images for training and validation`;
  const leftOut = available - validationImages - rest;
  if (rest < 2 && leftOut > 0) throw refused('data.exclude', `leaves ${rest} of ${available - validationImages} training images`);
  if (rest < 2) throw refused('data.validationImages', `must be at most ${available - 2}, not ${validationImages}: ${has}`);
  if (trainImages !== null && trainImages > rest) throw refused('data.trainImages', `must be at most ${rest}, not ${trainImages}: ${has}, and ${validationImages} are for validation${exclude && leftOut > 0 ? `; the list "${exclude.list}" leaves out ${leftOut} of the others` : ''}`);
  const images = trainImages ?? rest;
  if (images % batchSize === 1) throw refused('batchSize', `must not leave one single image for the last batch, as ${batchSize} does of ${images}: batch norm needs two`);
  return { id, revision };
}

/** Images for training and validation together. */
const imagesFor = ({ counts, exclusions }: DatasetManifest): number => counts.train - exclusions.filter((index) => index < counts.train).length;

/**
 * Images that there are to train on, before `trainImages` takes a part of them: neither for validation nor left out by a list.
 * @throws CultivarError config-invalid, dataset-damaged
 */
export async function trainingImages(library: string, manifest: DatasetManifest, data: RunConfig['data']): Promise<number> {
  const rest = imagesFor(manifest) - data.validationImages;
  if (data.exclude === null || rest < 2) return rest;
  const excluded = await excludedBy(library, manifest, data);
  return (await splitOf(library, manifest, { ...data, trainImages: null }, excluded)).train.length;
}

export async function writeRun(library: string, resolved: RunConfig, given: unknown, dataset: RunManifest['dataset'], experimentId: string | null): Promise<RunManifest> {
  const excluded = await excludedBy(library, dataset, resolved.data);
  return createRun(library, { name: resolved.name, config: { given: asJson(given), resolved }, dataset, numericsVersion, experimentId }, (folder) => keepExcluded(folder, dataset.revision, excluded));
}

export const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as RunManifest['config']['given'];
