import { readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetManifest } from '../contracts/dataset';
import { CultivarError } from '../contracts/errors';
import type { ImportOptions, ImportProgress, ImportResult, Quarantined } from '../contracts/importing';
import { readDatasetManifest } from '../data/openDataset';
import { placeRevision } from '../data/revisions';
import { asStorageError, makeFolder, shellQuoted } from '../library/atomic';
import { acquireLock } from '../library/lock';
import { datasetFolder, isId, slug } from '../library/paths';
import { DecoderPool } from './decode/pool';
import { finishDataset, resultOf } from './finish';
import { importLimits, type ImportLimits } from './limits';
import { asUnreadable, cancelled, unreadable } from './problems';
import { openSource, type OpenedSource } from './openSource';
import { readItems } from './readItems';
import { itemsOf } from './source';
import { fingerprintOf, readLines, removeStale, Staging, stagingFolder, stagingRoot } from './staging';

export interface ImportRequest {
  readonly library: string;
  readonly path: string;
  readonly options: ImportOptions;
  readonly limits?: ImportLimits;
  readonly pool?: DecoderPool;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Quarantined files that are handed back; all are in the report. */
const shownFiles = 200;

/**
 * Makes a data set of images of any layout. It appears in the library whole or not at all; one that is cancelled or fails leaves nothing, and
 * one whose process is killed goes on from there the next time. What cannot be used is quarantined, file by file.
 * @throws CultivarError import-unreadable, import-cancelled, disk-full, library-read-only, permission-denied, run-locked
 */
export async function importDataset({ library, path, options, limits = importLimits, pool: given, signal, onProgress }: ImportRequest): Promise<ImportResult> {
  const startedMs = performance.now();
  const opened = await openSource(path, limits);
  const pool = given ?? new DecoderPool(limits.imageMs);
  try {
    const side = sideOf(opened, options);
    await checkRoom(library, opened, side, options);
    const fingerprint = fingerprintOf(opened, { ...options, side });
    const folder = stagingFolder(library, fingerprint);
    await makeFolder(stagingRoot(library));
    const lock = await acquireLock(`${folder}.lock`, 'importing images').catch((error: unknown) => { throw asStorageError(error, stagingRoot(library)); });
    try {
      return await work(folder);
    } finally {
      await lock.release();
    }

    async function work(staged: string): Promise<ImportResult> {
      try {
        await removeStale(library, staged);
        const staging = await Staging.open(library, fingerprint);
        const resumedAt = staging.journal.items;
        try {
          for (const file of resumedAt === 0 ? opened.source.quarantined : []) await staging.quarantine(file);
          await readItems({ opened, options, side, staging, pool, limits, signal, onProgress });
          await staging.flush();
        } finally {
          await staging.close();
        }
        const id = await idFor(library, options.name);
        const { items, images: total, quarantined } = staging.journal;
        const manifest = await finishDataset({
          folder: staged, id, opened, options, side, journal: staging.journal, leftOut: items - total - quarantined, signal,
          onImages: (done) => onProgress?.({ phase: 'finish', done, total, quarantined, imagesPerSecond: null, remainingMs: null }),
        });
        return await placed(staged, manifest, resumedAt);
      } catch (error) {
        // What was cancelled or failed leaves nothing; only a killed process leaves what can be taken up again.
        await rm(staged, { recursive: true, force: true }).catch(() => undefined);
        throw error;
      }
    }

    async function placed(staged: string, manifest: DatasetManifest, resumedAt: number): Promise<ImportResult> {
      signal?.throwIfAborted();
      const before = await current(library, manifest.id);
      const outcome = before === null ? 'imported' as const : before.revision === manifest.revision ? 'same' as const : 'new-revision' as const;
      const quarantined = manifest.import!.quarantined > 0 ? (await readLines(join(staged, 'quarantine.jsonl'))).slice(0, shownFiles).map((line) => JSON.parse(line) as Quarantined) : [];
      if (outcome === 'same') await rm(staged, { recursive: true, force: true });
      else await placeRevision(library, staged, manifest);
      const report = manifest.import!.quarantined > 0 && outcome !== 'same' ? join(datasetFolder(library, manifest.id), 'revisions', manifest.revision, 'quarantine.jsonl') : null;
      return resultOf(manifest, { outcome, quarantined, report, elapsedMs: performance.now() - startedMs, resumedAt });
    }
  } catch (error) {
    if (signal?.aborted) throw cancelled();
    throw asStorageError(asUnreadable(path, error), join(library, 'datasets'));
  } finally {
    if (!given) pool.close();
    await opened.close();
  }
}

/** Of the stored images. @throws CultivarError import-unreadable where none is asked for and the images have several */
function sideOf({ source, path }: OpenedSource, { side }: Pick<ImportOptions, 'side'>): number {
  if (side !== null) return side;
  const size = source.size;
  if (size?.width === size?.height && size && size.width >= 8 && size.width <= 256) return size.width;
  throw unreadable(path, 'its images have several sizes, or one that is not square, and no size to bring them to was given', { remedy: 'Give one from 28 to 256 with --size.' });
}

/** Whether the disk has room for the images, before any is read. Twice: they are put in order. */
async function checkRoom(library: string, { source }: OpenedSource, side: number, { testPercent }: ImportOptions): Promise<void> {
  const datasets = join(library, 'datasets');
  await makeFolder(datasets);
  const own = itemsOf(source) * side * side * 3;
  const needed = own * (testPercent > 0 || source.counts.test > 0 ? 2 : 1) + 64 * itemsOf(source);
  const { bavail, bsize } = await statfs(datasets);
  if (bavail * bsize >= needed) return;
  const megabytes = (bytes: number) => Math.ceil(bytes / 1e6).toLocaleString('en-US');
  throw new CultivarError({
    code: 'disk-full', message: `These images need ${megabytes(needed)} MB in ${datasets} while they are imported; there are ${megabytes(bavail * bsize)} MB.`,
    remedy: 'Free space on that disk, choose a smaller size, or another library.', command: `df -h ${shellQuoted(datasets)}`,
  });
}

/** The data set of a name, so that the same name gives a new revision of it; else an id that is free. */
async function idFor(library: string, name: string): Promise<string> {
  const ids = (await readdir(join(library, 'datasets')).catch((): string[] => [])).filter(isId);
  const taken = new Set(['cifar10']);
  for (const id of ids) {
    const manifest = await current(library, id);
    if (manifest?.import && manifest.name === name) return id;
    if (manifest) taken.add(id);
  }
  const base = slug(name, 'dataset');
  for (let i = 1; ; i++) {
    const id = i === 1 ? base : `${base}-${i}`;
    if (!taken.has(id)) return id;
  }
}

async function current(library: string, id: string): Promise<DatasetManifest | null> {
  return readDatasetManifest(library, id).catch((error: unknown) => {
    if (error instanceof CultivarError && error.code === 'dataset-unknown') return null;
    throw error;
  });
}
