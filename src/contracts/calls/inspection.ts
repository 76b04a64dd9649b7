import type { Labels } from '../../core/data/labels';
import type { Augmentation } from '../../core/config/augmentation';
import type { RunConfigInput } from '../../core/config/run';

/** Whose images: those of a run as it was trained, or of a data set as a run with this `data` and batch size would be. */
export type InspectionSource =
  | { readonly runId: string }
  | { readonly datasetId: string; readonly data?: Omit<NonNullable<RunConfigInput['data']>, 'dataset'>; readonly batchSize?: number };

/**
 * A data set as training sees it: what may be picked, and which batch an image gets into. Test images are locked and take no part: their labels are not in it.
 * It crosses to a worker as it is.
 */
export interface InspectedData {
  readonly datasetId: string;
  readonly datasetName: string;
  readonly revision: string;
  readonly width: number;
  readonly height: number;
  readonly classes: readonly string[];
  /** Class of each image of the training set, by its index in the data set. */
  readonly labels: Labels;
  /** Indices of the images that a run is trained on, ascending. */
  readonly train: Uint32Array;
  /** Indices of the images held out for validation: augmented in no run. */
  readonly validation: Uint32Array;
  /** Images of a batch: it says who mixes with whom. */
  readonly batchSize: number;
  /** null: no run's. Its first epoch is `epochsBefore` + 1 (more than 1 where it continues another). */
  readonly run: { readonly id: string; readonly name: string; readonly seed: number; readonly augmentation: Augmentation; readonly epochs: number; readonly epochsBefore: number } | null;
}

export interface InspectionCalls {
  /** @throws CultivarError run-unknown, dataset-unknown, config-invalid where the data set has not as many images */
  'inspection.open': { args: [source: InspectionSource]; value: InspectedData };
  /** Images of the training set by their index, in the order asked for: uint8 NHWC. A test image is refused (usage): it is locked. */
  'inspection.images': { args: [datasetId: string, revision: string, indices: readonly number[]]; value: { readonly width: number; readonly height: number; readonly pixels: Uint8Array } };
}
