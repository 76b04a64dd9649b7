import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { MadeExport } from '../contracts/calls/exports';
import { makeFolder } from '../library/atomic';
import { runFolder } from '../library/paths';
import { readExportManifest } from './manifest';

const lineSchema = z.object({ schemaVersion: z.literal(1), at: z.string(), path: z.string() });

/** Where a run's exports lie that were not put elsewhere. */
export const exportsFolder = (library: string, runId: string) => join(runFolder(library, runId), 'exports');
const listFile = (library: string, runId: string) => join(exportsFolder(library, runId), 'made.jsonl');

/** Notes where an export was put, so that it is found again. One line each, only ever appended to. */
export async function recordExport(library: string, runId: string, path: string): Promise<void> {
  await makeFolder(exportsFolder(library, runId));
  const file = await open(listFile(library, runId), 'a');
  try {
    await file.appendFile(`${JSON.stringify({ schemaVersion: 1, at: new Date().toISOString(), path })}\n`);
  } finally {
    await file.close();
  }
}

/** The exports of a run that are still there, the newest first. Lines and folders that cannot be read are left out. */
export async function madeExports(library: string, runId: string): Promise<MadeExport[]> {
  const text = await readFile(listFile(library, runId), 'utf8').catch(() => '');
  const paths = new Set(text.split('\n').flatMap((line) => {
    try {
      return [lineSchema.parse(JSON.parse(line)).path];
    } catch {
      return [];
    }
  }));
  const found = await Promise.all([...paths].reverse().map(async (path) => {
    const manifest = await readExportManifest(path).catch(() => null);
    return manifest?.run.id === runId ? [{ path, manifest }] : [];
  }));
  return found.flat();
}
