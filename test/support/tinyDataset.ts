import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetManifest } from '../../src/contracts/dataset';
import { datasetRevision } from '../../src/data/revision';

/** A data set of random-looking 4 × 4 images in the library, two classes: 40 for training, 10 for the test. */
export function writeTinyDataset(library: string, id = 'tiny', change: Partial<DatasetManifest> = {}): DatasetManifest {
  const folder = join(library, 'datasets', id);
  mkdirSync(folder, { recursive: true });
  const put = (name: string, data: Uint8Array) => {
    writeFileSync(join(folder, name), data);
    return { bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') };
  };
  const images = put('images.bin', Uint8Array.from({ length: 50 * 48 }, (_, i) => (i * 37 + (i >> 4)) & 255));
  const labels = put('labels.bin', Uint8Array.from({ length: 50 }, (_, i) => i % 2));
  const content = {
    classes: ['鯛', 'cod'], image: { width: 4, height: 4, channels: 3 as const }, counts: { train: 40, test: 10 }, exclusions: [] as number[],
    normalization: { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] }, ...change,
  };
  const manifest: DatasetManifest = {
    schemaVersion: 1, id, name: '魚', ...content,
    files: { 'images.bin': images, 'labels.bin': labels, 'sources.json': put('sources.json', Buffer.from('[]\n')) },
    revision: datasetRevision({ ...content, imagesSha256: images.sha256, labelsSha256: labels.sha256 }),
    source: { name: 'made for tests', reference: 'none', integrity: null, licence: 'none' },
    createdAt: '2026-11-25T00:00:00.000Z',
  };
  put('manifest.json', Buffer.from(JSON.stringify(manifest)));
  return manifest;
}
