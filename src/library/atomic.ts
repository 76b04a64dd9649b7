import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CultivarError } from '../contracts/errors';
import { parseJson, stringifyJson } from './json';

/**
 * Replaces a file whole: writes beside it, flushes, renames, flushes the folder. A reader, or a power cut, meets the old content or
 * the new one, never a part.
 * @throws CultivarError disk-full, library-read-only or permission-denied, naming the folder
 */
export async function writeFileAtomic(path: string, data: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw asStorageError(error, folder);
  }
}

export const writeJsonAtomic = (path: string, value: unknown) => writeFileAtomic(path, `${stringifyJson(value, 2)}\n`);

export const readJson = async (path: string): Promise<unknown> => parseJson(await readFile(path, 'utf8'));

/**
 * Makes a folder and those above it. (`mkdir` with `recursive` reports ENOENT for a disk that can only be read.)
 * @throws CultivarError disk-full, library-read-only or permission-denied, naming the folder that exists already
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && dirname(folder) !== folder) {
      await makeFolder(dirname(folder));
      return makeFolder(folder);
    }
    if (await stat(folder).then((found) => found.isDirectory(), () => false)) return;
    throw asStorageError(error, errorCode(error) === 'EEXIST' ? folder : dirname(folder));
  }
}

/** Makes a rename or a new file in the folder last through a power cut. File systems that cannot are left alone. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EISDIR'].includes(errorCode(error) ?? '')) throw error;
  } finally {
    await handle.close();
  }
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const otherFolder = '(--library DIR or CULTIVAR_LIBRARY for the library, CULTIVAR_CACHE for what is fetched)';

/** A failure of the file system as what a person can act on; other errors come back as they are. */
export function asStorageError(error: unknown, folder: string): unknown {
  const cause = { cause: error };
  const detail = error instanceof Error ? error.message : undefined;
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new CultivarError({
        code: 'disk-full',
        message: `There is no space left to write in ${folder}.`,
        remedy: 'Free space on that disk, then try again. What was written before is kept.',
        command: `df -h ${shellQuoted(folder)}`,
        detail,
      }, cause);
    case 'EROFS':
      return new CultivarError({
        code: 'library-read-only',
        message: `${folder} is on a disk that can only be read.`,
        remedy: `Make the disk writable, or choose another folder ${otherFolder}.`,
        detail,
      }, cause);
    case 'EACCES':
    case 'EPERM':
      return new CultivarError({
        code: 'permission-denied',
        message: `Writing in ${folder} is not allowed for this user.`,
        remedy: `Give yourself the right to write there, or choose another folder ${otherFolder}.`,
        command: `sudo chown -R "$USER" ${shellQuoted(folder)}`,
        detail,
      }, cause);
    case 'ENOTDIR':
    case 'EEXIST':
      return new CultivarError({
        code: 'library-damaged',
        message: `${folder} is a file, or lies below one, where a folder is needed.`,
        remedy: `Choose another folder ${otherFolder}.`,
        detail,
      }, cause);
    default:
      return error;
  }
}

/** A path as one word of a POSIX shell. */
export const shellQuoted = (text: string) => (/^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
