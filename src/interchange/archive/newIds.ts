import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson, writeJsonAtomic } from '../../library/atomic';
import { newId } from '../../library/paths';
import type { ArchiveManifest } from './manifest';

/** A new id for each run and experiment of an archive. */
export const newIdsFor = ({ runs, experiments }: ArchiveManifest): Map<string, string> =>
  new Map([...runs.map(({ id, name }) => [id, newId(name, 'run')] as const), ...experiments.map(({ id, name }) => [id, newId(name, 'experiment')] as const)]);

/** Gives unpacked folders their new names, and their manifests the new ids wherever they name the old ones. */
export async function renameStaged(staged: string, manifest: ArchiveManifest, ids: ReadonlyMap<string, string>): Promise<void> {
  for (const kind of ['runs', 'experiments'] as const) {
    for (const { id } of manifest[kind]) {
      const path = join(staged, kind, id, 'manifest.json');
      await writeJsonAtomic(path, withNewIds(await readJson(path), ids));
      await rename(join(staged, kind, id), join(staged, kind, ids.get(id)!));
    }
  }
}

/** Ids are whole texts in a manifest and look like nothing else: a slug with six random characters. */
function withNewIds(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (Array.isArray(value)) return value.map((entry) => withNewIds(entry, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withNewIds(entry, ids)]));
}
