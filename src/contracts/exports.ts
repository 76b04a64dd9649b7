import { z } from 'zod';
import { weightsKinds, type WeightsKind } from '../core/run/weightsKind';
import type { CultivarErrorData } from './errors';

/** What a trained model can leave as. */
export const exportFormats = ['safetensors', 'savedmodel', 'tfjs', 'onnx', 'weights'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportPrecisions = ['float32', 'float16', 'int8'] as const;
export type ExportPrecision = (typeof exportPrecisions)[number];

/** Precisions that a format's own runtime takes. */
export const precisionsOf: Readonly<Record<ExportFormat, readonly ExportPrecision[]>> = {
  safetensors: ['float32', 'float16'],
  savedmodel: ['float32'],
  tfjs: ['float32', 'float16', 'int8'],
  onnx: ['float32', 'float16', 'int8'],
  weights: ['float32'],
};

/** Formats in which batch norm can be folded into the convolutions. The others keep torchvision's tensors as they are. */
export const foldableFormats: readonly ExportFormat[] = ['savedmodel', 'tfjs', 'onnx'];

export const exportCheckpoints = ['last', 'best'] as const;
export type ExportCheckpoint = (typeof exportCheckpoints)[number];

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 in hexadecimal');
const interval = z.tuple([z.number(), z.number()]);
/** An accuracy from 0 to 1 with its 95 % interval (Wilson). */
const measuredAccuracy = z.strictObject({ value: z.number(), interval, images: z.int() });

/** An exported model, reloaded in another runtime, beside the trained one on validation images. */
const paritySchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.enum(['passed', 'failed']),
    /** The runtime that read the export, with its version. */
    runtime: z.string(),
    /** Validation images that both saw; never test images. */
    images: z.int().min(1),
    /** max |exported - trained| over all logits; null where some are no finite numbers. */
    largestLogitDifference: z.number().nullable(),
    /** What it may be at most; null where the precision is judged by predictions alone. */
    logitTolerance: z.number().nullable(),
    /** Images whose largest logit is another one. */
    changedPredictions: z.int().min(0),
    allowedChanges: z.int().min(0),
    /** Of the trained model and of the export, on these images. */
    trained: measuredAccuracy,
    exported: measuredAccuracy,
    /** trained - exported, in percentage points. */
    accuracyLossPoints: z.number(),
    allowedLossPoints: z.number(),
    /** Images that went through a PNG file, its decoder and the export to a label, and how many of the labels were the trained model's. */
    imageFiles: z.strictObject({ images: z.int(), equal: z.int() }),
    /** Why it failed; empty where it passed. */
    problems: z.array(z.string()),
  }),
  /** The check could not run, which counts as failed. */
  z.strictObject({ state: z.literal('not-run'), runtime: z.string(), problems: z.array(z.string()).min(1) }),
]);
export type Parity = z.output<typeof paritySchema>;
export type MeasuredParity = Exclude<Parity, { state: 'not-run' }>;

/** `manifest.json` of an export. */
export const exportManifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('cultivar-export'),
  format: z.enum(exportFormats),
  precision: z.enum(exportPrecisions),
  /** Batch norm is folded into the convolutions. */
  folded: z.boolean(),
  model: z.strictObject({
    architecture: z.string(),
    stem: z.string(),
    classes: z.array(z.string()).min(2),
    input: z.strictObject({ width: z.int().min(1), height: z.int().min(1), channels: z.literal(3) }),
    /** Images are fed as (x / 255 - mean) / deviation; `inside`: the export does that itself and takes uint8 (or whole numbers from 0 to 255). */
    normalization: z.strictObject({ mean: z.array(z.number()).length(3), deviation: z.array(z.number()).length(3), inside: z.boolean() }),
  }),
  run: z.strictObject({ id: z.string(), name: z.string() }),
  /** `weights`: of that checkpoint; `best` is chosen by the raw ones' accuracy in either case. Exports from before there was a choice are raw. */
  checkpoint: z.strictObject({ choice: z.enum(exportCheckpoints), step: z.int(), epochsDone: z.int(), weights: z.enum(weightsKinds).default('raw') }),
  data: z.strictObject({ id: z.string(), name: z.string(), revision: sha256 }),
  /**
   * What the logits are divided by, in the classifier's weights: fitted on the run's validation images. Expected calibration errors, fractions:
   * of the trained model, and after it (each half of the images under the temperature of the other). Null: as trained.
   */
  temperature: z.strictObject({ value: z.number().positive(), images: z.int(), errorBefore: z.number(), errorAfter: z.number() }).nullable().default(null),
  parity: paritySchema,
  /** False where the parity check failed or could not run: such an export is kept only where that was asked for. */
  good: z.boolean(),
  /** Every other file of the folder. */
  files: z.record(z.string(), z.strictObject({ bytes: z.int().min(0), sha256 })),
  cultivarVersion: z.string(),
  /** ISO 8601. */
  createdAt: z.string(),
});
export type ExportManifest = z.output<typeof exportManifestSchema>;

export interface ExportRequest {
  readonly runId: string;
  readonly format: ExportFormat;
  readonly precision: ExportPrecision;
  readonly fold: boolean;
  readonly checkpoint: ExportCheckpoint;
  readonly weights: WeightsKind;
  /** Divides the logits by the temperature fitted on the validation images. */
  readonly temperature: boolean;
  /** The folder to make; it must not exist. */
  readonly destination: string;
  /** Keeps an export whose parity check failed, marked so. */
  readonly keepFailed: boolean;
  /** Validation images for the parity check; all where there are fewer. */
  readonly parityImages: number;
}

/** How far an export is; `done` of `total` in the phase's own units (images, mostly). */
export interface ExportProgress {
  readonly phase: 'read' | 'temperature' | 'reference' | 'calibrate' | 'write' | 'parity' | 'finish';
  readonly done: number;
  readonly total: number;
}

/** What the window and the command line show of an export that is done. */
export interface ExportResult {
  /** The folder; null where the export failed its check and was not kept. */
  readonly path: string | null;
  readonly bytes: number;
  readonly manifest: ExportManifest;
  /** Newer checkpoints that were damaged and passed over. */
  readonly passedOver: readonly CultivarErrorData[];
}

/** What the host says to the export process. */
export type ExportCommand =
  | { readonly type: 'export'; readonly libraryDir: string; readonly request: ExportRequest }
  | { readonly type: 'cancel' };

/** What the export process says. Without `done` or `failed` it has crashed. */
export type ExportMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly progress: ExportProgress }
  | { readonly type: 'done'; readonly result: ExportResult }
  | { readonly type: 'failed'; readonly error: CultivarErrorData };
