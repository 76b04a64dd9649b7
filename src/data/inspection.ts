import type { InspectedData, InspectionSource } from '../contracts/calls/inspection';
import type { DatasetManifest } from '../contracts/dataset';
import { CultivarError } from '../contracts/errors';
import type { RunConfig } from '../core/config/run';
import { readRun } from '../library/runs';
import { excludedBy, excludedOfRun } from './audit/excludeLists';
import { readLabels, splitOf } from './datasetSplit';
import { checkedRunConfig } from './newRuns';
import { readDatasetManifest } from './openDataset';
import { readImages } from './readImages';

/**
 * What the inspector may look at. Where neither a run nor a split is named, a tenth of the images is validation (CIFAR-10's 5,000 of 50,000).
 * @throws CultivarError run-unknown, dataset-unknown, dataset-damaged, config-invalid
 */
export async function openInspection(library: string, source: InspectionSource): Promise<InspectedData> {
  if ('datasetId' in source) {
    const manifest = await readDatasetManifest(library, source.datasetId);
    const data = source.data ?? { validationImages: Math.max(1, Math.round(manifest.counts.train / 10)) };
    const config = checkedRunConfig({ data: { ...data, dataset: source.datasetId }, ...(source.batchSize !== undefined && { batchSize: source.batchSize }) });
    return { ...(await inspected(library, manifest, config, await excludedBy(library, manifest, config.data))), run: null };
  }
  const run = await readRun(library, source.runId);
  const { id, name, dataset, config: { resolved } } = run;
  const manifest = await readDatasetManifest(library, dataset.id, dataset.revision);
  if (manifest.revision !== dataset.revision) {
    throw new CultivarError({
      code: 'dataset-damaged', message: `The run "${name || id}" saw another revision of "${dataset.id}", which the library no longer has.`,
      remedy: 'Look at the data set as it is now, or restore the revision from a backup.',
    });
  }
  const { seed, augmentation, epochs, continues } = resolved;
  return { ...(await inspected(library, manifest, resolved, await excludedOfRun(library, run))), run: { id, name: name || id, seed, augmentation, epochs, epochsBefore: continues?.epochs ?? 0 } };
}

async function inspected(library: string, manifest: DatasetManifest, { data, batchSize }: RunConfig, leftOut: readonly number[]): Promise<Omit<InspectedData, 'run'>> {
  const { id, name, revision, image, classes, counts } = manifest;
  const { train, validation } = await splitOf(library, manifest, data, leftOut);
  // A copy of the training images' labels alone: those of the test images go nowhere.
  const labels = (await readLabels(library, manifest)).slice(0, counts.train);
  return { datasetId: id, datasetName: name, revision, width: image.width, height: image.height, classes, labels, train, validation, batchSize };
}

/**
 * Images of the training set by their index, in the order asked for.
 * @returns uint8 NHWC
 * @throws CultivarError usage for a test image, which is locked, or for one that is not there; dataset-unknown, dataset-damaged
 */
export async function inspectionImages(library: string, datasetId: string, revision: string, indices: readonly number[]): Promise<{ width: number; height: number; pixels: Uint8Array }> {
  const { counts, image } = await readDatasetManifest(library, datasetId, revision);
  const beyond = indices.find((index) => index >= counts.train);
  if (beyond !== undefined) {
    throw new CultivarError({
      code: 'usage',
      message: beyond < counts.train + counts.test ? `Image ${beyond} of "${datasetId}" is a test image: the test set is locked, and no run augments it.` : `The data set "${datasetId}" has no image ${beyond}.`,
      remedy: `Choose one from 0 to ${counts.train - 1}.`,
    });
  }
  return { width: image.width, height: image.height, pixels: await readImages(library, datasetId, image, indices, revision) };
}
