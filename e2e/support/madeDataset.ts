import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetManifest } from '../../src/contracts/dataset';
import { datasetRevision } from '../../src/data/revision';

export interface MadeDataset {
  readonly id: string;
  readonly name: string;
  readonly classes: readonly string[];
  /** Width and height in pixels. */
  readonly side: number;
  readonly counts: { readonly train: number; readonly test: number };
  /** Class of an image; training images come first. */
  readonly labelOf: (image: number) => number;
  /** From 0 to 255. */
  readonly pixelOf: (image: number, x: number, y: number, channel: number) => number;
}

/** A data set in the library's own format, as an import leaves it, but of images that are reckoned. At most 256 classes. */
export async function writeDataset(library: string, { id, name, classes, side, counts, labelOf, pixelOf }: MadeDataset): Promise<DatasetManifest> {
  const folder = join(library, 'datasets', id);
  await mkdir(folder, { recursive: true });
  const put = async (file: string, data: Uint8Array) => {
    await writeFile(join(folder, file), data);
    return { bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') };
  };
  const labels = Uint8Array.from({ length: counts.train + counts.test }, (_, image) => labelOf(image));
  const pixels = new Uint8Array(labels.length * side * side * 3);
  let at = 0;
  for (let image = 0; image < labels.length; image++) {
    for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) for (let c = 0; c < 3; c++) pixels[at++] = pixelOf(image, x, y, c);
  }
  const [imageFile, labelFile] = [await put('images.bin', pixels), await put('labels.bin', labels)];
  const content = {
    classes: [...classes], image: { width: side, height: side, channels: 3 as const }, counts: { ...counts }, exclusions: [],
    normalization: { mean: [0.5, 0.5, 0.5], deviation: [0.28, 0.28, 0.28] },
  };
  const manifest: DatasetManifest = {
    schemaVersion: 1, id, name, ...content,
    files: { 'images.bin': imageFile, 'labels.bin': labelFile, 'sources.json': await put('sources.json', Buffer.from('[]\n')) },
    revision: datasetRevision({ ...content, imagesSha256: imageFile.sha256, labelsSha256: labelFile.sha256 }),
    source: { name: 'made for tests', reference: 'none', integrity: null, licence: 'none' }, createdAt: '2026-11-26T00:00:00.000Z',
  };
  await put('manifest.json', Buffer.from(JSON.stringify(manifest)));
  return manifest;
}
