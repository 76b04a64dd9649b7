import type { DatasetManifest, SampleImages } from '../contracts/dataset';
import { CultivarError } from '../contracts/errors';
import type { DatasetCard } from '../contracts/ipc';
import type { Labels } from '../core/data/labels';
import { readLabels } from '../data/datasetSplit';
import { readDatasetManifest, verifyDataset } from '../data/openDataset';
import { readImages } from '../data/readImages';

/**
 * A data set's manifest and its images a class; null where the library has none of that name. Its files are checked.
 * @throws CultivarError dataset-damaged
 */
export async function datasetCard(libraryDir: string, datasetId: string): Promise<DatasetCard | null> {
  try {
    const manifest = await verifyDataset(libraryDir, datasetId);
    const classCounts = manifest.classes.map(() => 0);
    for (const label of await trainLabels(libraryDir, manifest)) classCounts[label]++;
    return { manifest, classCounts };
  } catch (error) {
    if (error instanceof CultivarError && error.code === 'dataset-unknown') return null;
    throw error;
  }
}

/** Samples are sent to the window at once: of a thousand classes of large images, only those of the first. */
const sampleBytes = 64e6;

/**
 * The first `perClass` training images of each class, class by class; only these are read from the disk.
 * @throws CultivarError dataset-unknown, dataset-damaged
 */
export async function datasetSamples(libraryDir: string, datasetId: string, perClass: number): Promise<SampleImages> {
  const manifest = await readDatasetManifest(libraryDir, datasetId);
  const { classes, image, revision } = manifest;
  const labels = await trainLabels(libraryDir, manifest);
  const indices = classes.flatMap((_, label) => firstWith(labels, label, perClass)).slice(0, Math.max(1, Math.floor(sampleBytes / (image.width * image.height * image.channels))));
  const pixels = await readImages(libraryDir, datasetId, image, indices, revision);
  return { width: image.width, height: image.height, count: indices.length, pixels, labels: indices.map((index) => labels[index]), indices };
}

/**
 * Images by their index in the data set, in the order asked for; only these are read from the disk.
 * @param seen the revision that a run saw; left out, the current one
 * @throws CultivarError dataset-unknown, dataset-damaged; usage where there is no image of an index
 */
export async function datasetImages(libraryDir: string, datasetId: string, indices: readonly number[], seen?: string): Promise<{ width: number; height: number; pixels: Uint8Array }> {
  const { counts, image, revision } = await readDatasetManifest(libraryDir, datasetId, seen);
  const beyond = indices.find((index) => index >= counts.train + counts.test);
  if (beyond !== undefined) throw new CultivarError({ code: 'usage', message: `The data set "${datasetId}" has no image ${beyond}.` });
  return { width: image.width, height: image.height, pixels: await readImages(libraryDir, datasetId, image, indices, revision) };
}

const trainLabels = async (libraryDir: string, manifest: DatasetManifest) => (await readLabels(libraryDir, manifest)).subarray(0, manifest.counts.train);

function firstWith(labels: Labels, label: number, count: number): number[] {
  const found: number[] = [];
  for (let at = labels.indexOf(label); at !== -1 && found.length < count; at = labels.indexOf(label, at + 1)) found.push(at);
  return found;
}
