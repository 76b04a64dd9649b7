import type { ImagePage } from '../../contracts/calls/datasets';
import { CultivarError } from '../../contracts/errors';
import { readLabels } from '../datasetSplit';
import { readDatasetManifest } from '../openDataset';
import { readImages } from '../readImages';

/**
 * A page of a revision's training images, of one class or of all; only these are read from the disk. Test images stay out of sight: looking at them
 * is an opening of the test set.
 * @param label null: all classes
 * @throws CultivarError dataset-unknown, dataset-damaged; usage where there is no such class
 */
export async function imagePage(library: string, id: string, revision: string, label: number | null, from: number, count: number): Promise<ImagePage> {
  const manifest = await readDatasetManifest(library, id, revision);
  if (manifest.revision !== revision) throw new CultivarError({ code: 'dataset-unknown', message: `The data set "${id}" has no revision ${revision}.` });
  const { classes, counts, image } = manifest;
  if (label !== null && label >= classes.length) throw new CultivarError({ code: 'usage', message: `The data set "${id}" has no class ${label}.` });
  const labels = (await readLabels(library, manifest)).subarray(0, counts.train);
  const indices: number[] = [];
  let total = 0;
  for (let index = label === null ? from : labels.indexOf(label); index >= 0 && index < labels.length; index = label === null ? index + 1 : labels.indexOf(label, index + 1)) {
    if (label === null || total >= from) indices.push(index);
    total += 1;
    if (label === null && indices.length === count) break;
  }
  const shown = indices.slice(0, count);
  return {
    width: image.width, height: image.height, total: label === null ? counts.train : total,
    indices: shown, labels: shown.map((index) => labels[index]!), pixels: await readImages(library, id, image, shown, revision),
  };
}
