import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportedArchive } from '../../contracts/calls/interchange';
import { CultivarError } from '../../contracts/errors';
import { readDatasetManifest } from '../../data/openDataset';
import { asStorageError, makeFolder } from '../../library/atomic';
import { checkStaged } from './checkStaged';
import { compareWithLibrary } from './compareWithLibrary';
import type { ArchiveManifest } from './manifest';
import { newIdsFor, renameStaged } from './newIds';
import { openArchive } from './openArchive';
import { placeStaged } from './placeStaged';
import { checkCancelled, type ArchiveOptions } from './progress';

/**
 * Brings an archive's runs into a library. Everything is unpacked beside the library's own folders, compared with its hashes and read once
 * before anything is placed; where something fails nothing stays.
 * @param options.asNew gives every run and experiment of the archive a new id
 * @throws CultivarError archive-damaged; archive-conflict where the library has other content under one of its ids; archive-cancelled; a storage error
 */
export async function importArchive(library: string, path: string, options: ArchiveOptions & { readonly asNew?: boolean } = {}): Promise<ImportedArchive> {
  const archive = await openArchive(path);
  try {
    const { manifest, totalBytes } = archive;
    await makeFolder(library);
    await removeLeftovers(library);
    await checkSpace(library, totalBytes);
    const staged = join(library, `.import-${process.pid}-${randomBytes(4).toString('hex')}`);
    try {
      await mkdir(staged);
      await archive.unpack(staged, options);
      await checkStaged(path, staged, manifest);
      const ids = options.asNew ? newIdsFor(manifest) : new Map<string, string>();
      if (options.asNew) await renameStaged(staged, manifest, ids);
      const present = options.asNew ? new Set<string>() : await compareWithLibrary(library, staged, manifest);
      checkCancelled(options.signal);
      options.onProgress?.({ phase: 'place', doneBytes: 0, totalBytes });
      await placeStaged(library, staged, present);
      options.onProgress?.({ phase: 'place', doneBytes: totalBytes, totalBytes });
      const outcome = (kind: 'runs' | 'experiments') => manifest[kind].map(({ id }) => ({
        id: ids.get(id) ?? id, archivedId: id, outcome: present.has(`${kind}/${id}`) ? ('present' as const) : ('imported' as const),
      }));
      return { content: manifest.content, checkpoints: manifest.checkpoints, runs: outcome('runs'), experiments: outcome('experiments'), datasets: await presence(library, manifest), bytes: totalBytes };
    } catch (error) {
      throw asStorageError(error, library);
    } finally {
      await rm(staged, { recursive: true, force: true });
    }
  } finally {
    await archive.close();
  }
}

/** What an import left behind that was killed: its process is gone. */
async function removeLeftovers(library: string): Promise<void> {
  for (const name of await readdir(library)) {
    const pid = Number(/^\.import-(\d+)-/.exec(name)?.[1] ?? NaN);
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    await rm(join(library, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function checkSpace(library: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(library);
  if (bytes <= bavail * bsize) return;
  throw new CultivarError({ code: 'disk-full', message: `The archive unpacks to ${(bytes / 1e9).toFixed(2)} GB, and ${(bavail * bsize / 1e9).toFixed(2)} GB are free in ${library}.`, remedy: 'Free space on that disk, then try again.' });
}

async function presence(library: string, { runs }: ArchiveManifest): Promise<ImportedArchive['datasets']> {
  const needed = new Map(runs.map(({ dataset }) => [`${dataset.id} ${dataset.revision}`, dataset]));
  return Promise.all([...needed.values()].map(async ({ id, revision }) => {
    const found = await readDatasetManifest(library, id, revision).catch(() => null);
    return { id, revision, state: found === null ? 'absent' as const : found.revision === revision ? 'present' as const : 'other-revision' as const };
  }));
}
