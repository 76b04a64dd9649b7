import type { z } from 'zod';
import { CultivarError } from '../contracts/errors';
import { errorCode, readJson } from './atomic';

/** For a file that is there and is not what it should be. @param error what was found, for the details */
export const damagedDocument = (path: string, error: unknown, { remedy } = { remedy: 'Restore it from a backup.' }) =>
  new CultivarError({ code: 'library-damaged', message: `${path} cannot be read.`, remedy, detail: String(error) });

/** A JSON file that a person's own work made, and that nothing can make again; null where there is none. @throws CultivarError library-damaged */
export async function readDocument<S extends z.ZodType>(path: string, schema: S, { remedy } = { remedy: 'Restore it from a backup.' }): Promise<z.output<S> | null> {
  try {
    return schema.parse(await readJson(path));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw damagedDocument(path, error, { remedy });
  }
}
