import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RangeTestRecord } from '../contracts/tools';
import { CultivarError } from '../contracts/errors';
import { writeFileAtomic } from './atomic';
import { parseJson, stringifyJson } from './json';
import { isId } from './paths';

const folderOf = (library: string) => join(library, 'range-tests');
const fileOf = (library: string, id: string) => join(folderOf(library), `${id}.json`);

/** @throws CultivarError a storage error */
export async function writeRangeTest(library: string, record: RangeTestRecord): Promise<void> {
  await mkdir(folderOf(library), { recursive: true });
  await writeFileAtomic(fileOf(library, record.id), `${stringifyJson(record, 2)}\n`);
}

/** Whether a document is a kept range test. */
export const isRangeTest = (document: unknown): document is RangeTestRecord =>
  typeof document === 'object' && document !== null && (document as { kind?: unknown }).kind === 'lr-range' && (document as { schemaVersion?: unknown }).schemaVersion === 1;

/** @throws CultivarError config-unreadable where there is none of that id, or its file is damaged */
export async function readRangeTest(library: string, id: string): Promise<RangeTestRecord> {
  const text = isId(id) ? await readFile(fileOf(library, id), 'utf8').catch(() => null) : null;
  if (text === null) throw new CultivarError({ code: 'config-unreadable', message: `There is no range test "${id}" in this library.` });
  const document = parsed(text);
  if (!isRangeTest(document)) throw new CultivarError({ code: 'config-unreadable', message: `The range test "${id}" cannot be read: its file is damaged.` });
  return document;
}

/** All that can be read, the newest first. */
export async function listRangeTests(library: string): Promise<RangeTestRecord[]> {
  const names = await readdir(folderOf(library)).catch(() => []);
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  const found = await Promise.all(ids.map((id) => readRangeTest(library, id).catch(() => null)));
  return found.filter((record) => record !== null).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}
