import type { DatasetManifest } from '../contracts/dataset';
import { sha256Of } from './fileHash';

type Content = Pick<DatasetManifest, 'classes' | 'image' | 'counts' | 'exclusions' | 'normalization'> & { readonly imagesSha256: string; readonly labelsSha256: string };

/** The name of a data set's content: equal for equal pixels, labels, classes, counts, exclusions and normalisation figures. */
export function datasetRevision({ imagesSha256, labelsSha256, classes, image, counts, exclusions, normalization }: Content): string {
  const parts = [
    1, imagesSha256, labelsSha256, classes, [image.width, image.height, image.channels], [counts.train, counts.test],
    [...exclusions].sort((a, b) => a - b), normalization.mean, normalization.deviation,
  ];
  return sha256Of(JSON.stringify(parts));
}
