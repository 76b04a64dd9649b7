import { CultivarError } from '../contracts/errors';
import { acquireLock } from './lock';
import { runLockFile } from './paths';

/**
 * Writes to a run that this process does not hold.
 * @returns false, with nothing written, where another process is at the run: what it does may make this old
 * @throws CultivarError a storage error
 */
export async function whileFree(library: string, runId: string, purpose: string, write: () => Promise<void>): Promise<boolean> {
  try {
    const lock = await acquireLock(runLockFile(library, runId), purpose);
    await write().finally(() => lock.release());
    return true;
  } catch (error) {
    if (error instanceof CultivarError && error.code === 'run-locked') return false;
    throw error;
  }
}
