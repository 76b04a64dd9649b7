import type { Stats } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StorageReport } from '../contracts/system';
import { walkDisk } from '../library/walkDisk';

/** What takes how much of the disk. Folders that are not there yet take nothing. */
export async function storageReport(libraryDir: string, cacheDir: string): Promise<StorageReport> {
  const kinds = { datasetsBytes: 0, checkpointsBytes: 0, exportsBytes: 0, eventsBytes: 0, binBytes: 0 };
  let libraryBytes = 0;
  await walkDisk(libraryDir, (path, found) => {
    const bytes = bytesOfFile(found);
    libraryBytes += bytes;
    const kind = kindOf(path);
    if (kind) kinds[kind] += bytes;
  });
  let cacheBytes = 0;
  await walkDisk(cacheDir, (_path, found) => { cacheBytes += bytesOfFile(found); });
  return { libraryDir, cacheDir, ...kinds, libraryBytes, cacheBytes, freeBytes: await freeBytes(libraryDir) };
}

function kindOf([top, , inRun]: readonly string[]): 'datasetsBytes' | 'checkpointsBytes' | 'exportsBytes' | 'eventsBytes' | 'binBytes' | null {
  if (top === 'datasets') return 'datasetsBytes';
  if (top === 'bin') return 'binBytes';
  if (top !== 'runs' || inRun === undefined) return null;
  if (inRun === 'checkpoints') return 'checkpointsBytes';
  return inRun === 'exports' ? 'exportsBytes' : 'eventsBytes';
}

const bytesOfFile = (found: Stats): number => (found.isDirectory() ? 0 : found.blocks * 512);

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
