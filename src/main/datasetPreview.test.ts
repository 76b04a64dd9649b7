import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pixelsOf } from '../../test/support/pixelsOf';
import { tempFolder } from '../../test/support/tempFolder';
import { writeTinyDataset } from '../../test/support/tinyDataset';
import { openDataset } from '../data/openDataset';
import { datasetCard, datasetSamples } from './datasetPreview';

it('counts the training images of each class', async () => {
  const library = tempFolder();
  expect(await datasetCard(library, 'tiny')).toBeNull();
  const manifest = writeTinyDataset(library);
  expect(await datasetCard(library, 'tiny')).toEqual({ manifest, classCounts: [20, 20] });
});

it('shows the same pixels as the opened data set', async () => {
  const library = tempFolder();
  writeTinyDataset(library);
  const { store } = await openDataset(library, 'tiny');
  const samples = await datasetSamples(library, 'tiny', 3);
  expect(samples).toMatchObject({ width: 4, height: 4, count: 6, labels: [0, 0, 0, 1, 1, 1], indices: [0, 2, 4, 1, 3, 5] });
  samples.indices.forEach((index, i) => {
    expect(samples.pixels.slice(i * 48, (i + 1) * 48)).toEqual(new Uint8Array(pixelsOf(store).slice(index * 48, (index + 1) * 48)));
  });
  expect((await datasetSamples(library, 'tiny', 100)).count).toBe(40);
});

it('tells a damaged data set', async () => {
  const library = tempFolder();
  writeTinyDataset(library);
  await appendFile(join(library, 'datasets', 'tiny', 'images.bin'), 'x');
  await expect(datasetCard(library, 'tiny')).rejects.toMatchObject({ code: 'dataset-damaged' });
});
