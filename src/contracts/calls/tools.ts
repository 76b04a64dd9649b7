import type { Labels } from '../../core/data/labels';
import type { RunConfigInput } from '../../core/config/run';
import type { ProjectionMethod } from '../../core/predictions/projectionMethods';
import type { BatchTrial } from '../../core/tuning/batchSearch';
import type { RangePoint, RangeTestSettings } from '../../core/tuning/rangeTest';
import type { CultivarErrorData } from '../errors';
import type { LargestBatchResult, RangeTestRecord } from '../tools';
import type { EvaluationSplit } from '../trainer';

/** What a run sees in an image: Grad-CAM of one class. */
export interface ExplainedImage {
  readonly name: string;
  /** Best class first, probabilities from 0 to 1. */
  readonly top: readonly { readonly label: string; readonly index: number; readonly probability: number }[];
  readonly explained: { readonly index: number; readonly label: string; readonly logit: number };
  readonly width: number;
  readonly height: number;
  /** What the network got: uint8 HWC. */
  readonly pixels: Uint8Array;
  /** Height and width of `map`. With one pixel it says nothing of where. */
  readonly mapSize: readonly [number, number];
  /** Not negative, as the gradients make it. */
  readonly map: Float32Array;
  /** The map as large as the image, bilinear: [height, width]. */
  readonly heat: Float32Array;
}

/** Images of a split as points of a plane. */
export interface EmbeddingMap {
  readonly runId: string;
  readonly split: EvaluationSplit;
  readonly step: number;
  readonly epochsDone: number;
  readonly classes: readonly string[];
  /** Of the data set that the images are of. */
  readonly dataRevision: string;
  readonly method: ProjectionMethod;
  readonly seed: number;
  /** [images, 2], row by row. */
  readonly points: Float32Array;
  readonly indices: Uint32Array;
  /** Images of the split, of which the map of a large one shows some, evenly spread over it. */
  readonly splitImages: number;
  readonly labels: Labels;
  readonly predicted: Labels;
  /** Share of the variance of each axis; null for UMAP. */
  readonly explainedVariance: readonly [number, number] | null;
}

export interface ToolCalls {
  /** A learning-rate range test in a process of its own; points are pushed. The result is kept. One tool at a time. */
  'lrRange.start': { args: [config: RunConfigInput, settings: RangeTestSettings]; value: RangeTestRecord };
  /** The kept ones, the newest first. */
  'lrRange.list': { args: []; value: readonly RangeTestRecord[] };
  /** The largest batch that trains here; sizes are pushed as they were tried. Changes no config. */
  'batch.search': { args: [config: RunConfigInput, limits: { readonly most: number; readonly memoryBytes: number | null }]; value: LargestBatchResult };
  /** A map that is kept with the run, of its last checkpoint; null where there is none. */
  'embeddings.kept': { args: [runId: string, split: EvaluationSplit, method: ProjectionMethod, seed: number]; value: EmbeddingMap | null };
  /** The penultimate layer as a map, which is then kept. Of the test set once it was opened for this run. */
  'embeddings.map': { args: [runId: string, split: EvaluationSplit, method: ProjectionMethod, seed: number]; value: EmbeddingMap };
  /** Ends the tool that is at work; its call answers `tool-cancelled`. */
  'tools.cancel': { args: []; value: null };
  /** Grad-CAM of an image file. @param chosen index of the class; null takes the predicted one */
  'gradcam.file': { args: [runId: string, image: { readonly name: string; readonly data: Uint8Array }, chosen: number | null]; value: ExplainedImage | { readonly name: string; readonly error: CultivarErrorData } };
  /** Grad-CAM of an image of the run's data set, by its index. Of a test image once the test set was opened for this run. */
  'gradcam.image': { args: [runId: string, index: number, chosen: number | null]; value: ExplainedImage };
}

export interface ToolPushes {
  'lrRange.points': { readonly points: readonly RangePoint[] };
  'batch.tried': BatchTrial;
  /** First the images, then the map (`mapped` from 0 to 1). */
  'embeddings.progress': { readonly runId: string; readonly done: number; readonly images: number; readonly mapped: number | null };
}
