import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../../contracts/errors';
import { fileHash } from '../../data/fileHash';
import { parseJson } from '../../library/json';
import type { ArchiveManifest } from './manifest';

/**
 * Runs and experiments that the library has already, with the same content, as `runs/<id>`; weights are named by their content.
 * @throws CultivarError archive-conflict where it has other content under an id
 */
export async function compareWithLibrary(library: string, staged: string, manifest: ArchiveManifest): Promise<Set<string>> {
  const present = new Set<string>();
  for (const kind of ['runs', 'experiments'] as const) {
    for (const { id } of manifest[kind]) {
      const folder = `${kind}/${id}`;
      if (!(await stat(join(library, folder)).catch(() => null))) continue;
      const differs = await firstDifference(library, staged, folder, manifest);
      if (differs !== null) {
        throw new CultivarError({
          code: 'archive-conflict',
          message: `The library has other content under "${id}" already: ${differs} differs.`,
          remedy: 'Import it with new ids (--as-new), or delete the one in the library first. Nothing was imported.',
        });
      }
      present.add(folder);
    }
  }
  return present;
}

/** A file that the archive has of a folder and the library has otherwise; null where there is none. What the library has besides does not count. */
async function firstDifference(library: string, staged: string, folder: string, { files }: ArchiveManifest): Promise<string | null> {
  for (const [path, { bytes, sha256 }] of Object.entries(files)) {
    // What was remarked since then is no other content; the library's own stays.
    if (!path.startsWith(`${folder}/`) || path === `${folder}/remarks.json`) continue;
    const found = await stat(join(library, path)).catch(() => null);
    if (found?.size === bytes && (await fileHash(join(library, path), 'sha256', 'hex')) === sha256) continue;
    // Of a run that had not ended, the status changed when it was imported.
    if (path === `${folder}/manifest.json` && (await settled(join(library, path))) === (await settled(join(staged, path)))) continue;
    return path.slice(folder.length + 1);
  }
  return null;
}

async function settled(path: string): Promise<string> {
  const manifest = parseJson(await readFile(path, 'utf8').catch(() => 'null')) as { status?: unknown } | null;
  return JSON.stringify(manifest && { ...manifest, status: manifest.status === 'queued' || manifest.status === 'running' ? 'interrupted' : manifest.status });
}
