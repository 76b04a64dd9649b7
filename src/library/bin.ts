import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../contracts/errors';
import { asStorageError, errorCode, makeFolder, syncFolder } from './atomic';
import { bytesHeld } from './bytesHeld';
import { acquireLock } from './lock';
import { binFolder, binnedExperiments, binnedWeights, isId, runFolder, runLockFile } from './paths';

/**
 * Moves a run, readable or damaged, to the library's bin, from where `restoreRun` brings it back.
 * @throws CultivarError run-unknown; run-locked while a process works on it; a storage error
 */
export async function deleteRun(library: string, id: string): Promise<void> {
  if (!isId(id) || !(await exists(runFolder(library, id)))) throw unknown(id, 'the library');
  const lock = await acquireLock(runLockFile(library, id), 'deleting the run');
  try {
    await makeFolder(binFolder(library));
    // One of the same id that was deleted before, and has come back by an import since: the bin keeps the last.
    await rm(join(binFolder(library), id), { recursive: true, force: true });
    await move(runFolder(library, id), join(binFolder(library), id));
  } catch (error) {
    await lock.release();
    throw asStorageError(error, library);
  }
  for (const lockName of ['lock', '.remarks.lock']) await rm(join(binFolder(library), id, lockName), { force: true });
}

/** @throws CultivarError run-unknown when the bin has no such run; destination-exists when the library has one again */
export async function restoreRun(library: string, id: string): Promise<void> {
  const from = join(binFolder(library), id);
  if (!isId(id) || !(await exists(from))) throw unknown(id, 'the bin');
  if (await exists(runFolder(library, id))) {
    throw new CultivarError({ code: 'destination-exists', message: `The library has a run "${id}" already.`, remedy: 'Delete that one first.' });
  }
  try {
    await move(from, runFolder(library, id));
  } catch (error) {
    throw asStorageError(error, library);
  }
}

/** Ids of the deleted runs. */
export async function listBin(library: string): Promise<string[]> {
  return (await readdir(binFolder(library)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  })).filter((name) => isId(name) && name !== binnedExperiments && name !== binnedWeights);
}

/** Removes for good what the bin holds. @returns bytes of the disk that became free */
export async function emptyBin(library: string): Promise<number> {
  const freed = await bytesHeld(binFolder(library));
  await rm(binFolder(library), { recursive: true, force: true }).catch((error: unknown) => {
    throw asStorageError(error, library);
  });
  return freed - await bytesHeld(binFolder(library));
}

/** Moves a folder so that the move outlasts a power cut. */
export async function move(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(join(from, '..'));
  await syncFolder(join(to, '..'));
}

const exists = (path: string) => stat(path).then(() => true, () => false);

const unknown = (id: string, where: string) => new CultivarError({ code: 'run-unknown', message: `There is no run "${id}" in ${where}.` });
