import { createHash } from 'node:crypto';
import { mkdirSync, openSync, closeSync, writeSync, writeFileSync, fsyncSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../support/tempFolder';
import { datasetRevision } from '../../src/data/revision';
import { openDataset } from '../../src/data/openDataset';
import { openBatches } from '../../src/engine/input';

const [side, images, classes, batchSize, steps] = [64, 262_144, 1000, 256, 120] as const;
const imageBytes = side * side * 3;

/** 3.2 GB of noise in 1,000 classes: labels of two bytes, and more pixels than are held in memory. */
function writeLarge(library: string): number {
  const folder = join(library, 'datasets/large');
  mkdirSync(folder, { recursive: true });
  const hash = createHash('sha256');
  const block = Buffer.alloc(1024 * imageBytes);
  let state = 1;
  for (let i = 0; i < block.length; i += 4) block.writeUInt32LE((state = (Math.imul(state, 1664525) + 1013904223) >>> 0), i);
  const file = openSync(join(folder, 'images.bin'), 'w');
  for (let at = 0; at < images / 1024; at++) {
    // No two blocks are the same.
    block.writeUInt32LE(at, 0);
    hash.update(block);
    writeSync(file, block);
  }
  fsyncSync(file);
  closeSync(file);
  const labels = Uint16Array.from({ length: images }, (_, i) => i % classes);
  const put = (name: string, data: Uint8Array) => {
    writeFileSync(join(folder, name), data);
    return { bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') };
  };
  const files = { 'images.bin': { bytes: images * imageBytes, sha256: hash.digest('hex') }, 'labels.bin': put('labels.bin', new Uint8Array(labels.buffer)), 'sources.json': put('sources.json', Buffer.from('[]')) };
  const content = { classes: Array.from({ length: classes }, (_, i) => `class ${i}`), image: { width: side, height: side, channels: 3 as const }, counts: { train: images - 4096, test: 4096 }, exclusions: [], normalization: { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] } };
  put('manifest.json', Buffer.from(JSON.stringify({ schemaVersion: 2, id: 'large', name: 'large', ...content, files, revision: datasetRevision({ ...content, imagesSha256: files['images.bin'].sha256, labelsSha256: files['labels.bin'].sha256 }), source: { name: '', reference: '', integrity: null, licence: '' }, createdAt: '2026-11-25T00:00:00.000Z' })));
  return images * imageBytes;
}

it('a data set of 3.2 GB trains from the disk: memory stays small, and batches are those of one that is held', async () => {
  const library = tempFolder();
  const bytes = writeLarge(library);
  const before = process.memoryUsage().rss;
  const fed = async (holdAtMost?: number) => {
    const openedMs = performance.now();
    const { store, splits } = await openDataset(library, 'large', undefined, holdAtMost);
    const startMs = performance.now();
    const hash = createHash('sha256');
    const indices = Uint32Array.from({ length: splits.train.count }, (_, i) => i);
    const source = openBatches({ store, indices, batchSize, seed: 1, augmentation: 'crop-flip', epochs: 1, startStep: 0, workers: 2 });
    let peak = 0;
    for (let step = 0; step < steps; step++) {
      const batch = (await source.next())!;
      hash.update(batch.pixels).update(new Uint8Array(batch.labels.slice().buffer));
      batch.release();
      peak = Math.max(peak, process.memoryUsage().rss - before);
    }
    await source.close();
    return { hash: hash.digest('hex'), peak, openMs: startMs - openedMs, imagesPerSecond: Math.round((steps * batchSize) / ((performance.now() - startMs) / 1000)) };
  };
  const far = await fed();
  const held = await fed(Number.POSITIVE_INFINITY);
  const said = ({ peak, openMs, imagesPerSecond }: typeof far) => `${(peak / 1e6).toFixed(0)} MB more memory at most, opened in ${(openMs / 1000).toFixed(1)} s, ${imagesPerSecond} images/s`;
  console.log(`${(bytes / 1e9).toFixed(1)} GB by position: ${said(far)}\n${(bytes / 1e9).toFixed(1)} GB held:        ${said(held)}`);
  expect(far.peak).toBeLessThan(bytes / 6);
  expect(held.peak).toBeGreaterThan(bytes);
  expect(far.hash).toBe(held.hash);
});
