import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Entries looked at together: one after another each waits for a turn of its own, and all at once would keep other reads of this process waiting. */
const together = 16;

/** Does something with each of a list's members, a few of them at once. */
export async function fewAtOnce<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let i = 0; i < list.length; i += together) await Promise.all(list.slice(i, i + together).map(work));
}

/**
 * Visits a folder and all that is below it, with its path in parts from there. Links are not followed; what has gone in between is not
 * visited. Nothing of it is kept for the next time: a folder's mtime tells neither of a file in it that grew nor of one that got another
 * name elsewhere, so that every file would have to be asked all the same.
 */
export async function walkDisk(folder: string, visit: (path: readonly string[], found: Stats) => void, path: readonly string[] = []): Promise<void> {
  const found = await lstat(folder).catch(() => null);
  if (!found) return;
  visit(path, found);
  if (!found.isDirectory()) return;
  await fewAtOnce(await readdir(folder).catch((): string[] => []), (name) => walkDisk(join(folder, name), visit, [...path, name]));
}
