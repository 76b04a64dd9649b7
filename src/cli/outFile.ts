import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CultivarError } from '../contracts/errors';
import { writeFileAtomic } from '../library/atomic';
import { usage } from './output';

/**
 * Where a command may write: a file that is not there yet, or may be replaced, in a folder that is.
 * @throws CultivarError usage, destination-exists
 */
export async function checkedOut(out: string, force: boolean): Promise<string> {
  const path = resolve(out);
  const folder = await stat(dirname(path)).catch(() => null);
  if (!folder?.isDirectory()) throw usage(`--out: ${dirname(path)} is no folder`);
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) throw usage(`--out: ${path} is a folder; name a file in it`);
  if (found && !force) throw new CultivarError({ code: 'destination-exists', message: `${path} exists already.`, remedy: 'Choose another name, or replace it with --force.' });
  return path;
}

/** Writes it whole. @returns bytes */
export async function writeOut(path: string, content: string | Uint8Array): Promise<number> {
  await writeFileAtomic(path, content);
  return Buffer.byteLength(content);
}
