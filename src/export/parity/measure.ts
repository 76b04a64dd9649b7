import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import type { ImageStore } from '../../contracts/dataset';
import { imageReader } from '../../data/imageReader';
import type { ModelRunner } from '../runtimes/runner';
import { predicted } from './compare';

/** Images a call: small enough that a cancel is heard soon. */
const batchImages = 50;
const imageFiles = 8;

/** The pixels of images, in memory of their own. */
export function gather(store: ImageStore, indices: Uint32Array): Uint8Array<ArrayBuffer> {
  const bytes = store.width * store.height * store.channels;
  const imageOf = imageReader(store);
  const result = new Uint8Array(indices.length * bytes);
  indices.forEach((index, i) => { result.set(imageOf(index), i * bytes); });
  return result;
}

/** `count` of the indices, evenly spread; all where there are no more. */
export const spread = (indices: Uint32Array, count: number): Uint32Array =>
  indices.length <= count ? indices : Uint32Array.from({ length: count }, (_, i) => indices[Math.floor((i * indices.length) / count)]!);

/**
 * Logits of images, batch by batch.
 * @param signal ends it with its reason
 * @returns [images, classes]
 */
export async function logitsOf(run: ModelRunner['run'], store: ImageStore, indices: Uint32Array, classes: number, signal: AbortSignal, onDone: (images: number) => void): Promise<Float32Array> {
  const logits = new Float32Array(indices.length * classes);
  for (let start = 0; start < indices.length; start += batchImages) {
    signal.throwIfAborted();
    const batch = indices.subarray(start, start + batchImages);
    const result = await run(gather(store, batch), batch.length);
    if (result.length !== batch.length * classes) throw new Error(`the runtime gave ${result.length} logits for ${batch.length} images of ${classes} classes`);
    logits.set(result, start * classes);
    onDone(start + batch.length);
  }
  signal.throwIfAborted();
  return logits;
}

/**
 * The way of a user: an image written as a PNG file, read and decoded, through the export to a label.
 * @param expected the trained model's label of each image
 */
export async function throughFiles(run: ModelRunner['run'], store: ImageStore, indices: Uint32Array, expected: (row: number) => number, classes: number): Promise<{ images: number; equal: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'cultivar-parity-'));
  const rows = spread(Uint32Array.from(indices.keys()), imageFiles);
  let equal = 0;
  try {
    for (const row of rows) {
      const path = join(folder, `${row}.png`);
      await writeFile(path, encoded(store, gather(store, indices.subarray(row, row + 1))));
      const { data, width, height } = PNG.sync.read(await readFile(path));
      const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => data[Math.floor(i / 3) * 4 + (i % 3)]!);
      if (predicted(await run(rgb, 1), 0, classes) === expected(row)) equal++;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { images: rows.length, equal };
}

function encoded({ width, height }: ImageStore, rgb: Uint8Array): Buffer {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) png.data.set([...rgb.subarray(i * 3, i * 3 + 3), 255], i * 4);
  return PNG.sync.write(png, { colorType: 2 });
}
