import type { OpenDataset } from '../contracts/dataset';
import { CultivarError } from '../contracts/errors';
import type { RunConfig } from '../core/config/run';
import { splitIndices, type SplitIndices } from '../core/data/split';

/**
 * The images a run trains on and is validated on, as indices into the data set. Test images are out of reach: only the labels of
 * the training images are handed to the split.
 * @throws CultivarError config-invalid when the data set has not as many images
 */
export function datasetSplit(dataset: OpenDataset, config: RunConfig['data']): SplitIndices {
  const { start, count } = dataset.splits.train;
  if (start !== 0) throw new RangeError('Training images come first in a data set.');
  try {
    return splitIndices(dataset.store.labels.subarray(0, count), {
      validation: config.validationImages,
      seed: config.splitSeed,
      trainImages: config.trainImages,
      exclude: dataset.manifest.exclusions,
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CultivarError({ code: 'config-invalid', message: `data: ${error.message}`, remedy: 'Ask for fewer images.' }, { cause: error });
  }
}
