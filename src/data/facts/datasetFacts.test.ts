import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../../test/support/tempFolder';
import { writeTinyDataset } from '../../../test/support/tinyDataset';
import { runConfigSchema } from '../../core/config/run';
import { deleteRun, emptyBin } from '../../library/bin';
import { createRun } from '../../library/runs';
import { recordTestOpening } from '../../library/testLedger';
import { importDataset } from '../../import/importDataset';
import { auditFolder } from '../audit/auditFolder';
import { saveExcludeList } from '../audit/excludeLists';
import { listRevisions, removeDataset } from '../revisions';
import { datasetFacts, datasetNamed } from './datasetFacts';
import { imagePage } from './imagePage';
import { readNote, writeNote } from './note';
import { sourceOf } from './sourceOf';

const fixtures = join(import.meta.dirname, '../../../test/fixtures/import');
const options = { name: 'Tiny', side: 12, fit: 'squash', testPercent: 25, seed: 7, validation: 'pool', licence: 'CC0' } as const;

async function runOn(library: string, id: string, revision: string, name: string, validationImages: number, splitSeed = 0) {
  const resolved = runConfigSchema.parse({ data: { dataset: id, validationImages, splitSeed } });
  return createRun(library, { name, config: { given: {}, resolved }, dataset: { id, revision }, numericsVersion: 1 });
}

it('counts, balance, channels and hashes are those of the files', async () => {
  const library = tempFolder();
  const manifest = writeTinyDataset(library);
  const facts = await datasetFacts(library, 'tiny');
  expect(facts).toMatchObject({ id: 'tiny', revision: manifest.revision, current: true, counts: { train: 40, test: 10, excluded: 0 }, imported: null, note: null, balance: { ratio: 1 } });
  expect(facts.classes).toEqual([{ name: '鯛', train: 20, test: 5 }, { name: 'cod', train: 20, test: 5 }]);
  const folder = join(library, 'datasets/tiny');
  const [pixels, labels] = [readFileSync(join(folder, 'images.bin')), readFileSync(join(folder, 'labels.bin'))];
  const bytes = pixels.length / 50;
  const sha256 = (from: number, to: number) => createHash('sha256').update(pixels.subarray(from * bytes, to * bytes)).update(labels.subarray(from, to)).digest('hex');
  expect(facts.splits).toEqual([{ split: 'train', images: 40, sha256: sha256(0, 40) }, { split: 'test', images: 10, sha256: sha256(40, 50) }]);
  const red = Array.from({ length: (40 * bytes) / 3 }, (_, i) => pixels[i * 3]! / 255);
  const mean = red.reduce((sum, value) => sum + value, 0) / red.length;
  expect(facts.channels.mean[0]).toBeCloseTo(mean, 12);
  expect(facts.channels.deviation[0]).toBeCloseTo(Math.sqrt(red.reduce((sum, value) => sum + (value - mean) ** 2, 0) / red.length), 9);
  expect(facts.channels.histogram[0]![Math.floor(pixels[0]! / 4)]).toBeGreaterThan(0);
  for (const bins of facts.channels.histogram) expect(bins.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
  // Kept by the revision, and the same when it is read back.
  expect(readdirSync(join(library, 'index/datasets'))).toEqual([`${manifest.revision}.json`]);
  expect(await datasetFacts(library, 'tiny')).toEqual(facts);
});

it('the usual split comes first, with its indices\' hash; runs are counted by the split that they have', async () => {
  const library = tempFolder();
  const { revision } = writeTinyDataset(library);
  for (const name of ['a', 'b']) await runOn(library, 'tiny', revision, name, 8);
  const other = await runOn(library, 'tiny', revision, 'other seed', 8, 3);
  await runOn(library, 'tiny', revision, 'too many', 400);
  await recordTestOpening(library, revision, { runId: other.id, experimentId: null, purpose: 'evaluate' });
  const facts = await datasetFacts(library, 'tiny');
  expect(facts.validation.map(({ images, seed, trainImages, runs, usual, aClass }) => [images, seed, trainImages, runs, usual, aClass])).toEqual([[8, 0, 32, 2, true, { least: 4, most: 4 }], [8, 3, 32, 1, false, { least: 4, most: 4 }]]);
  expect(facts.validation[0]!.sha256).not.toBe(facts.validation[1]!.sha256);
  expect(facts.test).toMatchObject({ images: 10, origin: 'given', drawn: null, openings: [{ purpose: 'evaluate', runs: [{ id: other.id, name: 'other seed' }] }] });
  expect(facts.revisions).toMatchObject([{ current: true, runs: [{}, {}, {}, {}] }]);
});

it('imported images: origin, draw, quarantined files, a note beside them, revisions that go one by one', async () => {
  const library = tempFolder();
  const { id, revision: first } = await importDataset({ library, path: join(fixtures, 'harm/images.zip'), options });
  const facts = await datasetFacts(library, id);
  expect(facts.imported).toMatchObject({ kind: 'class-folders', fit: 'squash' });
  expect(facts.quarantined.files.length).toBe(facts.quarantined.count);
  expect(facts.quarantined.count).toBeGreaterThan(0);
  expect(facts.test).toMatchObject({ origin: 'drawn', drawn: { percent: 25, seed: 7 } });
  expect(facts.note).toEqual({ note: '', source: '', licence: '' });
  await writeNote(library, id, { note: '手で付けた', source: 'garden', licence: 'CC BY 4.0' });
  expect([await readNote(library, id), (await datasetFacts(library, id)).revision]).toEqual([{ note: '手で付けた', source: 'garden', licence: 'CC BY 4.0' }, first]);
  const { revision: second } = await importDataset({ library, path: join(fixtures, 'folders.zip'), options });
  expect((await datasetFacts(library, id)).revisions.map(({ revision, current }) => [revision, current])).toEqual([[second, true], [first, false]]);
  const run = await runOn(library, id, first, 'saw the first', 2);
  await expect(removeDataset(library, id, first)).rejects.toMatchObject({ code: 'dataset-in-use', message: expect.stringContaining(run.id) as string });
  expect((await datasetFacts(library, id, first)).revisions[1]!.runs).toEqual([{ id: run.id, name: 'saw the first' }]);
  // Where each image came from, by its line; a mended file name is the original one.
  const manifests = await listRevisions(library, id);
  expect(manifests.map(({ revision }) => revision)).toEqual([second, first]);
  const sources = JSON.parse(readFileSync(join(library, 'datasets', id, 'revisions', second, 'sources.json'), 'utf8')) as { file: string; width: number; height: number }[];
  for (const index of [0, 1, sources.length - 1]) {
    const { file, width, height } = sources[index]!;
    expect(await sourceOf(library, id, second, index)).toEqual({ file, width, height, place: null });
  }
  expect(await sourceOf(library, id, second, sources.length)).toBeNull();
  await expect(sourceOf(library, id, 'f'.repeat(64), 0)).rejects.toMatchObject({ code: 'dataset-unknown' });
  await expect(datasetFacts(library, id, 'f'.repeat(64))).rejects.toMatchObject({ code: 'dataset-unknown' });
  // A revision goes with its audit folder, and with no other's.
  const [mine, theirs] = [manifests[1]!, manifests[0]!];
  for (const of of [mine, theirs]) await saveExcludeList(library, of, 'a list', [0]);
  await deleteRun(library, run.id);
  await emptyBin(library);
  await removeDataset(library, id, first);
  expect([existsSync(auditFolder(library, id, first)), existsSync(auditFolder(library, id, second))]).toEqual([false, true]);
  expect(await datasetNamed(library, 'Tiny', [id])).toBe(id);
  await expect(datasetNamed(library, 'nobody', [id])).rejects.toMatchObject({ code: 'dataset-unknown' });
});

it('what Cultivar fetches takes no note', async () => {
  const library = tempFolder();
  writeTinyDataset(library);
  await expect(writeNote(library, 'tiny', { note: 'x', source: '', licence: '' })).rejects.toMatchObject({ code: 'usage' });
  expect(existsSync(join(library, 'datasets/tiny/note.json'))).toBe(false);
});

it('pages go through the training images of a class, or of all, and never reach a test image', async () => {
  const library = tempFolder();
  const { revision } = writeTinyDataset(library);
  const page = await imagePage(library, 'tiny', revision, 1, 18, 5);
  expect([page.total, page.indices, page.labels]).toEqual([20, [37, 39], [1, 1]]);
  const bytes = page.width * page.height * 3;
  expect(Buffer.from(page.pixels.subarray(bytes))).toEqual(readFileSync(join(library, 'datasets/tiny/images.bin')).subarray(39 * bytes, 40 * bytes));
  expect(await imagePage(library, 'tiny', revision, null, 38, 10)).toMatchObject({ total: 40, indices: [38, 39] });
  await expect(imagePage(library, 'tiny', revision, 2, 0, 5)).rejects.toMatchObject({ code: 'usage' });
});
