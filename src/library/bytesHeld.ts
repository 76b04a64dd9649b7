import type { Stats } from 'node:fs';
import { walkDisk } from './walkDisk';

/** What is below a folder: path in parts, and what the disk says of it. */
type Found = readonly (readonly [path: readonly string[], stats: Stats])[];

/**
 * Bytes of the disk that removing a folder would give back. A file that has another name elsewhere, as weights that a longer run began with,
 * gives back nothing. What is not there holds nothing; links are not followed.
 */
export const bytesHeld = async (folder: string): Promise<number> => held(await below(folder));

/** The same of a folder as a whole, and of one folder in it. */
export async function bytesHeldWith(folder: string, part: string): Promise<{ readonly all: number; readonly part: number }> {
  const found = await below(folder);
  return { all: held(found), part: held(found.filter(([[first]]) => first === part)) };
}

async function below(folder: string): Promise<Found> {
  const found: [readonly string[], Stats][] = [];
  await walkDisk(folder, (path, stats) => { found.push([path, stats]); });
  return found;
}

function held(found: Found): number {
  const names = new Map<string, { blocks: number; links: number; seen: number }>();
  for (const [, stats] of found) {
    const key = `${stats.dev} ${stats.ino}`;
    names.set(key, { blocks: stats.blocks, links: stats.isDirectory() ? 1 : stats.nlink, seen: (names.get(key)?.seen ?? 0) + 1 });
  }
  return [...names.values()].reduce((sum, { blocks, links, seen }) => (seen >= links ? sum + blocks * 512 : sum), 0);
}
