import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { trainingLibrary } from '../../test/support/trainingLibrary';
import { listExperimentIds } from '../library/experiments';
import { listRuns } from '../library/runs';
import { startExperiment } from './experiments/start';
import { newRun } from './newRuns';

const base = { data: { dataset: 'dots', trainImages: 64, validationImages: 30 }, model: { architecture: 'resnet18' }, batchSize: 16 };

test.each([
  [{ ...base, data: { ...base.data, trainImages: 100_000 } }, /data\.trainImages: must be at most \d+, not 100000: dots has \d+ images for training and validation, and 30 are for validation/],
  [{ ...base, data: { dataset: 'dots', validationImages: 100_000 } }, /data\.validationImages: must be at most \d+, not 100000/],
  [{ ...base, batchSize: 21 }, /batchSize: must not leave one single image/],
])('a run that the data set is too small for is refused by its field', async (config, message) => {
  await expect(newRun(trainingLibrary(), config)).rejects.toMatchObject({ code: 'config-invalid', message: expect.stringMatching(message) as string });
});

test('an experiment of which one run is refused writes none', async () => {
  const library = trainingLibrary();
  const document = { name: 'sizes', base, factors: [{ field: 'data.trainImages', levels: [32, 64, 100_000] }], seeds: [1, 2] };
  await expect(startExperiment(library, document, null)).rejects.toMatchObject({ code: 'config-invalid' });
  expect(await listRuns(library)).toEqual([]);
  expect(await listExperimentIds(library)).toEqual([]);
  const { newRunIds } = await startExperiment(library, { ...document, factors: [{ field: 'data.trainImages', levels: [32, 64] }] }, null);
  expect(readdirSync(join(library, 'runs')).sort()).toEqual([...newRunIds].sort());
});
