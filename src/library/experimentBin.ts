import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CultivarError } from '../contracts/errors';
import { asStorageError, makeFolder, readJson, writeJsonAtomic } from './atomic';
import { deleteRun, move, restoreRun } from './bin';
import { readExperiment, unknownExperiment } from './experiments';
import { binnedExperimentFolder, experimentFolder, isId } from './paths';

const deletedFile = 'deleted.json';
/** Runs that went to the bin with their experiment. */
const deletedSchema = z.strictObject({ schemaVersion: z.literal(1), runIds: z.array(z.string()) });

/**
 * Moves an experiment to the bin, and its own runs with it, but those that others count. What goes along is written down first, so that one
 * that is cut off half-way is deleted, or brought back, by asking again.
 * @param others runs of other experiments
 * @returns the runs that went along
 * @throws CultivarError experiment-unknown; run-locked while a process works on one of the runs; a storage error
 */
export async function deleteExperiment(library: string, id: string, others: ReadonlySet<string>): Promise<readonly string[]> {
  const { arms } = await readExperiment(library, id);
  const folder = experimentFolder(library, id);
  const earlier = await readDeleted(folder);
  const own = arms.flatMap(({ runIds }) => runIds).filter((runId) => !others.has(runId) && !earlier.includes(runId));
  const going: string[] = [...earlier];
  try {
    await writeJsonAtomic(join(folder, deletedFile), { schemaVersion: 1, runIds: [...earlier, ...own] });
    for (const runId of own) if (await unlessUnknown(deleteRun(library, runId))) going.push(runId);
    await makeFolder(join(binnedExperimentFolder(library, id), '..'));
    for (const lockName of ['lock', '.remarks.lock']) await rm(join(folder, lockName), { force: true });
    await move(folder, binnedExperimentFolder(library, id));
  } catch (error) {
    throw asStorageError(error, library);
  }
  return going;
}

/** @returns the runs that came back @throws CultivarError experiment-unknown; destination-exists; a storage error */
export async function restoreExperiment(library: string, id: string): Promise<readonly string[]> {
  const from = isId(id) ? binnedExperimentFolder(library, id) : '';
  const standing = isId(id) && (await exists(experimentFolder(library, id)));
  if (!isId(id) || (!(await exists(from)) && !standing)) throw unknownExperiment(id, 'the bin');
  if (standing && (await exists(from))) throw new CultivarError({ code: 'destination-exists', message: `The library has an experiment "${id}" already.`, remedy: 'Delete that one first.' });
  const back: string[] = [];
  try {
    if (!standing) await move(from, experimentFolder(library, id));
    for (const runId of await readDeleted(experimentFolder(library, id))) if (await unlessUnknown(restoreRun(library, runId))) back.push(runId);
    await rm(join(experimentFolder(library, id), deletedFile), { force: true });
  } catch (error) {
    throw asStorageError(error, library);
  }
  return back;
}

async function readDeleted(folder: string): Promise<readonly string[]> {
  const parsed = deletedSchema.safeParse(await readJson(join(folder, deletedFile)).catch(() => null));
  return parsed.success ? parsed.data.runIds : [];
}

/** False for a run that is not there (any more): it was deleted on its own. */
async function unlessUnknown(moved: Promise<void>): Promise<boolean> {
  return moved.then(() => true, (error: unknown) => {
    if (error instanceof CultivarError && error.code === 'run-unknown') return false;
    throw error;
  });
}

const exists = (path: string) => stat(path).then(() => true, () => false);
