import { randomBytes } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../contracts/errors';
import { asStorageError, shellQuoted } from './atomic';

/** What a first checkpoint of the smallest network and its events take. */
const leastBytes = 150_000_000;

/**
 * Refuses to begin what could not be kept: tries to write a file, and asks for the space that is left.
 * @throws CultivarError disk-full, library-read-only, permission-denied
 */
export async function assertRoom(library: string, neededBytes = leastBytes): Promise<void> {
  const probe = join(library, `.room.${randomBytes(4).toString('hex')}.tmp`);
  try {
    await writeFile(probe, 'x', { flag: 'wx', flush: true });
  } catch (error) {
    throw asStorageError(error, library);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
  const { bavail, bsize } = await statfs(library);
  if (bavail * bsize >= neededBytes) return;
  throw new CultivarError({
    code: 'disk-full',
    message: `Only ${Math.floor((bavail * bsize) / 1e6)} MB are free where the library lies (${library}): too little for a run's checkpoints.`,
    remedy: 'Free space on that disk, then continue the queue. What was written before is kept.',
    command: `df -h ${shellQuoted(library)}`,
  });
}
