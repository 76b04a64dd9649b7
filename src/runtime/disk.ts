import { statfs } from 'node:fs/promises';
import { CultivarError } from '../contracts/errors';
import { makeFolder } from '../library/atomic';
import { setupCommand } from '../library/command';

const elsewhere = () => `CULTIVAR_CACHE=/path/on/another/disk ${setupCommand()}`;

/**
 * Makes a folder and sees that it has room.
 * @throws CultivarError disk-full with both figures, or that the folder cannot be written
 */
export async function ensureRoom(folder: string, neededBytes: number, purpose: string): Promise<void> {
  try {
    await makeFolder(folder);
  } catch (error) {
    if (!(error instanceof CultivarError)) throw error;
    throw new CultivarError({ ...error.toData(), remedy: 'Make it writable, or put the cache elsewhere:', command: elsewhere() }, { cause: error });
  }
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= neededBytes) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new CultivarError({
    code: 'disk-full',
    message: `${purpose} needs ${gigabytes(neededBytes)} of disk, and ${folder} has ${gigabytes(free)} free.`,
    remedy: 'Free some space, or put the cache on another disk:',
    command: elsewhere(),
  });
}
