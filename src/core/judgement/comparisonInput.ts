import type { RunConfig } from '../config/run';
import type { TestFigure } from '../run/testFigure';
import type { ComparedFactor, ComparedRun, ComparisonSubject, Levels, TestOpeningFact } from './comparison';

/** What `compareRuns` is given: plain data, read from the library by `library/comparisons`. */
export interface ComparisonInput {
  readonly subject: ComparisonSubject;
  readonly marginPoints: number;
  /** Null for runs picked by hand: factors are then the causes that differ. */
  readonly design: {
    readonly factors: readonly ComparedFactor[]; readonly arms: readonly { readonly key: string; readonly levels: Levels }[]; readonly seeds: readonly number[];
    readonly plannedRuns: number;
    /** Of a search: among how many draws the best was chosen. Null where levels were planned. */
    readonly trials: number | null;
  } | null;
  readonly runs: readonly JudgedRun[];
  readonly testOpenings: readonly TestOpeningFact[];
}

export interface JudgedRun {
  readonly runId: string | null;
  readonly name: string;
  /** Null for runs picked by hand. */
  readonly armKey: string | null;
  readonly seed: number | null;
  readonly status: ComparedRun['status'];
  /** Fields that a given result does not say are absent. */
  readonly config: RunConfig | null;
  readonly given: GivenResult | null;
  readonly surroundings: Surroundings | null;
  readonly epochs: readonly RecordedEpoch[];
  /** Last epoch, validation split; null where none are stored. `correct[i]` belongs to `indices[i]`. */
  readonly predictions: { readonly indices: Uint32Array; readonly correct: Uint8Array } | null;
  /** Of the last weights; absent where it is not read. */
  readonly test?: TestFigure | null;
}

/** Numbers from elsewhere: no config, no seed, no images. Never reused, paired or counted as done. */
export interface GivenResult {
  readonly levels: Levels;
  readonly trainAccuracy: number | null;
  readonly trainMeasuredOn: 'plain' | 'augmented' | 'unknown';
  readonly validationAccuracy: number;
  readonly source: string;
}

export interface Surroundings {
  readonly datasetRevision: string;
  readonly numericsVersion: number;
  readonly device: string | null;
  /** The device was left open, and the GPU of that computer could not be used. */
  readonly gpuMissed?: boolean;
  readonly precision: string;
  readonly intraOpThreads: number | null;
  readonly tensorflow: string | null;
  /** Of Cultivar; recorded, never compared. */
  readonly version: string | null;
  readonly stepsPerEpoch: number | null;
  readonly totalSteps: number | null;
}

export interface RecordedEpoch {
  readonly epoch: number;
  readonly validation: number;
  readonly validationImages: number;
  readonly plainTrain: number | null;
  readonly augmentedTrain: number | null;
  readonly elapsedMs: number;
}
