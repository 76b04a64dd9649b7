import { mkdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pixelsOf } from '../../test/support/pixelsOf';
import { tempFolder } from '../../test/support/tempFolder';
import { writeTinyDataset } from '../../test/support/tinyDataset';
import { defaultRunConfig } from '../core/config/run';
import { datasetSplit } from './datasetSplit';
import { sha256Of } from './fileHash';
import { imageReader } from './imageReader';
import { openDataset, verifyDataset } from './openDataset';
import { datasetRevision } from './revision';

const file = (library: string, name: string) => join(library, 'datasets', 'tiny', name);

function flipByte(path: string, at: number): void {
  const data = readFileSync(path);
  data[at]! ^= 1;
  writeFileSync(path, data);
}

test('pixels and labels lie in shared memory, with classes, splits and revision', async () => {
  const library = tempFolder();
  const manifest = writeTinyDataset(library);
  const dataset = await openDataset(library, 'tiny');
  expect(pixelsOf(dataset.store).buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(Buffer.from(pixelsOf(dataset.store))).toEqual(readFileSync(file(library, 'images.bin')));
  expect([...dataset.store.labels.slice(0, 4)]).toEqual([0, 1, 0, 1]);
  expect(dataset).toMatchObject({ classes: ['鯛', 'cod'], splits: { train: { start: 0, count: 40 }, test: { start: 40, count: 10 } }, revision: manifest.revision });
});

test('a flipped byte, a truncated or missing file, and a changed manifest are damage, named with the file', async () => {
  const damages: [RegExp, (library: string) => void][] = [
    [/images\.bin has changed/, (library) => flipByte(file(library, 'images.bin'), 1234)],
    [/labels\.bin has changed/, (library) => flipByte(file(library, 'labels.bin'), 3)],
    [/images\.bin has 100 bytes instead of 2400/, (library) => truncateSync(file(library, 'images.bin'), 100)],
    [/labels\.bin is missing/, (library) => rmSync(file(library, 'labels.bin'))],
    [/manifest\.json cannot be used/, (library) => writeFileSync(file(library, 'manifest.json'), '{"schemaVersion": 1')],
    [/manifest\.json cannot be used/, (library) => {
      const text = readFileSync(file(library, 'manifest.json'), 'utf8');
      writeFileSync(file(library, 'manifest.json'), text.replace('"exclusions":[]', '"exclusions":[3]'));
    }],
  ];
  for (const [message, damage] of damages) {
    const library = tempFolder();
    writeTinyDataset(library);
    damage(library);
    await expect(openDataset(library, 'tiny')).rejects.toMatchObject({ code: 'dataset-damaged', message: expect.stringMatching(message) as string });
    await expect(verifyDataset(library, 'tiny')).rejects.toMatchObject({ code: 'dataset-damaged' });
  }
});

test('a file that changes after it was opened once is checked again; one that kept its time is found by a deep check', async () => {
  const library = tempFolder();
  writeTinyDataset(library);
  await openDataset(library, 'tiny');
  const images = file(library, 'images.bin');
  flipByte(images, 7);
  utimesSync(images, new Date(), new Date(2020, 1, 1));
  await expect(openDataset(library, 'tiny')).rejects.toMatchObject({ code: 'dataset-damaged' });
  flipByte(images, 7);
  utimesSync(images, new Date(), new Date(2020, 1, 1));
  await openDataset(library, 'tiny');
  flipByte(images, 7);
  utimesSync(images, new Date(), new Date(2020, 1, 1));
  await expect(verifyDataset(library, 'tiny', { deep: true })).rejects.toMatchObject({ code: 'dataset-damaged' });
});

test('a data set that is not there is told with what to do', async () => {
  await expect(openDataset(tempFolder(), 'cifar10')).rejects.toMatchObject({ code: 'dataset-unknown', command: expect.stringContaining('dataset import cifar10') as string });
});

test('the revision names the content, not the time or the name', () => {
  const [one, two, other] = [writeTinyDataset(tempFolder()), writeTinyDataset(tempFolder(), 'other'), writeTinyDataset(tempFolder(), 'tiny', { exclusions: [5] })];
  expect(two.revision).toBe(one.revision);
  expect(other.revision).not.toBe(one.revision);
});

test('a run\'s split leaves out excluded images and never reaches the test images', async () => {
  const library = tempFolder();
  writeTinyDataset(library, 'tiny', { exclusions: [2, 45] });
  const dataset = await openDataset(library, 'tiny');
  const data = { ...defaultRunConfig().data, dataset: 'tiny', validationImages: 8 };
  const { train, validation } = datasetSplit(dataset, data, []);
  const used = [...train, ...validation];
  expect(used).toHaveLength(39);
  expect(used.every((i) => i < 40 && i !== 2)).toBe(true);
  expect(() => datasetSplit(dataset, { ...data, trainImages: 32 }, [])).toThrow(expect.objectContaining({ code: 'config-invalid' }) as Error);
});

test('images beyond what memory may hold stay on the disk, checked, and are read by their place', async () => {
  const library = tempFolder();
  writeTinyDataset(library);
  const [held, far] = [await openDataset(library, 'tiny'), await openDataset(library, 'tiny', undefined, 100)];
  expect(far.store.pixels).toEqual({ path: file(library, 'images.bin'), bytes: 2400 });
  expect(far.store.labels).toEqual(held.store.labels);
  const [near, there] = [imageReader(held.store), imageReader(far.store)];
  for (const index of [49, 0, 7, 7]) expect(Buffer.from(there(index))).toEqual(Buffer.from(near(index)));
  expect(() => there(50)).toThrow(expect.objectContaining({ code: 'dataset-damaged' }));
  flipByte(file(library, 'images.bin'), 9);
  utimesSync(file(library, 'images.bin'), new Date(), new Date(2021, 1, 1));
  await expect(openDataset(library, 'tiny', undefined, 100)).rejects.toMatchObject({ code: 'dataset-damaged', message: expect.stringContaining('images.bin has changed') as string });
});

test('more than 256 classes: two bytes a label, schema 2, and the split knows every class', async () => {
  const library = tempFolder();
  const classes = Array.from({ length: 300 }, (_, i) => `class ${i}`);
  const labels = Uint16Array.from({ length: 1200 }, (_, i) => i % 300);
  const put = (name: string, data: Uint8Array) => {
    mkdirSync(join(library, 'datasets/many'), { recursive: true });
    writeFileSync(join(library, 'datasets/many', name), data);
    return { bytes: data.length, sha256: sha256Of(data) };
  };
  const files = { 'images.bin': put('images.bin', new Uint8Array(1200 * 48)), 'labels.bin': put('labels.bin', new Uint8Array(labels.buffer)), 'sources.json': put('sources.json', Buffer.from('[]')) };
  const content = { classes, image: { width: 4, height: 4, channels: 3 as const }, counts: { train: 900, test: 300 }, exclusions: [], normalization: { mean: [0, 0, 0], deviation: [1, 1, 1] } };
  const manifest = { schemaVersion: 2, id: 'many', name: 'many', ...content, files, revision: datasetRevision({ ...content, imagesSha256: files['images.bin'].sha256, labelsSha256: files['labels.bin'].sha256 }), source: { name: '', reference: '', integrity: null, licence: '' }, createdAt: '2026-11-25T00:00:00.000Z' };
  put('manifest.json', Buffer.from(JSON.stringify(manifest)));
  const dataset = await openDataset(library, 'many');
  expect([dataset.store.labels[299], dataset.store.labels[1199]]).toEqual([299, 299]);
  const { validation } = datasetSplit(dataset, { ...defaultRunConfig().data, validationImages: 300 }, []);
  expect(new Set(Array.from(validation, (index) => dataset.store.labels[index])).size).toBe(300);
  put('manifest.json', Buffer.from(JSON.stringify({ ...manifest, schemaVersion: 1 })));
  await expect(openDataset(library, 'many')).rejects.toMatchObject({ code: 'dataset-damaged' });
});
