import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { cultivar } from '../../test/support/commandLine';
import { sharedFolder } from '../../test/support/tempFolder';
import { trainingLibrary } from '../../test/support/trainingLibrary';
import type { RangeTestRecord } from '../contracts/tools';
import { resolvedRunConfig } from '../data/newRuns';
import { writeEmbeddings } from '../interchange/embeddings/writeEmbeddings';
import { parseJson } from '../library/json';
import { listRangeTests } from '../library/rangeTests';
import { listRuns } from '../library/runs';
import { embed } from '../trainer/host/embed';
import { findLargestBatch } from '../trainer/host/largestBatch';
import { runRangeTest } from '../trainer/host/rangeTest';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

/** One small run for all. */
let library: string;
let runId: string;
let config: string;
const ask = async <T>(...words: string[]) => {
  const { code, stdout, stderr } = await cultivar([...words, '--json', '--library', library]);
  expect([code, stderr.includes('internal')]).toEqual([0, false]);
  return parseJson(stdout) as T;
};
beforeAll(async () => {
  library = trainingLibrary(sharedFolder());
  config = join(library, 'run.json');
  writeFileSync(config, JSON.stringify({ data: { dataset: 'dots', trainImages: 64, validationImages: 30 }, model: { architecture: 'resnet18', stem: 'cifar' }, batchSize: 16, device: 'cpu', epochs: 1, schedule: { warmupEpochs: 0 }, workers: 0 }));
  expect((await cultivar(['train', config, '--library', library])).code).toBe(0);
  runId = (await listRuns(library))[0]!.id;
});

describe('before training', () => {
  it('a range test touches no run, is kept, and can be opened again by its id and its file', async () => {
    const record = await ask<RangeTestRecord>('lr-range', config, '--steps', '20', '--from', '0.00001', '--to', '100');
    expect(record).toMatchObject({ kind: 'lr-range', settings: { from: 1e-5, to: 100, steps: 20 }, device: { kind: 'cpu' }, config: { batchSize: 16 } });
    expect(record.points.length).toBeLessThanOrEqual(20);
    expect(record.points[0]!.loss).toBeGreaterThan(0.5);
    record.points.slice(1).forEach(({ learningRate }, i) => { expect(learningRate).toBeGreaterThan(record.points[i]!.learningRate); });
    expect(await ask('lr-range', join(library, 'range-tests', `${record.id}.json`))).toEqual(record);
    expect(await listRangeTests(library)).toEqual([record]);
    expect(await listRuns(library)).toHaveLength(1);
    const bad = { config: record.config, dataRevision: '', settings: { ...record.settings, steps: 3 } };
    await expect(runRangeTest(library, bad, () => undefined)).rejects.toMatchObject({ code: 'usage' });
  });

  it('the largest batch is bounded by a limit and by memory, and a trial that is ended harms nothing', async () => {
    const resolved = await resolvedRunConfig(library, JSON.parse(readFileSync(config, 'utf8')));
    const told: number[] = [];
    const bounded = await findLargestBatch(library, { config: resolved, settings: { start: 8, most: 16 }, memoryBytes: null }, ({ batchSize }) => { told.push(batchSize); });
    expect(bounded).toMatchObject({ reading: { largest: 16, smallestRefused: null }, trials: [{ batchSize: 8, fits: true }, { batchSize: 16, fits: true }], device: { kind: 'cpu' } });
    expect(told).toEqual([8, 16]);
    for (const trial of bounded.trials) expect(trial.fits && trial.imagesPerSecond > 0 && trial.peakBytes > 1e8).toBe(true);
    // Node itself with the network takes more than this.
    const none = await cultivar(['largest-batch', config, '--most', '2', '--memory-gb', '0.12', '--json', '--library', library]);
    expect(none.code).toBe(1);
    expect(JSON.parse(none.stdout)).toMatchObject({ configured: 16, limit: { from: 'person', bytes: 0.12e9 }, reading: { largest: null, smallestRefused: 2 }, trials: [{ batchSize: 2, fits: false, reason: 'over-limit' }] });
    const cancel = new AbortController();
    cancel.abort();
    await expect(findLargestBatch(library, { config: resolved, settings: { start: 8, most: 16 }, memoryBytes: null }, () => undefined, cancel.signal)).rejects.toMatchObject({ code: 'tool-cancelled' });
  });
});

it('augment writes a sheet of what training feeds of an image, and says what was drawn', async () => {
  const out = join(library, 'sheet.png');
  const told = await ask<{ bytes: number; seed: number; class: string; draws: { epoch: number; draws: unknown[]; mix: unknown }[] }>('augment', runId, '--image', '4', '--out', out, '--policy', 'crop-flip-autoaugment', '--epoch', '2', '--draws', '3', '--language', 'ja');
  expect(told).toMatchObject({ class: 'green', draws: [{ epoch: 2, mix: null }, { epoch: 3 }, { epoch: 4 }] });
  expect(told.draws[0]!.draws).toHaveLength(4);
  expect(PNG.sync.read(readFileSync(out)).width).toBeGreaterThan(300);
  const again = await cultivar(['augment', runId, '--image', '4', '--out', out, '--library', library]);
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('exists already')]);
  const wrong = await cultivar(['augment', 'dots', '--image', '96', '--out', out, '--force', '--library', library]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('test image')]);
});

describe('of a trained run', () => {
  it('embeddings are written as one array with labels beside it, in three formats, with a map; the test set stays closed until it was opened', async () => {
    const at = (name: string) => join(library, name);
    const told = await ask<{ images: number; featureCount: number; paths: string[]; map: { explainedVariance: number[] } }>('embeddings', runId, '--out', at('e.safetensors'), '--map', 'pca');
    expect(told).toMatchObject({ images: 30, featureCount: 512, paths: [at('e.safetensors')] });
    expect(told.map.explainedVariance[0]).toBeGreaterThan(told.map.explainedVariance[1]!);
    const bytes = readFileSync(at('e.safetensors'));
    const data = 8 + Number(bytes.readBigUInt64LE(0));
    const header = JSON.parse(bytes.toString('utf8', 8, data)) as Record<string, { data_offsets: [number, number] }>;
    expect(header).toMatchObject({ embeddings: { dtype: 'F32', shape: [30, 512] }, labels: { dtype: 'I32', shape: [30] }, indices: { shape: [30] }, map: { dtype: 'F32', shape: [30, 2] }, __metadata__: { split: 'validation', classes: '["赤","green","blue"]' } });

    const closed = await cultivar(['embeddings', runId, '--split', 'test', '--out', at('t.npy'), '--library', library]);
    expect(closed.code).toBe(2);
    expect(closed.stderr).toContain('--open-test');
    const evaluated = await ask<{ balancedAccuracy: number; perClass: { recall: number }[]; calibration: { bins: unknown[] } }>('evaluate', runId, '--split', 'test', '--open-test');
    expect(evaluated.balancedAccuracy).toBeCloseTo(evaluated.perClass.reduce((sum, { recall }) => sum + recall, 0) / 3, 12);
    expect(evaluated.calibration.bins.length).toBeGreaterThan(0);
    expect(await ask('embeddings', runId, '--split', 'test', '--out', at('t.npy'))).toMatchObject({ images: 12, split: 'test' });
    expect(readdirSync(library).filter((name) => name.endsWith('.npy')).sort()).toEqual(['t.indices.npy', 't.labels.npy', 't.npy', 't.predicted.npy']);
    const npy = readFileSync(at('t.npy'));
    expect(npy.toString('latin1', 1, 6)).toBe('NUMPY');
    expect((10 + npy.readUInt16LE(8)) % 64).toBe(0);
    expect(npy.toString('latin1', 10, 90)).toContain("'descr': '<f4', 'fortran_order': False, 'shape': (12, 512)");
    expect(npy.length - 10 - npy.readUInt16LE(8)).toBe(12 * 512 * 4);

    const { embeddings } = await embed(library, runId, 'validation', null);
    await writeEmbeddings(at('e.csv'), runId, embeddings, null);
    const [head, first, ...others] = readFileSync(at('e.csv'), 'utf8').trim().split('\r\n');
    expect(head!.split(',').slice(1, 5)).toEqual(['label', 'predicted', 'f0', 'f1']);
    expect(others).toHaveLength(29);
    expect(Number(first!.split(',')[3])).toBeCloseTo(bytes.readFloatLE(data + header['embeddings']!.data_offsets[0]), 6);
  });

  it('Grad-CAM makes a picture and numbers of each image, for the answer or for a class', async () => {
    const images = join(library, 'images');
    mkdirSync(images);
    const pixels = readFileSync(join(library, 'datasets', 'dots', 'images.bin'));
    for (let i = 0; i < 2; i++) {
      const png = new PNG({ width: 32, height: 32 });
      for (let p = 0; p < 1024; p++) png.data.set([...pixels.subarray((i * 1024 + p) * 3, (i * 1024 + p) * 3 + 3), 255], p * 4);
      writeFileSync(join(images, `画像 ${i}.png`), PNG.sync.write(png));
    }
    interface Told { readonly images: { name: string; picture: string; mapSize: number[]; map: number[]; explained: { label: string; index: number }; top: { label: string }[] }[] }
    const out = join(library, '熱');
    const own = await ask<Told>('gradcam', runId, images, '--out', out);
    expect(own.images).toHaveLength(2);
    for (const { explained, top, mapSize, map, picture } of own.images) {
      expect(explained.label).toBe(top[0]!.label);
      expect(mapSize).toEqual([4, 4]);
      expect([map.length, Math.min(...map) >= 0]).toEqual([16, true]);
      expect(PNG.sync.read(readFileSync(picture))).toMatchObject({ width: 256, height: 256 });
    }
    expect(JSON.parse(readFileSync(join(out, 'gradcam.json'), 'utf8'))).toEqual(own);
    expect((await cultivar(['gradcam', runId, images, '--out', out, '--library', library])).code).toBe(2);
    const blue = await ask<Told>('gradcam', runId, images, '--out', out, '--class', 'blue', '--force');
    expect(blue.images.map(({ explained }) => explained.index)).toEqual([2, 2]);
  });
});
