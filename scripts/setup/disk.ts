import { mkdir, statfs } from 'node:fs/promises';
import { CultivarError } from '../../src/contracts/errors';
import { asStorageError } from '../../src/library/atomic';

/**
 * Makes a folder and sees that it has room.
 * @throws CultivarError disk-full with both figures, or that the folder cannot be written
 */
export async function ensureRoom(folder: string, neededBytes: number, purpose: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw asStorageError(error, folder);
  }
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= neededBytes) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new CultivarError({
    code: 'disk-full',
    message: `${purpose} needs ${gigabytes(neededBytes)} of disk, and ${folder} has ${gigabytes(free)} free.`,
    remedy: 'Free some space, or put the cache on another disk:',
    command: 'CULTIVAR_CACHE=/path/on/another/disk npm run setup',
  });
}
