import { lstat, readdir, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StorageReport } from '../contracts/system';

/** What takes how much of the disk. Folders that are not there yet take nothing. */
export async function storageReport(libraryDir: string, cacheDir: string): Promise<StorageReport> {
  const kinds = { datasetsBytes: 0, checkpointsBytes: 0, exportsBytes: 0, eventsBytes: 0, binBytes: 0 };
  let libraryBytes = 0;
  await walk(libraryDir, [], (path, bytes) => {
    libraryBytes += bytes;
    const kind = kindOf(path);
    if (kind) kinds[kind] += bytes;
  });
  let cacheBytes = 0;
  await walk(cacheDir, [], (_path, bytes) => { cacheBytes += bytes; });
  return { libraryDir, cacheDir, ...kinds, libraryBytes, cacheBytes, freeBytes: await freeBytes(libraryDir) };
}

function kindOf([top, , inRun]: readonly string[]): 'datasetsBytes' | 'checkpointsBytes' | 'exportsBytes' | 'eventsBytes' | 'binBytes' | null {
  if (top === 'datasets') return 'datasetsBytes';
  if (top === 'bin') return 'binBytes';
  if (top !== 'runs' || inRun === undefined) return null;
  if (inRun === 'checkpoints') return 'checkpointsBytes';
  return inRun === 'exports' ? 'exportsBytes' : 'eventsBytes';
}

/** Calls `found` with each file's path in parts and its bytes on disk. Links are not followed. */
async function walk(folder: string, path: readonly string[], found: (path: readonly string[], bytes: number) => void): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const inner = [...path, entry.name];
    if (entry.isDirectory()) await walk(join(folder, entry.name), inner, found);
    // A file that has gone in between takes nothing.
    else found(inner, await lstat(join(folder, entry.name)).then((file) => file.blocks * 512, () => 0));
  }
}

/** Bytes this user can still write where a folder is, or where it would be made. */
export async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if (dirname(folder) === folder) throw error;
    return freeBytes(dirname(folder));
  }
}
