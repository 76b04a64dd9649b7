import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/tempFolder';
import { writeTinyDataset } from '../../../test/support/tinyDataset';
import { runConfigSchema, type RunConfigInput } from '../../core/config/run';
import { elements, parametersOf } from '../../core/model/parameters';
import { networkPlan } from '../../core/model/plan';
import { readDatasetManifest } from '../openDataset';
import { diskOf } from './diskBytes';

const library = tempFolder();
writeTinyDataset(library);
const manifest = await readDatasetManifest(library, 'tiny');
const bytesOf = (change: RunConfigInput) => diskOf(
  [runConfigSchema.parse({ data: { dataset: 'tiny', validationImages: 10 }, model: { architecture: 'resnet18' }, epochs: 1, optimizer: { kind: 'sgd', momentum: 0 }, ...change })],
  0, { dataset: () => Promise.resolve(manifest), trainingImages: () => Promise.resolve(20) },
);
const weights = 4 * parametersOf(networkPlan({ architecture: 'resnet18', stem: 'imagenet' }, manifest.image.channels, manifest.classes.length)).reduce((sum, { shape }) => sum + elements(shape), 0);
const plain = await bytesOf({});

// Three checkpoints while it trains and one being written hold all of it; after the end one (or two) hold what is kept.
test.each<[string, RunConfigInput, number]>([
  ['SGD with momentum', { optimizer: { kind: 'sgd', momentum: 0.9 } }, 4],
  ['Muon', { optimizer: { kind: 'muon' } }, 4],
  ['Adam', { optimizer: { kind: 'adam' } }, 8],
  ['AdamW whose state is kept', { optimizer: { kind: 'adamw' }, keepOptimizerState: true }, 8 + 2],
  ['a moving average', { emaDecay: 0.99 }, 4 + 1],
])('%s takes as many more copies of the weights', async (_, change, copies) => {
  expect((await bytesOf(change) - plain) / weights).toBeCloseTo(copies, 6);
});

test('the best epoch\'s checkpoint is kept beside the last, with its average', async () => {
  const [raw, averaged] = [await bytesOf({ epochs: 2 }), await bytesOf({ epochs: 2, emaDecay: 0.99 })];
  expect((raw - plain) / weights).toBeCloseTo(1, 4);
  expect((averaged - raw) / weights).toBeCloseTo(4 + 2, 6);
});
