import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder, readJson, writeFileAtomic, writeJsonAtomic } from './atomic';

// Numbers of a run: `<name>.bin`, and beside it `<name>.json`, which says what they are and holds their sha256.

export const binSchema = z.strictObject({ bytes: z.int().min(0), sha256: z.string() });
type Bin = z.output<typeof binSchema>;

const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

/**
 * Writes the arrays one after another, little endian. The header comes last, so that one that is there has all its numbers.
 * @throws CultivarError a storage error
 */
export async function writeNumbers(folder: string, name: string, header: object, arrays: readonly ArrayBufferView<ArrayBufferLike>[]): Promise<void> {
  if (endianness() !== 'LE') throw new Error('numbers are written on little-endian machines only');
  await makeFolder(folder);
  const bin = Buffer.concat(arrays.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)));
  await writeFileAtomic(join(folder, `${name}.bin`), bin);
  await writeJsonAtomic(join(folder, `${name}.json`), { ...header, bin: { bytes: bin.length, sha256: sha256(bin) } satisfies Bin });
}

/**
 * @param sizes bytes of each array, by the header
 * @param damaged makes the error that is thrown where the files are not as they were written
 * @returns each array's bytes in memory of its own, so that it starts where its type may
 */
export async function readNumbers<T extends { readonly bin: Bin }>(folder: string, name: string, schema: z.ZodType<T>, sizes: (header: T) => readonly number[], damaged: (what: string) => Error): Promise<{ header: T; arrays: ArrayBuffer[] }> {
  const header = schema.safeParse(await readJson(join(folder, `${name}.json`)).catch(() => null));
  if (!header.success) throw damaged('the header cannot be read');
  const { bin } = header.data;
  const data = await readFile(join(folder, `${name}.bin`)).catch(() => null);
  const bytes = sizes(header.data);
  if (data?.length !== bytes.reduce((sum, size) => sum + size, 0) || data.length !== bin.bytes || sha256(data) !== bin.sha256) throw damaged('the numbers have changed');
  let from = 0;
  return { header: header.data, arrays: bytes.map((size) => Uint8Array.from(data.subarray(from, (from += size))).buffer) };
}
