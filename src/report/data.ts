import type { DatasetManifest } from '../contracts/dataset';
import type { CultivarErrorData } from '../contracts/errors';
import type { Augmentation } from '../core/config/augmentation';
import type { RunConfig } from '../core/config/run';
import type { Confusion, Reliability } from '../core/figures';
import type { Comparison } from '../core/judgement/comparison';
import type { Locale } from '../core/text/format';

/** Everything a report shows, read and reduced; the page is a pure function of it. */
export interface ReportData {
  readonly locale: Locale;
  /** ISO 8601. */
  readonly writtenAt: string;
  readonly cultivarVersion: string;
  readonly comparison: Comparison;
  /** Null for runs picked by hand. */
  readonly experiment: ReportExperiment | null;
  /** Runs there are, in the order of the arms; given results have none. */
  readonly runs: readonly ReportRun[];
  /** Null where the runs name none that the library still has. */
  readonly dataset: ReportDataset | null;
  readonly predictions: ReportPredictions | { readonly missing: MissingPredictions };
  readonly augmentation: readonly AugmentationStrip[];
  /** Runs that could not be read: never left out in silence. */
  readonly unreadable: readonly { readonly runId: string; readonly error: CultivarErrorData }[];
  /** Command that makes this report again. */
  readonly command: string;
}

/** `none-run`: no run has ended with a checkpoint. `not-stored`: nobody has computed them. `failed`: computing failed. */
type MissingPredictions = { readonly kind: 'no-run' } | { readonly kind: 'not-stored' } | { readonly kind: 'failed'; readonly message: string };

export interface ReportExperiment {
  readonly id: string;
  /** ISO 8601: before the first run. */
  readonly createdAt: string;
  /** The experiment file as it was given. */
  readonly file: string;
  /** Whether runs were added to the first plan: then it was not all stored before run 1. */
  readonly extended: boolean;
  /** sha256 of `file`. */
  readonly hash: string;
  readonly seeds: readonly number[];
}

export interface ReportRun {
  readonly id: string;
  readonly name: string;
  readonly armKey: string;
  readonly seed: number;
  readonly status: string;
  readonly config: RunConfig;
  readonly revision: string;
  readonly numericsVersion: number;
  readonly environment: {
    readonly device: string; readonly deviceName: string; readonly gpuNotUsed: string | null; readonly intraOpThreads: number;
    readonly cultivar: string; readonly tensorflow: string; readonly node: string; readonly electron: string | null; readonly commit: string | null;
  } | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Training alone, and from start to end. */
  readonly trainMs: number | null;
  readonly wallMs: number | null;
  readonly steps: number;
  readonly parameterCount: number | null;
  readonly failure: string | null;
  /** Warnings of the run, each once. */
  readonly warnings: readonly string[];
  readonly resumes: number;
}

export interface ReportDataset {
  readonly manifest: DatasetManifest;
  /** Training images of each class, as delivered. */
  readonly classCounts: readonly number[];
  /** Images of the split that the first run used. */
  readonly split: { readonly train: number; readonly validation: number; readonly seed: number } | null;
}

export interface ReportPredictions {
  /** Arms in order, with what was read from their runs' predictions. */
  readonly arms: readonly ArmPredictions[];
  readonly classes: readonly string[];
  readonly images: number;
  /** Of one run of the arm that is highest, the most confident first. */
  readonly worst: { readonly runId: string; readonly armKey: string; readonly mistakes: number; readonly images: readonly WorstImage[] } | null;
  /** Runs without predictions, and why. */
  readonly without: readonly { readonly runId: string; readonly message: string }[];
  /** Runs on data with other classes than `classes`: what is read from theirs stands nowhere here. */
  readonly otherClasses: readonly string[];
}

export interface ArmPredictions extends Confusion, Reliability {
  readonly key: string;
  /** Runs the means are over. */
  readonly n: number;
  /** Recall of each class; null where it has no image. */
  readonly recall: readonly (number | null)[];
  /** Mean recall of the classes. */
  readonly balancedAccuracy: number | null;
  readonly logLoss: number;
  readonly brier: number;
  /** Mean confidence minus accuracy. */
  readonly overconfidence: number;
}

export interface WorstImage {
  readonly index: number;
  readonly label: string;
  readonly answer: string;
  /** Of the answer, and of the true class. */
  readonly confidence: number;
  readonly confidenceInLabel: number;
  readonly src: string;
  readonly width: number;
  readonly height: number;
}

/** The same images under one policy: the original, then epochs 1, 2, …: what a run's seed drew for them. */
export interface AugmentationStrip {
  readonly augmentation: Augmentation;
  readonly seed: number;
  readonly epochs: number;
  readonly images: number;
  readonly src: string;
  readonly width: number;
  readonly height: number;
}
