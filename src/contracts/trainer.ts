import type { Labels } from '../core/data/labels';
import type { CultivarErrorData } from './errors';
import type { EvaluationSplit } from './evaluationSplit';
import type { TestTimeAugmentation } from '../core/augmentation/testTime';
import type { TrainerEvent } from '../core/run/events';
import type { WeightsKind } from '../core/run/weightsKind';
import type { ToolReport, ToolWork } from './tools';

/** What the host says to the trainer process. It answers none of them directly: events tell what came of it. */
export type TrainerCommand =
  | {
      readonly type: 'run';
      readonly libraryDir: string;
      readonly runId: string;
      /** Goes on from the last checkpoint. */
      readonly resume: boolean;
      /** Why a GPU that is present is not used; null where there is none or it is. */
      readonly gpuNotUsed: string | null;
      /** As its driver calls it; null where none is seen. */
      readonly gpuName: string | null;
      readonly cultivarVersion: string;
      /** Recorded, never compared. */
      readonly commit: string | null;
    }
  /** Measures a run's last checkpoint and ends; writes nothing. */
  | { readonly type: 'evaluate'; readonly libraryDir: string; readonly runId: string; readonly split: EvaluationSplit; readonly tta: TestTimeAugmentation | null; readonly weights: WeightsKind }
  /** Opens a model and answers `infer` until it is told to stop. */
  | { readonly type: 'serve'; readonly model: ServedModel }
  | { readonly type: 'infer'; readonly id: number; readonly pixels: Uint8Array; readonly count: number }
  /** Grad-CAM of a class an image; for a served run. */
  | { readonly type: 'explain'; readonly id: number; readonly pixels: Uint8Array; readonly classes: Int32Array }
  /** Does a piece of work around a network and ends; writes nothing. */
  | { readonly type: 'tool'; readonly work: ToolWork }
  /** Ends after the current step with a checkpoint; the run is kept. */
  | { readonly type: 'stop' }
  | { readonly type: 'pause' }
  | { readonly type: 'continue' }
  | { readonly type: 'note'; readonly text: string };

/** A model that the trainer process can answer for: a run's network with the weights of one checkpoint, or a SavedModel of images. */
export type ServedModel =
  | { readonly kind: 'run'; readonly libraryDir: string; readonly runId: string; readonly step: number; readonly weights: WeightsKind }
  | { readonly kind: 'savedmodel'; readonly folder: string };

export type { EvaluationSplit } from './evaluationSplit';

/** Accuracies are fractions from 0 to 1, the loss is the mean cross entropy in nats. */
export interface EvaluationResult {
  readonly split: EvaluationSplit;
  readonly weights: WeightsKind;
  /** Of the checkpoint that was measured. */
  readonly step: number;
  readonly epochsDone: number;
  readonly images: number;
  readonly loss: number;
  readonly accuracy: number;
  /** The label among the five most probable classes; null for five classes or fewer. */
  readonly top5: number | null;
  /** Mean of the probabilities over views of each image (core/augmentation/testTime.ts); null where it was not asked for. Beside the plain figures, never judged. */
  readonly tta: { readonly kind: TestTimeAugmentation; readonly views: number; readonly accuracy: number; readonly top5: number | null } | null;
  readonly classes: readonly string[];
  /** `confusion[label][predicted]`: images. */
  readonly confusion: readonly (readonly number[])[];
  readonly device: 'cpu' | 'gpu';
  /** Newer checkpoints that were damaged and passed over. */
  readonly passedOver: readonly CultivarErrorData[];
}

/** Plain images of one split, in the order of `indices`. */
export interface SplitPredictions {
  /** Index of each image in its data set. */
  readonly indices: Uint32Array;
  readonly labels: Labels;
  /** Softmax of the logits, [images, classes], row by row. */
  readonly probabilities: Float32Array;
}

/** Milliseconds an image, in batches of an evaluation: once as it is, and all views of a test-time augmentation together. */
export interface ViewTimes {
  readonly plain: number;
  readonly augmented: number;
}

/** Means over views of each image, in the order of the plain predictions. */
export interface AugmentedProbabilities {
  readonly kind: TestTimeAugmentation;
  /** [images, classes], row by row. */
  readonly probabilities: Float32Array;
  readonly msPerImage: ViewTimes;
}

/** What the trainer says. A message never decides how a run ended: the exit code does (`exitCodes`). */
export type TrainerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'events'; readonly events: readonly TrainerEvent[] }
  | { readonly type: 'evaluating'; readonly done: number; readonly images: number }
  | { readonly type: 'evaluated'; readonly result: EvaluationResult; readonly predictions: SplitPredictions; readonly augmented: AugmentedProbabilities | null }
  /** The model of `serve` is open. */
  | { readonly type: 'serving'; readonly tensorflowVersion: string }
  /** [count, classes] of the images of `infer`. */
  | { readonly type: 'inferred'; readonly id: number; readonly logits: Float32Array }
  /** Of the images of `explain`: logits [count, classes]; maps [count, height, width], not negative. */
  | { readonly type: 'explained'; readonly id: number; readonly logits: Float32Array; readonly maps: Float32Array; readonly mapSize: readonly [number, number] }
  | { readonly type: 'told'; readonly report: ToolReport }
  /** Sent before an exit with `exitCodes.failed`: the reason. */
  | { readonly type: 'reason'; readonly error: CultivarErrorData };

/** Exit codes of the trainer process. Anything else, and any signal, is a crash. */
export const exitCodes = { completed: 0, failed: 1, stopped: 3 } as const;
