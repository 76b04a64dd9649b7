import { expect, it } from 'vitest';
import { tempFolder } from '../../../test/support/tempFolder';
import { writeTinyDataset } from '../../../test/support/tinyDataset';
import { datasetFacts } from '../../data/facts/datasetFacts';
import { recordTestOpening } from '../../library/testLedger';
import { factsText } from './datasetShow';

it('tells every figure of the card in words', async () => {
  const library = tempFolder();
  const { revision } = writeTinyDataset(library);
  await recordTestOpening(library, revision, { runId: 'gone-run', experimentId: null, purpose: 'evaluate' });
  const facts = await datasetFacts(library, 'tiny');
  const text = factsText(facts);
  for (const part of [
    '40 training and 10 test images of 4 × 4 pixels, 2 classes', 'every class has as many training images', `mean       ${facts.channels.mean.map((value) => value.toFixed(4)).join('  ')}`,
    `train: 40 images, sha256 ${facts.splits[0]!.sha256.slice(0, 12)}`, `validation of a new run: 8 of the training images, 4 a class, seed 0, sha256 ${facts.validation[0]!.sha256.slice(0, 12)}`, 'opened 1 time.', 'evaluate: gone-run', `${revision.slice(0, 12)}  2026-11-25  50 images, 0 runs, current`,
  ]) expect(text).toContain(part);
  expect(text).not.toMatch(/undefined|NaN|null/);
  const uneven = factsText({ ...facts, balance: { least: { label: 1, images: 3 }, most: { label: 0, images: 12 }, ratio: 4 } });
  expect(uneven).toContain('the largest class (鯛, 12) has 4.00 times the images of the smallest (cod, 3): imbalanced');
});
