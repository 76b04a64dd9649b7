import { link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetManifest } from '../contracts/dataset';
import { CultivarError } from '../contracts/errors';
import { asStorageError, errorCode, makeFolder, syncFolder, writeJsonAtomic } from '../library/atomic';
import { cultivarCommand } from '../library/command';
import { datasetFolder } from '../library/paths';
import { listRuns } from '../library/runs';
import { auditFolder } from './audit/auditFolder';
import { readDatasetManifest } from './openDataset';

/**
 * Revisions of a data set lie side by side under `datasets/<id>/revisions/<revision>`; `datasets/<id>/manifest.json` is the manifest of the
 * one that new runs are made on. CIFAR-10 as it is fetched lies in `datasets/cifar10` itself.
 */
const revisionsFolder = (library: string, id: string) => join(datasetFolder(library, id), 'revisions');

/** Every revision that the library holds, the current one first. @throws CultivarError dataset-unknown, dataset-damaged */
export async function listRevisions(library: string, id: string): Promise<DatasetManifest[]> {
  const current = await readDatasetManifest(library, id);
  const names = await readdir(revisionsFolder(library, id)).catch((): string[] => []);
  const others = await Promise.all(names.filter((name) => /^[0-9a-f]{64}$/.test(name) && name !== current.revision).map((revision) => readDatasetManifest(library, id, revision)));
  return [current, ...others.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))];
}

/**
 * Puts a finished folder (with its manifest.json) in its place and makes it the current revision. The one before stays for the runs that saw
 * it. There is no moment at which the data set is neither.
 */
export async function placeRevision(library: string, from: string, manifest: DatasetManifest): Promise<void> {
  const { id, revision } = manifest;
  try {
    await makeFolder(revisionsFolder(library, id));
    await keepLoneRevision(library, id);
    const to = join(revisionsFolder(library, id), revision);
    // Content of this name is the same content.
    if (await stat(to).then(() => true, () => false)) await rm(from, { recursive: true, force: true });
    else await rename(from, to);
    await syncFolder(revisionsFolder(library, id));
    await writeJsonAtomic(join(datasetFolder(library, id), 'manifest.json'), manifest);
  } catch (error) {
    throw asStorageError(error, datasetFolder(library, id));
  }
}

/** A data set that lies in its folder itself gets a folder for its revision, without a copy: the files have two names for a moment. */
async function keepLoneRevision(library: string, id: string): Promise<void> {
  const folder = datasetFolder(library, id);
  const manifest = await readDatasetManifest(library, id).catch((error: unknown) => {
    if (error instanceof CultivarError && error.code === 'dataset-unknown') return null;
    throw error;
  });
  const lone = await stat(join(folder, 'images.bin')).then(() => true, () => false);
  if (!manifest || !lone) return;
  const to = join(revisionsFolder(library, id), manifest.revision);
  const partial = join(revisionsFolder(library, id), '.lone');
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial);
  for (const name of Object.keys(manifest.files)) await link(join(folder, name), join(partial, name));
  await writeJsonAtomic(join(partial, 'manifest.json'), manifest);
  await rename(partial, to).catch((error: unknown) => { if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error; });
  for (const name of Object.keys(manifest.files)) await rm(join(folder, name), { force: true });
}

/** Runs of the library that saw a data set: id, name and revision. */
async function runsOn(library: string, id: string): Promise<{ readonly id: string; readonly name: string; readonly revision: string }[]> {
  const runs = await listRuns(library);
  return runs.flatMap((run) => (run.state === 'readable' && run.manifest.dataset.id === id ? [{ id: run.manifest.id, name: run.manifest.name, revision: run.manifest.dataset.revision }] : []));
}

/**
 * Removes a data set, or one of its revisions, for good.
 * @param revision null: all of it
 * @throws CultivarError dataset-unknown; dataset-in-use with the names of the runs; usage for the current one of several
 */
export async function removeDataset(library: string, id: string, revision: string | null): Promise<{ readonly removed: number }> {
  const revisions = await listRevisions(library, id);
  const wanted = revision === null ? revisions : revisions.filter((one) => one.revision.startsWith(revision));
  if (wanted.length === 0) throw new CultivarError({ code: 'dataset-unknown', message: `The data set "${id}" has no revision ${revision}.` });
  if (revision !== null && wanted.length > 1) throw new CultivarError({ code: 'usage', message: `${revision} begins ${wanted.length} revisions of "${id}": write more of it.` });
  const gone = new Set(wanted.map((one) => one.revision));
  const users = (await runsOn(library, id)).filter((run) => gone.has(run.revision));
  if (users.length > 0) {
    const names = users.slice(0, 5).map(({ id: runId, name }) => (name ? `${name} (${runId})` : runId)).join(', ') + (users.length > 5 ? `, … (+${users.length - 5})` : '');
    throw new CultivarError({
      code: 'dataset-in-use',
      message: revision === null
        ? `The data set "${id}" cannot be removed, since runs use it: ${names}.`
        : `The data set "${id}", revision ${wanted[0]!.revision.slice(0, 12)}, cannot be removed, since runs use it: ${names}.`,
      remedy: 'Delete these runs first.', command: cultivarCommand('runs'),
    });
  }
  const all = wanted.length === revisions.length;
  if (!all && gone.has(revisions[0]!.revision)) throw new CultivarError({ code: 'usage', message: `Revision ${revisions[0]!.revision.slice(0, 12)} of "${id}" is the one that new runs are made on.`, remedy: 'Remove the others, or the whole data set.' });
  try {
    if (all) {
      // Without its manifest it is no data set any more, however far the rest comes.
      await rm(join(datasetFolder(library, id), 'manifest.json'));
      await rm(datasetFolder(library, id), { recursive: true, force: true });
    } else for (const one of gone) {
      await rm(join(revisionsFolder(library, id), one), { recursive: true, force: true });
      // Its audit, marks and lists: no run is left that saw them.
      await rm(auditFolder(library, id, one), { recursive: true, force: true });
    }
  } catch (error) {
    throw asStorageError(error, datasetFolder(library, id));
  }
  return { removed: wanted.length };
}
