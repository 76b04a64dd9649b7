import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CultivarError } from '../contracts/errors';
import { errorCode, readJson, writeJsonAtomic } from './atomic';
import { acquireLockPatiently } from './lock';
import { experimentFolder, isId, newId } from './paths';
import { createFolderWhole } from './runs';

const planSchema = z.strictObject({ at: z.iso.datetime(), given: z.json() });

/** `experiments/<id>/manifest.json`, schema 1. */
const experimentManifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string(),
  name: z.string().min(1),
  /** In a person's words; may be empty. */
  question: z.string(),
  /** The experiment file as it was written: the plan, stored before the first run. Never changed. */
  given: z.json(),
  /** Later plans, oldest first, each a whole file: more seeds, levels or factors. The last one holds. */
  extensions: z.array(planSchema).default([]),
  /** Combinations of levels with their runs; `seeds[i]` is that of `runIds[i]`. A run may belong to several experiments. */
  arms: z.array(z.strictObject({ key: z.string(), levels: z.record(z.string(), z.json()), runIds: z.array(z.string()), seeds: z.array(z.int()).default([]) })),
  createdAt: z.iso.datetime(),
  /** Since when nothing more is begun, by a person's wish. */
  cutShortAt: z.iso.datetime().nullable().default(null),
  notes: z.array(z.strictObject({ at: z.iso.datetime(), text: z.string() })).default([]),
});

export type ExperimentManifest = z.output<typeof experimentManifestSchema>;
export type ExperimentArm = ExperimentManifest['arms'][number];

export const newExperimentId = (name: string) => newId(name, 'experiment');

/** The experiment file that holds now: the first plan, or the last that it was extended to. */
export const currentPlan = ({ given, extensions }: Pick<ExperimentManifest, 'given' | 'extensions'>) => extensions.at(-1)?.given ?? given;

/**
 * @param experiment.id from `newExperimentId` where runs had to know it before; a new one otherwise
 * @throws CultivarError disk-full, library-read-only, permission-denied
 */
export async function createExperiment(
  library: string, experiment: Pick<z.input<typeof experimentManifestSchema>, 'name' | 'question' | 'given' | 'arms'> & { readonly id?: string },
): Promise<ExperimentManifest> {
  const id = experiment.id ?? newExperimentId(experiment.name);
  const manifest = experimentManifestSchema.parse({ schemaVersion: 1, ...experiment, id, createdAt: new Date().toISOString() });
  await createFolderWhole(experimentFolder(library, id), (folder) => writeJsonAtomic(join(folder, 'manifest.json'), manifest));
  return manifest;
}

/** Replaces an experiment's manifest. Its one writer is whoever `changeExperiment` lets in. */
const writeExperiment = (library: string, manifest: ExperimentManifest) =>
  writeJsonAtomic(join(experimentFolder(library, manifest.id), 'manifest.json'), experimentManifestSchema.parse(manifest));

/**
 * Reads an experiment, changes it and writes it, one process after another: app and command line lose none of each other's changes.
 * @param change gets the manifest as it stands; null leaves it so
 * @throws CultivarError experiment-unknown, library-damaged, a storage error; run-locked where another process keeps it for seconds
 */
export async function changeExperiment(library: string, id: string, change: (manifest: ExperimentManifest) => Promise<ExperimentManifest | null> | ExperimentManifest | null): Promise<ExperimentManifest> {
  await readExperiment(library, id);
  const lock = await acquireLockPatiently(join(experimentFolder(library, id), 'lock'), 'changing the experiment');
  try {
    const manifest = await readExperiment(library, id);
    const next = await change(manifest);
    if (next) await writeExperiment(library, next);
    return next ?? manifest;
  } finally {
    await lock.release();
  }
}

/** @throws CultivarError experiment-unknown; library-damaged when it cannot be read */
export async function readExperiment(library: string, id: string): Promise<ExperimentManifest> {
  if (!isId(id) || !(await stat(experimentFolder(library, id)).catch(() => null))) throw unknownExperiment(id, 'the library');
  try {
    const manifest = experimentManifestSchema.parse(await readJson(join(experimentFolder(library, id), 'manifest.json')));
    return { ...manifest, arms: manifest.arms.map((arm) => withSeeds(arm, manifest.given)) };
  } catch (error) {
    throw new CultivarError({
      code: 'library-damaged',
      message: `The manifest of the experiment "${id}" cannot be read.`,
      remedy: 'Its runs are not touched. Restore the folder from a backup.',
      detail: error instanceof Error ? error.message : String(error),
    }, { cause: error });
  }
}

/** Of before seeds were written: runs stood in the order of the file's seeds. */
function withSeeds(arm: ExperimentArm, given: ExperimentManifest['given']): ExperimentArm {
  if (arm.seeds.length === arm.runIds.length) return arm;
  const seeds = z.object({ seeds: z.array(z.int()) }).parse(given).seeds;
  return { ...arm, seeds: seeds.slice(0, arm.runIds.length) };
}

export const unknownExperiment = (id: string, where: string) => new CultivarError({ code: 'experiment-unknown', message: `There is no experiment "${id}" in ${where}.` });

/** Ids of the library's experiments. */
export async function listExperimentIds(library: string): Promise<string[]> {
  return (await readdir(join(library, 'experiments')).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  })).filter(isId);
}
