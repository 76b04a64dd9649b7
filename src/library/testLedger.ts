import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CultivarError } from '../contracts/errors';
import { asStorageError, errorCode, makeFolder, syncFolder } from './atomic';

const openingSchema = z.strictObject({
  schemaVersion: z.literal(1),
  at: z.iso.datetime(),
  runId: z.string(),
  /** All that were measured at this opening: an arm's seeds. */
  runIds: z.array(z.string()).default([]),
  /** A lone run counts as an experiment of one. */
  experimentId: z.string().nullable(),
  armKey: z.string().nullable().default(null),
  /** Of the checkpoint that was measured, where it is known before. */
  purpose: z.string(),
});
export type TestOpening = z.output<typeof openingSchema>;

const ledgerFile = (library: string, revision: string) => join(library, 'test-openings', `${revision}.jsonl`);

/** Every opening of a data revision's test set, oldest first. @throws CultivarError library-damaged, with the line */
export async function testOpenings(library: string, revision: string): Promise<TestOpening[]> {
  const path = ledgerFile(library, revision);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').filter(Boolean).map((line, i) => {
    try {
      return openingSchema.parse(JSON.parse(line));
    } catch (error) {
      throw new CultivarError({ code: 'library-damaged', message: `Line ${i + 1} of ${path}, the record of test set openings, cannot be read.`, remedy: 'Restore it from a backup.', detail: String(error) });
    }
  });
}

/**
 * Records that a data revision's test set is opened, before it is: an opening that then fails has been one all the same. Only ever appended to.
 * @returns how often it has been opened, this time included
 */
export async function recordTestOpening(library: string, revision: string, opening: Omit<z.input<typeof openingSchema>, 'schemaVersion' | 'at'>): Promise<number> {
  const folder = join(library, 'test-openings');
  const before = await testOpenings(library, revision);
  try {
    await makeFolder(folder);
    const file = await open(ledgerFile(library, revision), 'a');
    try {
      await file.appendFile(`${JSON.stringify({ schemaVersion: 1, at: new Date().toISOString(), ...opening } satisfies z.input<typeof openingSchema>)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(folder);
  } catch (error) {
    throw asStorageError(error, folder);
  }
  return before.length + 1;
}
