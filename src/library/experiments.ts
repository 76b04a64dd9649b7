import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CultivarError } from '../contracts/errors';
import { errorCode, readJson, writeJsonAtomic } from './atomic';
import { experimentFolder, isId, newId } from './paths';
import { createFolderWhole } from './runs';

/** `experiments/<id>/manifest.json`, schema 1. */
const experimentManifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string(),
  name: z.string().min(1),
  /** In a person's words; may be empty. */
  question: z.string(),
  /** The experiment file as it was written. */
  given: z.json(),
  /** Combinations of levels, with their runs in the order of the seeds. */
  arms: z.array(z.strictObject({ key: z.string(), levels: z.record(z.string(), z.json()), runIds: z.array(z.string()) })),
  createdAt: z.iso.datetime(),
});

export type ExperimentManifest = z.output<typeof experimentManifestSchema>;

export const newExperimentId = (name: string) => newId(name, 'experiment');

/**
 * @param experiment.id from `newExperimentId` where runs had to know it before; a new one otherwise
 * @throws CultivarError disk-full, library-read-only, permission-denied
 */
export async function createExperiment(
  library: string, experiment: Pick<ExperimentManifest, 'name' | 'question' | 'given' | 'arms'> & { readonly id?: string },
): Promise<ExperimentManifest> {
  const id = experiment.id ?? newExperimentId(experiment.name);
  const manifest = experimentManifestSchema.parse({ schemaVersion: 1, ...experiment, id, createdAt: new Date().toISOString() });
  await createFolderWhole(experimentFolder(library, id), (folder) => writeJsonAtomic(join(folder, 'manifest.json'), manifest));
  return manifest;
}

/** Replaces an experiment's manifest: its one writer is the process that holds the scheduler lock. */
export const writeExperiment = (library: string, manifest: ExperimentManifest) =>
  writeJsonAtomic(join(experimentFolder(library, manifest.id), 'manifest.json'), experimentManifestSchema.parse(manifest));

/** @throws CultivarError library-damaged when it is missing or cannot be read */
export async function readExperiment(library: string, id: string): Promise<ExperimentManifest> {
  try {
    return experimentManifestSchema.parse(await readJson(join(experimentFolder(library, id), 'manifest.json')));
  } catch (error) {
    throw new CultivarError({
      code: 'library-damaged',
      message: `The manifest of the experiment "${id}" cannot be read.`,
      remedy: 'Its runs are not touched. Restore the folder from a backup.',
      detail: error instanceof Error ? error.message : String(error),
    }, { cause: error });
  }
}

/** Ids of the library's experiments. */
export async function listExperimentIds(library: string): Promise<string[]> {
  return (await readdir(join(library, 'experiments')).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  })).filter(isId);
}
