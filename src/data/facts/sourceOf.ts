import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { ImageSource } from '../../contracts/datasetFacts';
import { CultivarError } from '../../contracts/errors';
import { errorCode } from '../../library/atomic';
import { readDatasetManifest, revisionFolder } from '../openDataset';

/** A line of an imported set's `sources.json`, an image a line in the order of the data set. */
const lineSchema = z.object({ file: z.string(), width: z.int(), height: z.int() });
/** What Cultivar fetches: files of many images each. */
const stretchesSchema = z.array(z.object({ file: z.string(), firstImage: z.int(), images: z.int() }));

/**
 * The file that an image came in; null where that was not recorded. Read up to its line, so that a million lines are not held.
 * @throws CultivarError dataset-unknown, dataset-damaged
 */
export async function sourceOf(library: string, id: string, revision: string, index: number): Promise<ImageSource | null> {
  const manifest = await readDatasetManifest(library, id, revision);
  if (manifest.revision !== revision) throw new CultivarError({ code: 'dataset-unknown', message: `The data set "${id}" has no revision ${revision}.` });
  const path = join(await revisionFolder(library, id, revision), 'sources.json');
  try {
    return manifest.import ? await lineOf(path, index) : await stretchOf(path, index);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new CultivarError({ code: 'dataset-damaged', message: `${path}, where the images of "${id}" came from, cannot be read.`, remedy: 'Restore the folder from a backup, or import the images again.', detail: String(error) });
  }
}

async function lineOf(path: string, index: number): Promise<ImageSource | null> {
  const stream = createReadStream(path);
  try {
    let at = -1;
    // The first line opens the array, the last closes it.
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
      if (line === '[' || line === ']' || line === '') continue;
      at += 1;
      if (at === index) return { ...lineSchema.parse(JSON.parse(line.replace(/,$/, ''))), place: null };
    }
    return null;
  } finally {
    stream.destroy();
  }
}

async function stretchOf(path: string, index: number): Promise<ImageSource | null> {
  const found = stretchesSchema.parse(JSON.parse(await readFile(path, 'utf8'))).find(({ firstImage, images }) => index >= firstImage && index < firstImage + images);
  return found ? { file: found.file, place: index - found.firstImage, width: null, height: null } : null;
}
