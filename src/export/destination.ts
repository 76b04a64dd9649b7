import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CultivarError, type CultivarErrorData } from '../contracts/errors';
import { asStorageError, errorCode, makeFolder, syncFolder } from '../library/atomic';
import { temporaryOf } from './temporary';

const elsewhere = 'Choose another folder for the export.';

/**
 * Says before any work what would stand in the way, and makes the folder to build in.
 * @param bytes that the export will take
 * @returns the folder
 * @throws CultivarError destination-exists, destination-unwritable, disk-full
 */
export async function prepareDestination(destination: string, bytes: number): Promise<string> {
  const target = resolve(destination);
  const there = await stat(target).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw unwritable(target, error);
  });
  if (there && !(there.isDirectory() && (await readdir(target)).length === 0)) {
    throw new CultivarError({ code: 'destination-exists', message: `${target} exists already${there.isDirectory() ? ' and is not empty' : ''}.`, remedy: 'Choose another folder, or remove it.' });
  }
  const parent = dirname(target);
  try {
    await makeFolder(parent);
    await removeAbandoned(parent, basename(target));
    const temporary = temporaryOf(target, process.pid);
    await mkdir(temporary);
    const { bavail, bsize } = await statfs(parent);
    if (bavail * bsize < bytes) {
      await rm(temporary, { recursive: true });
      throw new CultivarError({
        code: 'disk-full', message: `The export takes about ${megabytes(bytes)} MB, and ${parent} has ${Math.floor((bavail * bsize) / 1e6)} MB left.`, remedy: `Free space on that disk. ${elsewhere}`,
      });
    }
    return temporary;
  } catch (error) {
    throw storageError(error, parent);
  }
}

/** Gives the finished folder its name. What was written is on the disk before the name is. */
export async function publish(temporary: string, destination: string): Promise<void> {
  const target = resolve(destination);
  try {
    await syncFolder(temporary);
    await rename(temporary, target);
    await syncFolder(dirname(target));
  } catch (error) {
    if (errorCode(error) === 'ENOTEMPTY' || errorCode(error) === 'EEXIST') throw new CultivarError({ code: 'destination-exists', message: `${target} was made by another program meanwhile.`, remedy: elsewhere }, { cause: error });
    throw storageError(error, dirname(target));
  }
}

/** What a killed process left beside the destination. */
async function removeAbandoned(parent: string, name: string): Promise<void> {
  for (const found of await readdir(parent)) {
    const pid = found.startsWith(`.${name}.`) ? Number(/^(\d+)\.partial$/.exec(found.slice(name.length + 2))?.[1]) : NaN;
    if (Number.isInteger(pid) && pid !== process.pid && !alive(pid)) await rm(join(parent, found), { recursive: true, force: true });
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** A failure of the file system in the words of an export. */
export function storageError(error: unknown, folder: string): unknown {
  const known = asStorageError(error, folder);
  if (!(known instanceof CultivarError)) return known;
  switch (known.code) {
    case 'library-read-only':
    case 'permission-denied':
    case 'library-damaged':
      return unwritable(folder, error, known);
    case 'disk-full':
      return new CultivarError({ ...known.toData(), remedy: `Free space on that disk. ${elsewhere} Nothing of the export was left there.` }, { cause: error });
    default:
      return known;
  }
}

const unwritable = (folder: string, cause: unknown, known?: CultivarErrorData) => new CultivarError({
  code: 'destination-unwritable', message: known?.message ?? `${folder} cannot be written to.`, remedy: elsewhere, detail: cause instanceof Error ? cause.message : undefined,
}, { cause });

const megabytes = (bytes: number) => Math.ceil(bytes / 1e6);
