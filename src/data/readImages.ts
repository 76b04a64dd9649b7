import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetManifest } from '../contracts/dataset';
import { CultivarError } from '../contracts/errors';
import { readDatasetManifest, revisionFolder } from './openDataset';

/**
 * Images by their index in the data set, in the order asked for; only these are read from the disk.
 * @param revision of the manifest that `image` comes from; left out, the current one
 * @returns uint8 NHWC
 * @throws CultivarError dataset-damaged where the file ends too early
 */
export async function readImages(libraryDir: string, datasetId: string, image: DatasetManifest['image'], indices: readonly number[], revision?: string): Promise<Uint8Array> {
  const bytes = image.width * image.height * image.channels;
  const pixels = new Uint8Array(indices.length * bytes);
  const folder = await revisionFolder(libraryDir, datasetId, revision ?? (await readDatasetManifest(libraryDir, datasetId)).revision);
  const file = await open(join(folder, 'images.bin'), 'r');
  try {
    for (const [i, index] of indices.entries()) {
      const { bytesRead } = await file.read(pixels, i * bytes, bytes, index * bytes);
      if (bytesRead < bytes) throw new CultivarError({ code: 'dataset-damaged', message: `The data set "${datasetId}" is damaged: images.bin ends too early.` });
    }
  } finally {
    await file.close();
  }
  return pixels;
}
