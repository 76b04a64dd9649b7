import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { trainingLibrary, waitingRun } from '../../test/support/trainingLibrary';
import { augmentImage, Augmenter, Policy } from '../core/augmentation';
import { paintedTiles } from '../core/inspection';
import { augmentSheet, type SheetRequest } from './augmentSheet';
import { sheetPng, sheetTexts } from './sheetPng';

const bytes = 32 * 32 * 3;
const request: SheetRequest = { source: { datasetId: 'dots' }, index: 7, augmentation: 'crop-flip-trivialaugment', seed: 9, epoch: 3, draws: 6 };

it('a sheet holds the original and each epoch\'s pixels, enlarged whole, with words in both languages', async () => {
  const library = trainingLibrary();
  const { sheet, drawn } = await augmentSheet(library, request, 'en');
  expect(drawn.map(({ epoch }) => epoch)).toEqual([3, 4, 5, 6, 7, 8]);
  const { data, width, height } = PNG.sync.read(Buffer.from(await sheetPng(sheet)));
  expect([width, height]).toEqual([2 * sheet.width, 2 * sheet.height]);

  const original = readFileSync(join(library, 'datasets/dots/images.bin')).subarray(7 * bytes, 8 * bytes);
  const [policy, augmenter] = [new Policy('crop-flip-trivialaugment', { width: 32, height: 32 }, 9), new Augmenter({ width: 32, height: 32 })];
  const tiles = [original, ...[3, 4, 5, 6, 7, 8].map((epoch) => {
    const out = new Uint8Array(bytes);
    augmentImage(policy, epoch, 7, augmenter, original, out);
    return out;
  })];
  expect(sheet.zoom).toBe(3);
  sheet.tiles.forEach(({ x, y }, tile) => {
    const found = new Uint8Array(bytes);
    for (let i = 0; i < 32 * 32; i++) {
      // The lower right one of the 36 pixels that each became.
      const at = ((2 * (y + (Math.floor(i / 32) + 1) * 3) - 1) * width + 2 * (x + ((i % 32) + 1) * 3) - 1) * 4;
      found.set(data.subarray(at, at + 3), i * 3);
    }
    expect(Buffer.compare(found, tiles[tile]!), `tile ${tile}`).toBe(0);
  });

  const texts = sheetTexts(sheet);
  for (const told of ['crop + flip + TrivialAugment', '点, image 7, green · seed 9 · epoch 3–8', 'original', 'epoch 8']) expect(texts).toContain(told);
  expect(sheetTexts((await augmentSheet(library, request, 'ja')).sheet)).toContain('シード 9 · エポック 3–8');
  // Letters are there: what is not white is more than the tiles.
  const dark = (pixels: Uint8Array, stride: number) => pixels.reduce((sum, value, i) => sum + (i % stride === 0 && value < 128 ? 1 : 0), 0);
  expect(dark(data, 4)).toBeGreaterThan(dark(paintedTiles(sheet, 2), 3) + 1000);
  for (const { text, x, size } of sheet.texts) expect(x + text.length * size * 0.4).toBeLessThan(sheet.width);
});

it('of a run is by its own policy, seed and batches', async () => {
  const library = trainingLibrary();
  const runId = await waitingRun(library, { augmentation: 'crop-flip-mixup', seed: 4 });
  const { data, drawn, seed, augmentation, sheet } = await augmentSheet(library, { ...request, source: { runId }, augmentation: null, seed: null, epoch: null, index: await trained(library, runId) }, 'en');
  expect([seed, augmentation, data.batchSize, data.train.length, data.validation.length]).toEqual([4, 'crop-flip-mixup', 16, 64, 30]);
  expect(drawn.every(({ mix }) => mix !== null && data.train.includes(mix.partner))).toBe(true);
  expect(sheetTexts(sheet)).toMatch(/λ 0\.\d\d/);
});

it('shows no test image, and leaks no label of one', async () => {
  const library = trainingLibrary();
  expect((await augmentSheet(library, request, 'en')).data.labels).toHaveLength(96);
  await expect(augmentSheet(library, { ...request, index: 96 }, 'en')).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('test image') });
  await expect(augmentSheet(library, { ...request, index: 108 }, 'en')).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('no image 108') });
});

it('is refused for a split that cannot be, with the fields', async () => {
  const library = trainingLibrary();
  for (const data of [{ validationImages: 500 }, { trainImages: -1 }, { images: 3 } as object]) {
    await expect(augmentSheet(library, { ...request, source: { datasetId: 'dots', data } }, 'en')).rejects.toMatchObject({ code: 'config-invalid' });
  }
  const { data } = await augmentSheet(library, { ...request, source: { datasetId: 'dots', data: { validationImages: 6, trainImages: 30, splitSeed: 2 }, batchSize: 5 } }, 'en');
  expect([data.train.length, data.validation.length, data.batchSize]).toEqual([30, 6, 5]);
});

const trained = async (library: string, runId: string) => (await augmentSheet(library, { ...request, source: { runId } }, 'en')).data.train[5]!;
