import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Bytes of the disk that removing a folder would give back. A file that has another name elsewhere, as weights that a longer run began with,
 * gives back nothing. What is not there holds nothing; links are not followed.
 */
export async function bytesHeld(folder: string): Promise<number> {
  const names = new Map<string, { blocks: number; links: number; seen: number }>();
  await collect(folder, names);
  return [...names.values()].reduce((sum, { blocks, links, seen }) => (seen >= links ? sum + blocks * 512 : sum), 0);
}

async function collect(path: string, names: Map<string, { blocks: number; links: number; seen: number }>): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (!found) return;
  const key = `${found.dev} ${found.ino}`;
  names.set(key, { blocks: found.blocks, links: found.isDirectory() ? 1 : found.nlink, seen: (names.get(key)?.seen ?? 0) + 1 });
  if (!found.isDirectory()) return;
  for (const entry of await readdir(path).catch((): string[] => [])) await collect(join(path, entry), names);
}
