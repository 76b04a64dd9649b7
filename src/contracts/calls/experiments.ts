import type { Labels } from '../../core/data/labels';
import type { CultivarErrorData } from '../errors';
import type { TestTimeAugmentation } from '../../core/augmentation/testTime';
import type { EvaluationResult, ViewTimes } from '../trainer';
import type { ExperimentSummary, QueueState } from '../runs';
import type { ExperimentConfigInput } from '../../core/config/experiment';
import type { Comparison, Levels } from '../../core/judgement/comparison';

/** What pressing start would do, before it is pressed. */
export interface ExperimentPlan {
  /** All runs, those counted from the library too; without those that the budget leaves out. */
  readonly runs: number;
  readonly arms: readonly { readonly key: string; readonly levels: Levels }[];
  /** Of a halving; empty for other designs. Arms of later rungs are chosen by their results. */
  readonly rungs: readonly { readonly epochs: number; readonly arms: number }[];
  /** Runs of the design that the budget leaves out. */
  readonly leftOut: number;
  /** Runs of the library with the same config, data, numerics and surroundings: they count as done. */
  readonly reused: readonly { readonly armKey: string; readonly seed: number; readonly runId: string }[];
  /** Training that is still to be done, evaluations included; null where the rate of an arm was not measured yet. */
  readonly durationMs: number | null;
  /** Of an arm's runs that are still to be trained. */
  readonly durationByArm: Readonly<Record<string, number | null>>;
  readonly diskBytes: number;
  readonly freeBytes: number;
  /** Deviation of paired differences in earlier experiments on these data, in points; null without any. */
  readonly earlierDeviation: { readonly points: number; readonly experiments: number } | null;
  /** Runs that wait or train already. */
  readonly ahead: number;
}

export interface ExperimentProgress {
  readonly completed: number;
  readonly failed: number;
  readonly running: number;
  readonly waiting: number;
  readonly planned: number;
}

export interface ExperimentRecord {
  readonly summary: ExperimentSummary;
  /** The experiment file with every default, as stored. */
  readonly config: ExperimentConfigInput;
  readonly progress: ExperimentProgress;
  readonly comparison: Comparison;
  /** Every plan, as written: the first was stored before the first run, later ones are extensions. */
  readonly plans: readonly { readonly at: string; readonly given: unknown }[];
  readonly notes: readonly { readonly at: string; readonly text: string }[];
  /** Since when nothing more is begun, by a person's wish. */
  readonly cutShortAt: string | null;
  readonly folder: string;
}

/** A row of the library's table. */
export interface ListedExperiment {
  readonly id: string;
  readonly name: string;
  readonly question: string;
  readonly createdAt: string;
  readonly progress: ExperimentProgress;
  readonly seeds: number;
  readonly runIds: readonly string[];
  /** Without curves and image by image figures, so that a thousand rows stay small. */
  readonly comparison: Pick<Comparison, 'answer' | 'arms' | 'contrasts' | 'factors' | 'marginPoints'> | null;
  readonly failure: CultivarErrorData | null;
}

/** Predictions of one run on one split. */
export interface StoredPredictions {
  readonly runId: string;
  readonly split: 'validation' | 'test';
  readonly step: number;
  readonly classes: readonly string[];
  /** Of the data set that the images are of. */
  readonly dataRevision: string;
  /** Index of each image in its data set. */
  readonly indices: Uint32Array;
  readonly labels: Labels;
  /** Softmax of the logits, [images, classes], row by row. */
  readonly probabilities: Float32Array;
}

/** The same from means over views of each image. */
export interface AugmentedPredictions extends StoredPredictions {
  readonly kind: TestTimeAugmentation;
  readonly msPerImage: ViewTimes;
}

/** What a run keeps of its answers. */
export interface KeptPredictions {
  /** Splits that whole predictions are stored of, and their images. */
  readonly splits: readonly { readonly split: StoredPredictions['split']; readonly images: number; readonly step: number }[];
  /** Epochs after which the answers to validation images were kept, ascending, and steps done by then. */
  readonly epochs: readonly { readonly epoch: number; readonly step: number }[];
}

/** The validation images that a run's kept answers are to. */
export interface AnsweredImages extends Pick<StoredPredictions, 'classes' | 'dataRevision' | 'indices' | 'labels'> {
  readonly runId: string;
}

/** The top class of each image after one epoch, and its probability. */
export interface EpochAnswers {
  readonly epoch: number;
  /** Of the weights, in steps done. */
  readonly step: number;
  readonly answers: Uint16Array;
  readonly confidences: Float64Array;
}

export interface ExperimentCalls {
  'experiments.plan': { args: [config: ExperimentConfigInput]; value: ExperimentPlan };
  /** Writes the experiment and puts its runs into the queue. */
  'experiments.start': { args: [config: ExperimentConfigInput]; value: ExperimentSummary };
  'experiments.list': { args: []; value: readonly ListedExperiment[] };
  'experiments.get': { args: [experimentId: string]; value: ExperimentRecord };
  /** More seeds, or further levels: an experiment of the same id, whose new runs are queued. */
  'experiments.extend': { args: [experimentId: string, config: ExperimentConfigInput]; value: ExperimentSummary };
  /** Takes what waits out of the queue; what trains ends at a checkpoint. */
  'experiments.cutShort': { args: [experimentId: string]; value: null };
  'experiments.delete': { args: [experimentId: string]; value: null };
  'experiments.restore': { args: [experimentId: string]; value: null };
  'experiments.note': { args: [experimentId: string, text: string]; value: null };
  /** Names of exclude lists that hold test images, of the data that an arm's runs saw. */
  'experiments.testLists': { args: [experimentId: string, armKey: string]; value: readonly string[] };
  /** Opens the test set for the experiment's chosen arm: cannot be undone, recorded before it happens. @param without list whose figure is recorded beside the plain one */
  'experiments.openTest': { args: [experimentId: string, armKey: string, without: string | null]; value: readonly EvaluationResult[] };
  /** The write-up's own comparison, as given results. */
  'experiments.addExample': { args: []; value: ExperimentSummary };
  'compare.runs': { args: [runIds: readonly string[]]; value: Comparison };
  'predictions.kept': { args: [runId: string]; value: KeptPredictions };
  /** As stored for the last step that has any; of the test set only what an opening left. */
  'predictions.get': { args: [runId: string, split: StoredPredictions['split']]; value: StoredPredictions | null };
  /** Those with test-time augmentation at the same step, as stored. */
  'predictions.augmented': { args: [runId: string, split: StoredPredictions['split'], kind: TestTimeAugmentation]; value: AugmentedPredictions | null };
  /** Of validation images, from the last checkpoint by a process of its own; also with an augmentation where one is named. */
  'predictions.compute': { args: [runId: string, kind: TestTimeAugmentation | null]; value: { readonly plain: StoredPredictions; readonly augmented: AugmentedPredictions | null } };
  /** The images of the answers that `predictions.epoch` gives; null where a run keeps none. */
  'predictions.epochImages': { args: [runId: string]; value: AnsweredImages | null };
  'predictions.epoch': { args: [runId: string, epoch: number]; value: EpochAnswers };
  /** Those of the runs whose predictions are not stored, or are of older weights; in their order. */
  'predictions.missing': { args: [runIds: readonly string[]]; value: readonly string[] };
  /** Ends what `predictions.compute` is at; the calls answer with tool-cancelled. */
  'predictions.cancel': { args: []; value: null };
  /** Images by index, uint8 NHWC, for galleries. */
  /** Of the revision that a run saw. */
  'dataset.images': { args: [datasetId: string, indices: readonly number[], revision: string]; value: { readonly width: number; readonly height: number; readonly pixels: Uint8Array } };

  /** Nothing more is started until `queue.continue`, also after a restart; what trains goes on. */
  'queue.pause': { args: []; value: QueueState };
  /** Ends a pause, and tries again where the queue was held. */
  'queue.continue': { args: []; value: QueueState };
  /** @param toIndex place among the waiting, from 0 */
  'queue.move': { args: [runId: string, toIndex: number]; value: QueueState };
  /** How many runs may train at once, 1 to 8: with several GPUs one each, with one GPU always one, on the CPU as many as asked for. */
  'queue.atOnce': { args: [runs: number]; value: QueueState };

  /** Asks for a place and writes the HTML report; null where the person cancelled. */
  'report.save': { args: [target: ReportTarget, language: 'en' | 'ja']; value: { readonly path: string; readonly bytes: number } | null };
  /** The report as it would be saved, for the tab that shows it. */
  'report.preview': { args: [target: ReportTarget, language: 'en' | 'ja']; value: string };
  /** Asks for a place and writes a table or a chart that the window made. */
  'file.save': { args: [name: string, content: string | Uint8Array]; value: { readonly path: string; readonly bytes: number } | null };
}

export type ReportTarget = { readonly experimentId: string } | { readonly runIds: readonly string[] };

export interface ExperimentPushes {
  'predictions.progress': { readonly runId: string; readonly done: number; readonly images: number };
  'experiment.changed': { readonly experimentId: string };
}
