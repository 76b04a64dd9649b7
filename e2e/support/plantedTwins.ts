import { createWriteStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import sharp from 'sharp';
import { ZipFile } from 'yazl';
import { readDatasetManifest, revisionFolder } from '../../src/data/openDataset';

const classes = ['automobile', 'frog', 'ship'];

/**
 * Writes a zip of CIFAR-10 images, a folder a class under `train` and `test`, with three twins among them: the first training car stands in the
 * test set as it is; the first frog brighter and moved by a pixel; the second frog twice in training.
 */
export async function plantedTwins(library: string, target: string, { trainPerClass, testPerClass }: { readonly trainPerClass: number; readonly testPerClass: number }): Promise<void> {
  const manifest = await readDatasetManifest(library, 'cifar10');
  const folder = await revisionFolder(library, 'cifar10', manifest.revision);
  const labels = await readFile(join(folder, 'labels.bin'));
  const file = await open(join(folder, 'images.bin'));
  const side = manifest.image.width;
  const pixelsOf = async (index: number) => (await file.read(Buffer.alloc(side * side * 3), 0, side * side * 3, index * side * side * 3)).buffer;
  const zip = new ZipFile();
  const write = async (split: string, name: string, entry: string, pixels: Buffer) => { zip.addBuffer(await sharp(pixels, { raw: { width: side, height: side, channels: 3 } }).png().toBuffer(), `${split}/${name}/${entry}`); };
  try {
    for (const name of classes) {
      const label = manifest.classes.indexOf(name);
      const own = [...labels.subarray(0, manifest.counts.train).entries()].flatMap(([index, one]) => (one === label ? [index] : [])).slice(0, trainPerClass + testPerClass);
      for (const [i, index] of own.entries()) await write(i < trainPerClass ? 'train' : 'test', name, `${i}.png`, await pixelsOf(index));
      if (name === 'automobile') await write('test', name, 'twin.png', await pixelsOf(own[0]));
      if (name === 'frog') {
        await write('test', name, 'twin.png', brighterAndMoved(await pixelsOf(own[0]), side));
        await write('train', name, 'twin.png', await pixelsOf(own[1]));
      }
    }
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(target));
  } finally {
    await file.close();
  }
}

/** Moved right by one pixel, with its first column kept at the edge, and 12 of 255 brighter. */
function brighterAndMoved(pixels: Buffer, side: number): Buffer {
  const out = Buffer.alloc(pixels.length);
  for (let i = 0; i < out.length; i++) {
    const [column, rest] = [Math.floor(i / 3) % side, i % 3];
    const from = column === 0 ? i : i - 3;
    out[i] = Math.min(255, pixels[from - (from % 3) + rest] + 12);
  }
  return out;
}
