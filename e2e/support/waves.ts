import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetManifest } from '../../src/contracts/dataset';
import { datasetRevision } from '../../src/data/revision';

/** A data set "waves" of 40 training and 8 test images of a side, two classes: smooth patterns in colour. */
export async function writeWaves(library: string, side: number): Promise<void> {
  const folder = join(library, 'datasets', 'waves');
  await mkdir(folder, { recursive: true });
  const put = async (name: string, data: Uint8Array) => {
    await writeFile(join(folder, name), data);
    return { bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') };
  };
  const labels = Uint8Array.from({ length: 48 }, (_, i) => i % 2);
  const pixels = new Uint8Array(labels.length * side * side * 3);
  for (let i = 0, at = 0; i < labels.length; i++) {
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) for (let c = 0; c < 3; c++) pixels[at++] = 128 + 100 * Math.sin((x * (i % 7 + 1) + y * (i % 5 + 2)) / 30 + c);
    }
  }
  const [images, classes] = [await put('images.bin', pixels), await put('labels.bin', labels)];
  const content = {
    classes: ['even', 'odd'], image: { width: side, height: side, channels: 3 as const }, counts: { train: 40, test: 8 }, exclusions: [],
    normalization: { mean: [0.5, 0.5, 0.5], deviation: [0.28, 0.28, 0.28] },
  };
  const manifest: DatasetManifest = {
    schemaVersion: 1, id: 'waves', name: 'waves', ...content,
    files: { 'images.bin': images, 'labels.bin': classes, 'sources.json': await put('sources.json', Buffer.from('[]\n')) },
    revision: datasetRevision({ ...content, imagesSha256: images.sha256, labelsSha256: classes.sha256 }),
    source: { name: 'made for a measurement', reference: 'none', integrity: null, licence: 'none' }, createdAt: '2026-11-26T00:00:00.000Z',
  };
  await put('manifest.json', Buffer.from(JSON.stringify(manifest)));
}
