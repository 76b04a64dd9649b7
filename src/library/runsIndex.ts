import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeFileAtomic } from './atomic';
import { stringifyJson } from './json';
import { runManifestSchema, type RunManifest } from './runManifest';

/** A manifest as it was read, and the mark of the file that held it: what has another mark is read again. */
export interface IndexedManifest {
  readonly mark: string;
  readonly manifest: RunManifest;
}

// The manifests in it were checked when they were read from their own files.
const indexSchema = z.object({ schemaVersion: z.literal(1), form: z.string(), runs: z.record(z.string(), z.object({ mark: z.string(), manifest: z.custom<RunManifest>((value) => typeof value === 'object' && value !== null) })) });

let ownForm: string | undefined;
/** Of the manifests' schema: another version of Cultivar, with other fields or defaults, makes the index anew. */
const form = () => (ownForm ??= createHash('sha256').update(JSON.stringify(z.toJSONSchema(runManifestSchema, { unrepresentable: 'any' }))).digest('hex'));

const indexFile = (library: string) => join(library, '.runs-index.json');

/** What an earlier process has read of the library's manifests; empty where there is no index, or one that cannot be used. The files are the truth. */
export async function readRunsIndex(library: string): Promise<Map<string, IndexedManifest>> {
  const parsed = indexSchema.safeParse(await readJson(indexFile(library)).catch(() => null));
  return new Map(parsed.success && parsed.data.form === form() ? Object.entries(parsed.data.runs) : []);
}

/** Keeps the index for the next process. A library that cannot be written does without: it is only there to be fast. */
export async function writeRunsIndex(library: string, runs: ReadonlyMap<string, IndexedManifest>): Promise<void> {
  await writeFileAtomic(indexFile(library), `${stringifyJson({ schemaVersion: 1, form: form(), runs: Object.fromEntries(runs) })}\n`).catch(() => undefined);
}
