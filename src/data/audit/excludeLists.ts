import { join } from 'node:path';
import { z } from 'zod';
import type { DatasetManifest } from '../../contracts/dataset';
import { CultivarError } from '../../contracts/errors';
import type { ExcludeList } from '../../core/audit/types';
import type { ExcludeChoice } from '../../core/config/run';
import { makeFolder, writeJsonAtomic } from '../../library/atomic';
import { cultivarCommand } from '../../library/command';
import { damagedDocument, readDocument } from '../../library/document';
import { listHash } from '../../library/listHash';
import { acquireLockPatiently } from '../../library/lock';
import { runFolder } from '../../library/paths';
import type { RunManifest } from '../../library/runManifest';
import { listRuns } from '../../library/runs';
import { readDatasetManifest } from '../openDataset';
import { auditFolder } from './auditFolder';

type Revision = Pick<DatasetManifest, 'id' | 'revision'>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** `audits/<revision>/exclude/<sha256>.json`, never written again: a changed list is another list. */
const imagesSchema = z.strictObject({ schemaVersion: z.literal(1), revision: sha256, images: z.array(z.int().min(0)) });
/** `audits/<revision>/exclude/lists.json`: what each name stands for now. */
const namesSchema = z.strictObject({
  schemaVersion: z.literal(1),
  lists: z.array(z.strictObject({ name: z.string(), sha256, createdAt: z.iso.datetime() })),
});
type Names = z.output<typeof namesSchema>['lists'];

const folderOf = (library: string, { id, revision }: Revision) => join(auditFolder(library, id, revision), 'exclude');
const namesFile = (library: string, of: Revision) => join(folderOf(library, of), 'lists.json');
const imagesFile = (library: string, of: Revision, hash: string) => join(folderOf(library, of), `${sha256.parse(hash)}.json`);

/** @throws CultivarError library-damaged */
async function readNames(library: string, of: Revision): Promise<Names> {
  return (await readDocument(namesFile(library, of), namesSchema))?.lists ?? [];
}

/**
 * Images of a list, ascending indices into the data set.
 * @throws CultivarError config-invalid where the library has no such list; library-damaged where it is not what its hash says
 */
export async function readExcluded(library: string, of: Revision, hash: string): Promise<readonly number[]> {
  const images = await readImages(imagesFile(library, of, hash), of.revision, hash);
  if (images) return images;
  throw new CultivarError({
    code: 'config-invalid', message: `data.exclude: the library has no list ${hash.slice(0, 12)} of "${of.id}", revision ${of.revision.slice(0, 12)}.`,
    remedy: 'Restore it from a backup, or name another list.', command: cultivarCommand(`dataset exclude ${of.id}`),
  });
}

/** Null where there is no such file. @throws CultivarError library-damaged, also where its content is not what its hash says */
async function readImages(path: string, revision: string, hash: string | null): Promise<readonly number[] | null> {
  const document = await readDocument(path, imagesSchema);
  if (!document) return null;
  if (document.revision !== revision || listHash(revision, document.images) !== hash) throw damagedDocument(path, 'its content is not what its hash says');
  return document.images;
}

/** Lists by name. @throws CultivarError library-damaged */
export async function excludeLists(library: string, manifest: Pick<DatasetManifest, 'id' | 'revision' | 'counts'>): Promise<ExcludeList[]> {
  const names = await readNames(library, manifest);
  const runs = names.length === 0 ? [] : (await listRuns(library)).flatMap((run) => (run.state === 'readable' ? [run.manifest] : []));
  const lists = await Promise.all(names.map(async (list): Promise<ExcludeList> => {
    const images = await readExcluded(library, manifest, list.sha256);
    const train = images.filter((index) => index < manifest.counts.train).length;
    const users = runs.filter(({ dataset, config }) => dataset.revision === manifest.revision && config.resolved.data.exclude?.sha256 === list.sha256);
    return { ...list, counts: { train, test: images.length - train }, usedBy: users.map(({ id, name }) => ({ runId: id, name })) };
  }));
  return lists.sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * Gives a name to a list of images. Where the name stood for another list, that one stays for the runs that saw it.
 * @throws CultivarError usage for a name or images that cannot be; library-damaged; a storage error
 */
export async function saveExcludeList(library: string, manifest: Pick<DatasetManifest, 'id' | 'revision' | 'counts'>, name: string, indices: readonly number[]): Promise<ExcludeList> {
  const images = [...new Set(indices)].sort((a, b) => a - b);
  const all = manifest.counts.train + manifest.counts.test;
  if (name.trim() === '' || name.trim().length > 120) throw new CultivarError({ code: 'usage', message: 'A list has a name of 1 to 120 characters.' });
  const foreign = images.find((index) => !Number.isInteger(index) || index < 0 || index >= all);
  if (foreign !== undefined) throw new CultivarError({ code: 'usage', message: `The data set "${manifest.id}" has no image ${foreign}: its images are 0 to ${all - 1}.` });
  if (images.length === 0) throw new CultivarError({ code: 'usage', message: 'A list without images leaves nothing out.', remedy: 'Remove the list instead.' });
  const hash = listHash(manifest.revision, images);
  await changeNames(library, manifest, async (names) => {
    await writeJsonAtomic(imagesFile(library, manifest, hash), { schemaVersion: 1, revision: manifest.revision, images } satisfies z.input<typeof imagesSchema>);
    const same = names.find((list) => list.name === name.trim() && list.sha256 === hash);
    return [...names.filter((list) => list.name !== name.trim()), same ?? { name: name.trim(), sha256: hash, createdAt: new Date().toISOString() }];
  });
  return (await excludeLists(library, manifest)).find((list) => list.name === name.trim())!;
}

/** Takes a name away; its images stay. @throws CultivarError usage where there is no such name */
export async function removeExcludeList(library: string, of: Revision, name: string): Promise<void> {
  await changeNames(library, of, async (names) => {
    if (!names.some((list) => list.name === name)) throw unknownList(of.id, name, names);
    return Promise.resolve(names.filter((list) => list.name !== name));
  });
}

async function changeNames(library: string, of: Revision, change: (names: Names) => Promise<Names>): Promise<void> {
  await makeFolder(folderOf(library, of));
  const lock = await acquireLockPatiently(join(folderOf(library, of), 'lock'), 'changing lists of images');
  try {
    await writeJsonAtomic(namesFile(library, of), { schemaVersion: 1, lists: await change(await readNames(library, of)) } satisfies z.input<typeof namesSchema>);
  } finally {
    await lock.release();
  }
}

/** What a name stands for now. @throws CultivarError config-invalid where it stands for nothing */
export async function excludeListHash(library: string, datasetId: string, revision: string, name: string): Promise<string> {
  const names = await readNames(library, { id: datasetId, revision });
  const found = names.find((list) => list.name === name);
  if (!found) throw unknownList(datasetId, name, names);
  return found.sha256;
}

const unknownList = (datasetId: string, name: string, names: Names) => new CultivarError({
  code: 'config-invalid',
  message: `The data set "${datasetId}" has no list of images called ${JSON.stringify(name)}. ${names.length === 0 ? 'It has none yet.' : `It has ${names.map((list) => JSON.stringify(list.name)).join(', ')}.`}`,
  remedy: 'Name one of its lists, or make one.', command: cultivarCommand(`dataset exclude ${datasetId}`),
});

/**
 * A list by its name, for a test figure without it.
 * @throws CultivarError config-invalid where there is no such list; usage where it takes out no test image, or all of them; library-damaged
 */
export async function testListOf(library: string, { id, revision, counts, exclusions }: Pick<DatasetManifest, 'id' | 'revision' | 'counts' | 'exclusions'>, name: string): Promise<{ list: string; sha256: string; images: readonly number[] }> {
  const sha256 = await excludeListHash(library, id, revision, name);
  const images = await readExcluded(library, { id, revision }, sha256);
  const never = new Set(exclusions.filter((index) => index >= counts.train));
  const ofTest = images.filter((index) => index >= counts.train && !never.has(index)).length;
  if (ofTest === 0) throw new CultivarError({ code: 'usage', message: `The list ${JSON.stringify(name)} holds no test image: the figure without it would be the plain one.` });
  if (ofTest === counts.test - never.size) throw new CultivarError({ code: 'usage', message: `The list ${JSON.stringify(name)} holds every test image: nothing would be left to measure.` });
  return { list: name, sha256, images };
}

/** Images that a run's config leaves out; empty without a list. @param of the data set and revision that the run saw */
export async function excludedBy(library: string, of: Revision, { exclude }: { readonly exclude: ExcludeChoice | null }): Promise<readonly number[]> {
  if (exclude === null) return [];
  return readExcluded(library, of, exclude.sha256 ?? (await excludeListHash(library, of.id, of.revision, exclude.list)));
}

/** The manifest of a revision that must be this very one. @throws CultivarError dataset-unknown */
export async function manifestOf(library: string, datasetId: string, revision: string): Promise<DatasetManifest> {
  const manifest = await readDatasetManifest(library, datasetId, revision);
  if (manifest.revision === revision) return manifest;
  throw new CultivarError({ code: 'dataset-unknown', message: `The data set "${datasetId}" has no revision ${revision.slice(0, 12)} any more.` });
}

const runsOwnFile = 'excluded.json';

/** A run keeps the images that it leaves out in its own folder, so that it can be resumed, and evaluated in another library. */
export async function keepExcluded(folder: string, revision: string, images: readonly number[]): Promise<void> {
  if (images.length > 0) await writeJsonAtomic(join(folder, runsOwnFile), { schemaVersion: 1, revision, images: [...images] } satisfies z.input<typeof imagesSchema>);
}

/** Images that a run leaves out: its own copy. @throws CultivarError library-damaged; config-invalid where it has none and the library has no such list */
export async function excludedOfRun(library: string, { id, dataset, config: { resolved: { data } } }: Pick<RunManifest, 'id' | 'dataset' | 'config'>): Promise<readonly number[]> {
  if (data.exclude === null) return [];
  return (await readImages(join(runFolder(library, id), runsOwnFile), dataset.revision, data.exclude.sha256)) ?? excludedBy(library, dataset, data);
}
