import type { TensorShape } from '../../core/model/matchWeights';
import type { CultivarErrorData } from '../errors';

export type ImagePrediction =
  | { readonly name: string; readonly top: readonly { readonly label: string; readonly index: number; readonly probability: number }[] }
  | { readonly name: string; readonly error: CultivarErrorData };

/** What a run says of image files; best class first, probabilities from 0 to 1. */
export interface RunPredictions {
  /** Of the checkpoint that answered. */
  readonly step: number;
  readonly epochsDone: number;
  readonly input: { readonly width: number; readonly height: number };
  /** In the order of the images. */
  readonly images: readonly ImagePrediction[];
}

/** How far an archive is: bytes of its files. */
export interface ArchiveProgress {
  readonly phase: 'hash' | 'write' | 'check' | 'place';
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** How the data that a run was made on stand in this library. Without them a run can be read, and not resumed or evaluated. */
export type DatasetPresence = 'present' | 'absent' | 'other-revision';

interface ImportedPart {
  /** The one it has now. */
  readonly id: string;
  /** The one in the archive. */
  readonly archivedId: string;
  /** `present`: the library has the same already. */
  readonly outcome: 'imported' | 'present';
}

export interface ImportedArchive {
  readonly content: { readonly kind: 'run' | 'experiment'; readonly id: string; readonly name: string };
  readonly checkpoints: boolean;
  readonly runs: readonly ImportedPart[];
  readonly experiments: readonly ImportedPart[];
  readonly datasets: readonly { readonly id: string; readonly revision: string; readonly state: DatasetPresence }[];
  readonly bytes: number;
}

/** A file of weights by names and shapes, as a network would take them. */
export interface WeightsContents {
  readonly path: string;
  /** Of the library's copy, where it was read instead of the file. */
  readonly sha256: string | null;
  /** Of the file alone. */
  readonly name: string;
  readonly format: 'safetensors' | 'torch' | 'torch-legacy';
  readonly tensors: readonly TensorShape[];
  /** Tensors that hold no real numbers: nothing reads them. */
  readonly ignored: number;
}

export const metricsFormats = ['csv', 'json', 'tensorboard', 'mlflow'] as const;
export type MetricsFormat = (typeof metricsFormats)[number];

export interface InterchangeCalls {
  /** Classes of image files by a run's last checkpoint, the three best; a process of its own answers, also while another run trains. */
  'predict.images': { args: [runId: string, images: readonly { readonly name: string; readonly data: Uint8Array }[]]; value: RunPredictions };
  /** What a file of weights holds; null asks for one, and answers null where the person cancelled the question. Nothing is copied yet. */
  'weights.open': { args: [file: { readonly path: string; readonly sha256: string | null } | null]; value: WeightsContents | null };
  /** Asks for a place and packs a run, or an experiment with its runs; null where the person cancelled the question. */
  'archive.save': { args: [id: string, checkpoints: boolean]; value: { readonly path: string; readonly bytes: number; readonly runs: number } | null };
  /** @param path of a dropped file; null asks for one. Answers null where the person cancelled the question. */
  'archive.import': { args: [path: string | null, asNew: boolean]; value: ImportedArchive | null };
  /** The archive that the app was started with, or asked to open before the window listened; answers it once. */
  'archive.asked': { args: []; value: string | null };
  /** Whether there is one, without taking it. */
  'archive.waits': { args: []; value: boolean };
  /** Ends the archive that is being packed or unpacked; nothing of it stays. */
  'archive.cancel': { args: []; value: null };
  /** Asks for a place and writes every metric there. */
  'metrics.save': { args: [id: string, format: MetricsFormat]; value: { readonly path: string } | null };
}

export interface InterchangePushes {
  'archive.progress': ArchiveProgress;
  /** A file was opened with the app, which runs already: `archive.asked` tells it. */
  'archive.opened': null;
}
