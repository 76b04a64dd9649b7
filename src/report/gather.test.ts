import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Augmenter, Policy, augmentImage } from '../core/augmentation';
import { defaultRunConfig } from '../core/config/run';
import { sampleComparison } from '../core/figures/testing/sample';
import { comparePickedRuns } from '../library/comparisons';
import { readPredictions, writePredictions } from '../library/predictions';
import { createRun } from '../library/runs';
import { readArm } from './armPredictions';
import { gatherReport } from './gather';
import { withoutOwnPaths } from './ownPaths';
import { augmentationStrips, reduced, worstImages } from './pictures';
import { pngDataUri, tiled } from './png';
import { renderReport } from './renderReport';
import { storedPredictions } from './storedPredictions';
import { sampleReport } from './testing';

let library: string;
beforeEach(async () => { library = await mkdtemp(join(tmpdir(), 'report-')); });
afterEach(() => rm(library, { recursive: true, force: true }));

const decode = (uri: string) => PNG.sync.read(Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64'));
const manifest = sampleReport().dataset!.manifest;

/** A data set of 8 × 8 images whose pixels are known; only the pixels' file is read here. */
async function images(count: number): Promise<Uint8Array> {
  const pixels = Uint8Array.from({ length: count * 192 }, (_, i) => (i * 31 + (i >> 7)) % 256);
  await mkdir(join(library, 'datasets/cifar10'), { recursive: true });
  await writeFile(join(library, 'datasets/cifar10/images.bin'), pixels);
  return pixels;
}
const newRun = (seed: number) => createRun(library, { name: `run ${seed}`, config: { given: {}, resolved: { ...defaultRunConfig(), seed } }, dataset: { id: 'cifar10', revision: 'd'.repeat(64) }, numericsVersion: 1 });

describe('pictures', () => {
  it('the augmentation sheet is what training feeds: same function, seed, epoch and index', async () => {
    const pixels = await images(4);
    const [strip] = await augmentationStrips(library, manifest, ['crop-flip-trivialaugment'], 5, [2], 3);
    const png = decode(strip!.src);
    const augmenter = new Augmenter({ width: 8, height: 8 });
    const original = pixels.subarray(2 * 192, 3 * 192);
    const tile = (column: number) => {
      const left = column === 0 ? 0 : column * 10 + 4;
      return Uint8Array.from({ length: 192 }, (_, i) => png.data[(Math.floor(i / 24) * png.width + left + Math.floor((i % 24) / 3)) * 4 + (i % 3)]!);
    };
    expect(tile(0)).toEqual(original);
    for (const epoch of [1, 2, 3]) {
      const out = new Uint8Array(192);
      augmentImage(new Policy('crop-flip-trivialaugment', { width: 8, height: 8 }, 5), epoch, 2, augmenter, original, out);
      expect(tile(epoch)).toEqual(out);
    }
  });
  it('the worst mistakes are the surest, with their own pixels', async () => {
    const pixels = await images(4);
    const { mistakes, images: worst } = await worstImages(library, manifest, {
      runId: 'x', split: 'validation', step: 1, classes: ['cat', 'dog'], dataRevision: manifest.revision, indices: Uint32Array.from([3, 0, 1]), labels: Uint8Array.from([0, 0, 1]), probabilities: Float32Array.from([0.1, 0.9, 0.4, 0.6, 0.2, 0.8]),
    });
    expect(mistakes).toBe(2);
    expect(worst.map(({ index, label, answer, confidence }) => [index, label, answer, Number(confidence.toFixed(2))])).toEqual([[3, 'cat', 'dog', 0.9], [0, 'cat', 'dog', 0.6]]);
    expect(decode(worst[0]!.src).data.filter((_, i) => i % 4 !== 3)).toEqual(Buffer.from(pixels.subarray(3 * 192)));
  });
  it('large images are averaged down by whole factors', () => {
    const pixels = Uint8Array.from({ length: 200 * 100 * 3 }, (_, i) => (Math.floor(i / 3) % 3) * 60);
    const small = reduced(pixels, { width: 200, height: 100 });
    expect([small.width, small.height]).toEqual([50, 25]);
    // Rows of 200 pixels begin at 0, 2, 1 and 0 of the pattern 0, 60, 120.
    const pattern = [0, 60, 120];
    expect(small.pixels[0]).toBe(Math.round([0, 2, 1, 0].flatMap((start) => [0, 1, 2, 3].map((x) => pattern[(start + x) % 3]!)).reduce((sum, one) => sum + one, 0) / 16));
    const sheet = tiled([new Uint8Array(12), new Uint8Array(12)], { width: 2, height: 2 }, 2);
    expect([sheet.width, sheet.height]).toEqual([10, 2]);
    expect(decode(pngDataUri(sheet)).width).toBe(10);
  });
});

it('predictions of an arm are means over its runs, the bins hold the images of all', () => {
  const run = { classes: ['a', 'b'], labels: [0, 1], probabilities: [0.9, 0.1, 0.7, 0.3] };
  const arm = readArm('k', [run, { ...run, probabilities: [0.9, 0.1, 0.1, 0.9] }]);
  expect(arm.confusion).toEqual([[1, 0], [0.5, 0.5]]);
  expect(arm.recall).toEqual([1, 0.5]);
  expect(arm.bins.reduce((sum, { images: n }) => sum + n, 0)).toBe(4);
  expect(arm.logLoss).toBeCloseTo((-Math.log(0.9) * 3 - Math.log(0.3)) / 4, 12);
  expect(arm.brier).toBeCloseTo((0.02 * 3 + 0.98) / 4, 12);
  expect(arm.overconfidence).toBeCloseTo((0.8 - 0.5 + 0.9 - 1) / 2, 12);
});

it('reads a library without the data set and with a damaged run: the report stands, and says both', async () => {
  const [whole, broken] = [await newRun(1), await newRun(2)];
  const comparison = await comparePickedRuns(library, [whole.id, broken.id]);
  await writeFile(join(library, 'runs', broken.id, 'manifest.json'), '{');
  const data = await gatherReport({ library, comparison, locale: 'en', cultivarVersion: '0.1.0', predictions: (runId) => storedPredictions(library, runId), now: new Date('2026-11-26T00:00:00Z') });
  expect(data.runs.map(({ id }) => id)).toEqual([whole.id]);
  expect(data.unreadable).toMatchObject([{ runId: broken.id, error: { code: 'run-damaged' } }]);
  expect(data.dataset).toBeNull();
  const html = renderReport(data);
  expect(html).toContain(broken.id);
  expect(html).toContain('no longer holds this data set');
  expect(html).not.toContain(library);
});

it('stays under 2 MB for 12 runs, even with pictures that do not compress', async () => {
  const image = { width: 64, height: 64, channels: 3 } as const;
  const noise = Uint8Array.from({ length: 64 * 64 * 3 * 43 }, (_, i) => Math.imul(i + 1, 2654435761) >>> 24);
  await mkdir(join(library, 'datasets/cifar10'), { recursive: true });
  await writeFile(join(library, 'datasets/cifar10/images.bin'), noise);
  const indices = Uint32Array.from({ length: 43 }, (_, i) => i);
  const worst = await worstImages(library, { ...manifest, image }, { runId: 'x', split: 'validation', step: 1, classes: ['cat', 'dog'], dataRevision: manifest.revision, indices, labels: new Uint8Array(43), probabilities: Float32Array.from({ length: 86 }, (_, i) => (i % 2 === 0 ? 0.1 : 0.9)) });
  const augmentation = await augmentationStrips(library, { ...manifest, image }, ['crop-flip', 'crop-flip-trivialaugment'], 1, [0, 1, 2]);
  const data = sampleReport({ augmentation });
  const predictions = { ...(data.predictions as Extract<typeof data.predictions, { classes: unknown }>), worst: { runId: 'x', armKey: data.comparison.arms[0]!.key, ...worst } };
  expect(worst.images).toHaveLength(40);
  expect(Buffer.byteLength(renderReport({ ...data, predictions }))).toBeLessThan(2_000_000);
});

it('predictions of another step are not this run’s', async () => {
  const run = await newRun(1);
  const predictions = { split: 'validation', step: 7, classes: ['a', 'b'], dataRevision: 'd'.repeat(64), indices: Uint32Array.from([0]), labels: Uint8Array.from([0]), probabilities: Float32Array.from([1, 0]) } as const;
  await writePredictions(library, run.id, predictions);
  expect(await readPredictions(library, run.id, 'validation')).not.toBeNull();
  expect(await storedPredictions(library, run.id)).toBeNull();
  await writePredictions(library, run.id, { ...predictions, step: 0 });
  await rm(join(library, 'runs', run.id, 'predictions', 'validation-7.json'));
  expect((await storedPredictions(library, run.id))?.step).toBe(0);
  expect(await readdir(join(library, 'runs', run.id, 'predictions'))).toContain('validation-0.json');
});

it('predictions over other classes are told of, not read by the names of the first', async () => {
  const runs = [await newRun(1), await newRun(2)];
  const comparison = await comparePickedRuns(library, runs.map(({ id }) => id));
  const completed = { ...comparison, arms: comparison.arms.map((arm) => ({ ...arm, runs: arm.runs.map((run) => ({ ...run, leftOut: null })) })) };
  const classes = [['cat', 'dog'], ['car', 'bus']];
  const data = await gatherReport({ library, comparison: completed, locale: 'en', cultivarVersion: '0.1.0', predictions: (runId) => Promise.resolve({
    runId, split: 'validation', step: 0, classes: classes[runs.findIndex(({ id }) => id === runId)]!, dataRevision: 'd'.repeat(64), indices: Uint32Array.from([0, 1]), labels: Uint8Array.from([0, 1]), probabilities: Float32Array.from([0.9, 0.1, 0.2, 0.8]),
  }) });
  if ('missing' in data.predictions) throw new Error('there are predictions');
  expect(data.predictions).toMatchObject({ classes: ['cat', 'dog'], otherClasses: [runs[1]!.id], arms: [{ n: 1, classes: ['cat', 'dog'] }] });
  expect(renderReport(data)).toContain('Not shown: 1 of the runs, which are on data with other classes.');
});

it('finds the values of an arm whose name holds a place of this computer', () => {
  const comparison = sampleComparison();
  const [first] = comparison.arms;
  const key = 'model.start {"kind":"file","path":"/home/ann/weights/mine.safetensors"}';
  const data = sampleReport({}, { ...comparison, arms: [{ ...first!, key }], differences: [{ field: 'model.start', role: 'cause', from: null, values: { [key]: 'scratch' } }] });
  const { arms, differences } = withoutOwnPaths(data, '/data/ann/library', '/home/ann').comparison;
  expect(differences[0]!.values[arms[0]!.key]).toBe('scratch');
  expect(JSON.stringify(differences)).not.toContain('ann');
});

it('keeps a person’s places out: the library, the home folder, where starting weights lay', () => {
  const data = sampleReport();
  const start = { kind: 'file', path: '/home/ann/weights/mine.safetensors', sha256: null, stemMismatch: 'refuse', headMismatch: 'refuse' } as const;
  const clean = withoutOwnPaths({
    ...data, runs: data.runs.map((run) => ({ ...run, failure: 'No space in /data/ann/library/runs/x, see /home/ann/log', config: { ...run.config, model: { ...run.config.model, start } } })),
    experiment: { ...data.experiment!, file: JSON.stringify({ base: { model: { start } } }) },
  }, '/data/ann/library', '/home/ann');
  const html = renderReport(clean);
  expect(html).not.toContain('ann/');
  expect(html).toContain('mine.safetensors');
  expect(html).toContain('LIBRARY/runs/x, see ~/log');
  expect(clean.experiment!.hash).not.toBe(data.experiment!.hash);
});
