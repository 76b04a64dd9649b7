import { createReadStream } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { z } from 'zod';
import { CultivarError, toErrorData, type CultivarErrorData } from '../contracts/errors';
import type { Augmentation } from '../core/config/augmentation';
import type { RunConfig } from '../core/config/run';
import { asStorageError, errorCode, makeFolder, readJson, syncFolder, writeJsonAtomic } from './atomic';
import { cultivarCommand } from './command';
import { inspectLock } from './lock';
import { isId, newId, runFolder, runLockFile } from './paths';
import { readRunsIndex, writeRunsIndex, type IndexedManifest } from './runsIndex';
import { emptySummary, runManifestSchema, type RunManifest } from './runManifest';

export interface NewRun {
  readonly name: string;
  /** `given` is the config as it was written; it must be JSON. */
  readonly config: { readonly given: RunManifest['config']['given']; readonly resolved: RunConfig };
  readonly dataset: RunManifest['dataset'];
  readonly numericsVersion: number;
  readonly experimentId?: string | null;
}

/** What a run without a name is called by; a list of operations would be too long for a folder. */
const augmentationSlug = (augmentation: Augmentation) => (typeof augmentation === 'string' ? augmentation : augmentation.map(({ kind }) => kind).join(' ').toLowerCase() || 'none');

/**
 * Writes a waiting run into the library. Its folder appears whole.
 * @param fill writes what else the folder is to hold
 * @throws CultivarError disk-full, library-read-only, permission-denied
 */
export async function createRun(library: string, run: NewRun, fill: (folder: string) => Promise<void> = async () => undefined): Promise<RunManifest> {
  const id = newId(run.name || `${run.config.resolved.model.architecture} ${augmentationSlug(run.config.resolved.augmentation)}`, 'run');
  const manifest = runManifestSchema.parse({
    schemaVersion: 1, id, name: run.name, status: 'queued', config: run.config, seed: run.config.resolved.seed, dataset: run.dataset,
    numericsVersion: run.numericsVersion, environment: null, createdAt: new Date().toISOString(), startedAt: null, endedAt: null,
    experimentId: run.experimentId ?? null, summary: emptySummary, failure: null,
  } satisfies z.input<typeof runManifestSchema>);
  await createFolderWhole(runFolder(library, id), async (folder) => {
    await fill(folder);
    await writeJsonAtomic(join(folder, 'manifest.json'), manifest);
  });
  return manifest;
}

/** Fills a folder under a hidden name and then gives it its own. */
export async function createFolderWhole(folder: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = join(dirname(folder), `.${folder.slice(dirname(folder).length + 1)}.new`);
  try {
    await makeFolder(dirname(folder));
    await mkdir(temporary);
    await fill(temporary);
    await rename(temporary, folder);
    await syncFolder(dirname(folder));
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw asStorageError(error, dirname(folder));
  }
}

/**
 * A run's manifest, as it is now: one that says `running` while no process holds the run is `interrupted`.
 * @throws CultivarError run-unknown, run-damaged
 */
export async function readRun(library: string, id: string): Promise<RunManifest> {
  return withDerivedStatus(library, await readRunManifest(library, id));
}

async function withDerivedStatus(library: string, manifest: RunManifest): Promise<RunManifest> {
  if (manifest.status !== 'running') return manifest;
  const lock = await inspectLock(runLockFile(library, manifest.id));
  if (lock.state === 'held') return manifest;
  // A run that ended between the two reads wrote its manifest before it let go of the lock.
  const now = await readRunManifest(library, manifest.id);
  return now.status === 'running' ? { ...now, status: 'interrupted' } : now;
}

/** The manifest as it stands on disk. */
export async function readRunManifest(library: string, id: string): Promise<RunManifest> {
  if (!isId(id)) throw unknownRun(library, id);
  return readManifestFile(join(runFolder(library, id), 'manifest.json'), library, id);
}

async function readManifestFile(path: string, library: string, id: string): Promise<RunManifest> {
  let document: unknown;
  try {
    document = await readJson(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw damagedRun(library, id, 'manifest.json cannot be read', error);
    const standing = await stat(dirname(path)).then(() => true, () => false);
    throw standing ? damagedRun(library, id, 'manifest.json is missing', error) : unknownRun(library, id);
  }
  const version = typeof document === 'object' && document !== null && 'schemaVersion' in document ? document.schemaVersion : undefined;
  if (typeof version === 'number' && version > 1) {
    throw damagedRun(library, id, `manifest.json has schema ${version}: it was written by a newer Cultivar`, undefined);
  }
  const parsed = runManifestSchema.safeParse(document);
  if (!parsed.success) throw damagedRun(library, id, 'manifest.json is not as it should be', parsed.error);
  if (parsed.data.id !== id) throw damagedRun(library, id, `manifest.json is that of another run, ${parsed.data.id}`, undefined);
  return parsed.data;
}

const unknownRun = (library: string, id: string) =>
  new CultivarError({ code: 'run-unknown', message: `The library ${library} has no run "${id}".`, remedy: 'See which there are.', command: cultivarCommand('runs') });

export const damagedRun = (library: string, id: string, what: string, cause: unknown) =>
  new CultivarError({
    code: 'run-damaged',
    message: `The run "${id}" is damaged: ${what}.`,
    remedy: `Other runs are not touched. Restore the folder ${runFolder(library, id)} from a backup, or delete the run.`,
    ...(cause !== undefined && { detail: cause instanceof Error ? cause.message : String(cause) }),
  }, { cause });

export type ListedRun =
  | { readonly state: 'readable'; readonly id: string; readonly manifest: RunManifest }
  | { readonly state: 'damaged'; readonly id: string; readonly error: CultivarErrorData };

/** Manifests that are known of each library: read by this process, or by an earlier one that kept an index. */
const knownManifests = new Map<string, Promise<Map<string, IndexedManifest>>>();
/** Fewer than this are read again as quickly as an index is written. */
const worthAnIndex = 50;

/** Every run of the library, newest first, damaged ones last. A library that does not exist yet has none. A manifest that has not changed is not read again. */
export async function listRuns(library: string): Promise<ListedRun[]> {
  const folder = join(library, 'runs');
  const ids = (await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw asStorageError(error, library);
  })).filter((entry) => entry.isDirectory() && isId(entry.name)).map((entry) => entry.name);
  if (!knownManifests.has(library)) knownManifests.set(library, readRunsIndex(library));
  const known = await knownManifests.get(library)!;
  const runs: ListedRun[] = [];
  let newlyRead = 0;
  const waiting = ids.values();
  await Promise.all(Array.from({ length: 16 }, async () => {
    for (const id of waiting) {
      const run = await listedRun(library, id, known);
      runs.push(run.listed);
      if (run.newlyRead) newlyRead++;
    }
  }));
  if (known.size > ids.length) for (const id of known.keys()) if (!ids.includes(id)) known.delete(id);
  if (newlyRead >= worthAnIndex) await writeRunsIndex(library, known);
  return runs.sort(newestFirst);
}

async function listedRun(library: string, id: string, known: Map<string, IndexedManifest>): Promise<{ listed: ListedRun; newlyRead: boolean }> {
  try {
    const found = await stat(join(runFolder(library, id), 'manifest.json')).catch(() => null);
    const mark = found && `${found.mtimeMs} ${found.size} ${found.ino}`;
    const before = known.get(id);
    const same = before !== undefined && before.mark === mark;
    const manifest = same ? before.manifest : await readRunManifest(library, id);
    if (mark && !same) known.set(id, { mark, manifest });
    return { listed: { state: 'readable', id, manifest: await withDerivedStatus(library, manifest) }, newlyRead: !same };
  } catch (error) {
    return { listed: { state: 'damaged', id, error: toErrorData(error) }, newlyRead: false };
  }
}

function newestFirst(a: ListedRun, b: ListedRun): number {
  if (a.state === 'damaged' || b.state === 'damaged') return Number(a.state === 'damaged') - Number(b.state === 'damaged') || (a.id < b.id ? -1 : 1);
  return a.manifest.createdAt === b.manifest.createdAt ? (a.id < b.id ? -1 : 1) : a.manifest.createdAt < b.manifest.createdAt ? 1 : -1;
}

/** Bytes of a run's events, as text, from a byte on; empty where there are none yet. */
export async function readEventText(library: string, id: string, from = 0): Promise<Buffer> {
  const path = eventsFile(library, id);
  try {
    return from === 0 ? await readFile(path) : await buffer(createReadStream(path, { start: from }));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

export const eventsFile = (library: string, id: string) => join(runFolder(library, id), 'events.jsonl');
