import type { Labels } from '../core/data/labels';
import type { Projection, ProjectionMethod } from '../core/predictions/projectionMethods';
import type { BatchReading, BatchSearchSettings, BatchTrial } from '../core/tuning/batchSearch';
import type { RangePoint, RangeReading, RangeTestSettings } from '../core/tuning/rangeTest';
import type { RunConfig } from '../core/config/run';
import type { CultivarErrorFacts } from '../core/run/errorFacts';
import type { EvaluationSplit } from './evaluationSplit';

/** Work of the trainer process around a network. Nothing of a library's run is touched by it. */
export type ToolWork =
  | { readonly kind: 'rangeTest'; readonly libraryDir: string; readonly config: RunConfig; readonly settings: RangeTestSettings }
  /** Trains a few steps at a batch size of its own. */
  | { readonly kind: 'tryBatch'; readonly libraryDir: string; readonly config: RunConfig; readonly batchSize: number; readonly steps: number }
  /** Says what memory that ran out means for a run: `error`, with the batch size that would fit into `freeBytes`. */
  | { readonly kind: 'explainMemory'; readonly libraryDir: string; readonly runId: string; readonly freeBytes: number; readonly error: CultivarErrorFacts }
  /** `most` images: of a larger split as many, evenly spread over it; null takes all. */
  | { readonly kind: 'embed'; readonly libraryDir: string; readonly runId: string; readonly split: EvaluationSplit; readonly projection: ProjectionRequest | null; readonly most: number | null };

export interface ProjectionRequest {
  readonly method: ProjectionMethod;
  readonly seed: number;
}

/** Where work of the trainer process was done. */
export interface ToolDevice {
  readonly kind: 'cpu' | 'gpu';
  readonly name: string;
  readonly intraOpThreads: number;
  readonly tensorflowVersion: string;
}

/** What the trainer process says of such work. */
export type ToolReport =
  | { readonly kind: 'rangeSteps'; readonly points: readonly RangePoint[] }
  | { readonly kind: 'rangeDone'; readonly diverged: boolean; readonly device: ToolDevice }
  | { readonly kind: 'batchTried'; readonly imagesPerSecond: number; readonly device: ToolDevice }
  | { readonly kind: 'memoryExplained'; readonly error: CultivarErrorFacts }
  | { readonly kind: 'embedding'; readonly done: number; readonly images: number }
  /** Of the map, from 0 to 1. */
  | { readonly kind: 'mapping'; readonly share: number }
  | { readonly kind: 'embedded'; readonly embeddings: Embeddings; readonly projection: Projection | null };

/** The penultimate layer of the images of one split, plain and in the order of `indices`. */
export interface Embeddings {
  readonly split: EvaluationSplit;
  /** Of the checkpoint that answered. */
  readonly step: number;
  readonly epochsDone: number;
  readonly classes: readonly string[];
  /** Images of the split. */
  readonly splitImages: number;
  /** Index of each image in its data set. */
  readonly indices: Uint32Array;
  readonly labels: Labels;
  /** The class with the largest logit. */
  readonly predicted: Labels;
  /** [images, featureCount], row by row. */
  readonly features: Float32Array;
  readonly featureCount: number;
}

/** A learning-rate range test that was made, as it is kept. */
export interface RangeTestRecord {
  readonly kind: 'lr-range';
  readonly schemaVersion: 1;
  readonly id: string;
  readonly createdAt: string;
  readonly config: RunConfig;
  readonly dataRevision: string;
  readonly settings: RangeTestSettings;
  readonly points: readonly RangePoint[];
  /** The loss had left, and the test ended before its last rate. */
  readonly diverged: boolean;
  readonly device: ToolDevice;
  readonly reading: RangeReading;
}

/** What a search for the largest batch found. It changes no config. */
export interface LargestBatchResult {
  readonly settings: BatchSearchSettings;
  /** In the order they were tried. */
  readonly trials: readonly BatchTrial[];
  readonly reading: BatchReading;
  /** Memory that one trial may take, and what set it; null on a GPU, whose own allocator says when it is full. */
  readonly limit: MemoryLimit | null;
  readonly device: ToolDevice | null;
}

export interface MemoryLimit {
  readonly bytes: number;
  /** `person`: as asked; `container`: what its control group leaves; `machine`: what is free. */
  readonly from: 'person' | 'container' | 'machine';
}
