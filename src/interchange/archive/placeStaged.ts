import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, readJson, syncFolder, writeJsonAtomic } from '../../library/atomic';

/**
 * Moves what was unpacked to its places: weights, then runs, then the experiments that name them. Where one cannot be moved, those before
 * it go away again.
 * @param present folders that the library has already, as `runs/<id>`
 */
export async function placeStaged(library: string, staged: string, present: ReadonlySet<string>): Promise<void> {
  const placed: string[] = [];
  try {
    for (const kind of ['weights', 'runs', 'experiments']) {
      const names = await readdir(join(staged, kind)).catch((): string[] => []);
      if (names.length === 0) continue;
      await makeFolder(join(library, kind));
      for (const name of names) {
        const to = join(library, kind, name);
        if (present.has(`${kind}/${name}`) || (kind === 'weights' && (await stat(to).catch(() => null)))) continue;
        if (kind === 'runs') await settle(join(staged, kind, name, 'manifest.json'));
        await rename(join(staged, kind, name), to);
        placed.push(to);
      }
      await syncFolder(join(library, kind));
    }
  } catch (error) {
    for (const path of placed.reverse()) await rm(path, { recursive: true, force: true });
    throw error;
  }
}

/** A run that waited elsewhere waits for nobody here: the next start of the queue must not train it unasked. */
async function settle(path: string): Promise<void> {
  const manifest = (await readJson(path)) as { status: string };
  if (manifest.status === 'queued' || manifest.status === 'running') await writeJsonAtomic(path, { ...manifest, status: 'interrupted' });
}
