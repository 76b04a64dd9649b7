import { readFile } from 'node:fs/promises';
import { PNG } from 'pngjs';
import { z } from 'zod';

export const cifar10Classes = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'] as const;
const cifar10ImageBytes = 32 * 32 * 3;

/** The archive's files in the order of the data set: 50,000 training images, then 10,000 test images. Each holds 10,000. */
export const cifar10ImageFiles = [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.png`).concat('test_batch.png');
export const cifar10LabelFiles = [{ file: 'train_lables.json', images: 50_000 }, { file: 'test_lables.json', images: 10_000 }] as const;

const imagesPerFile = 10_000;
const labels = z.array(z.int().min(0).max(9));

/**
 * Decodes one picture file: 1024 × 10000 RGB, one image a row, the row's pixels being the image's from left to right, then down.
 * @returns uint8 NHWC, 10,000 × 32 × 32 × 3
 */
export async function decodeCifar10Images(path: string): Promise<Uint8Array> {
  const png = PNG.sync.read(await readFile(path));
  if (png.width !== 1024 || png.height !== imagesPerFile) {
    throw new Error(`${path} is ${png.width} × ${png.height} pixels, expected 1024 × ${imagesPerFile}`);
  }
  const rgba = png.data;
  const rgb = new Uint8Array(imagesPerFile * cifar10ImageBytes);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!;
    rgb[to + 1] = rgba[from + 1]!;
    rgb[to + 2] = rgba[from + 2]!;
  }
  return rgb;
}

export async function readCifar10Labels(path: string, images: number): Promise<Uint8Array> {
  const list = labels.parse(JSON.parse(await readFile(path, 'utf8')));
  if (list.length !== images) throw new Error(`${path} holds ${list.length} labels, expected ${images}`);
  return Uint8Array.from(list);
}
