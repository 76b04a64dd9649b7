import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetManifest, OpenDataset } from '../contracts/dataset';
import { CultivarError } from '../contracts/errors';
import type { RunConfig } from '../core/config/run';
import { labelBytes, labelsOf, type Labels } from '../core/data/labels';
import { splitIndices, type SplitIndices } from '../core/data/split';
import { revisionFolder } from './openDataset';

/**
 * The images a run trains on and is validated on, as indices into the data set. Test images are out of reach: only the labels of
 * the training images are handed to the split.
 * @param leaveOut images that the run's list leaves out (`audit/excludeLists`)
 * @throws CultivarError config-invalid when the data set has not as many images
 */
export function datasetSplit(dataset: OpenDataset, config: RunConfig['data'], leaveOut: readonly number[]): SplitIndices {
  const { start, count } = dataset.splits.train;
  if (start !== 0) throw new RangeError('Training images come first in a data set.');
  return split(dataset.store.labels.subarray(0, count), dataset.manifest, config, leaveOut);
}

/** The same by the labels alone, without any image. @throws CultivarError config-invalid, dataset-damaged */
export async function splitOf(library: string, manifest: DatasetManifest, config: RunConfig['data'], leaveOut: readonly number[]): Promise<SplitIndices> {
  return split((await readLabels(library, manifest)).subarray(0, manifest.counts.train), manifest, config, leaveOut);
}

/** Class of every image. @throws CultivarError dataset-damaged */
export async function readLabels(library: string, { id, revision, counts, classes }: DatasetManifest): Promise<Labels> {
  const bytes = await readFile(join(await revisionFolder(library, id, revision), 'labels.bin')).catch(() => null);
  if (bytes?.length === (counts.train + counts.test) * labelBytes(classes.length)) return labelsOf(bytes, classes.length);
  throw new CultivarError({ code: 'dataset-damaged', message: `The data set "${id}" is damaged: labels.bin is missing or has another size.`, remedy: 'Restore the folder from a backup, or import the images again.' });
}

function split(labels: Labels, { exclusions }: Pick<DatasetManifest, 'exclusions'>, config: RunConfig['data'], leaveOut: readonly number[]): SplitIndices {
  try {
    return splitIndices(labels, { validation: config.validationImages, seed: config.splitSeed, trainImages: config.trainImages, exclude: exclusions, leaveOut });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CultivarError({ code: 'config-invalid', message: `data: ${error.message}`, remedy: 'Ask for fewer images.' }, { cause: error });
  }
}
