import type { MixDraw } from '../core/augmentation';
import type { SampleImages } from './dataset';
import type { CultivarErrorData } from './errors';
import type { RunConfig } from '../core/config/run';
import type { ThinCurves } from '../core/run/curves';
import type { RunOutcome, StoredEvent } from '../core/run/events';
import type { TestFigure } from '../core/run/testFigure';

type RunStatus = 'queued' | 'running' | RunOutcome;

/** A run as lists show it. */
export interface RunSummary {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly config: RunConfig;
  readonly experimentId: string | null;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly epochsDone: number;
  readonly step: number;
  /** Fractions from 0 to 1; epochs from 1. The last is what is judged, the best stands beside it. */
  readonly lastValidation: { readonly accuracy: number; readonly epoch: number } | null;
  readonly bestValidation: { readonly accuracy: number; readonly epoch: number } | null;
  /** Validation accuracy by epoch, for a sparkline. */
  readonly validationCurve: readonly number[];
  /** Why it has fewer epochs than its config asks for; absent where it has all. */
  readonly shortened?: 'early-stopping' | 'time-budget';
  /** Can be taken up again from a checkpoint. */
  readonly resumable: boolean;
  readonly failure: CultivarErrorData | null;
}

/** A run folder that cannot be read; listed, so that it hides nothing else. */
interface DamagedRun {
  readonly id: string;
  readonly status: 'damaged';
  readonly failure: CultivarErrorData;
}

export type ListedRun = RunSummary | DamagedRun;

export interface RunRecord {
  readonly summary: RunSummary;
  readonly events: readonly StoredEvent[];
  /** Set where the last line of the events was cut off by a crash; it is left out. */
  readonly tornBytes: number | null;
  /** The run's folder. */
  readonly folder: string;
  /** Once the test set was opened for its last weights. */
  readonly test: TestFigure | null;
  /** Set where its events tell of a checkpoint and the library has none; `binnedAt` (ISO 8601) while the bin holds it. */
  readonly weightsMissing: { readonly binnedAt: string | null } | null;
}

/** One of many runs that are overlaid. */
export interface RunCurves extends ThinCurves {
  readonly runId: string;
}

/** The batch of step 1 as the network got it. */
export interface FirstBatch extends SampleImages {
  readonly classes: readonly string[];
  /** How each image is mixed with the one before it, the first with the last; null: they are not. */
  readonly mix: MixDraw | null;
}

/** Runs one after another, or a few at once. */
export interface QueueState {
  /** The run that trains, the first where there are several, or null. */
  readonly activeRunId: string | null;
  readonly activeRunIds: readonly string[];
  /** Next first. */
  readonly waitingRunIds: readonly string[];
  /** Nothing more is started until a person continues. */
  readonly paused: boolean;
  /** Runs that may train at once, where the devices allow it. */
  readonly atOnce: number;
  /** Why nothing more is started although runs wait (crash loop, a full disk, another process trains); null otherwise. */
  readonly held: CultivarErrorData | null;
}

export interface ExperimentSummary {
  readonly id: string;
  readonly name: string;
  readonly question: string;
  readonly createdAt: string;
  readonly arms: readonly { readonly key: string; readonly levels: Readonly<Record<string, unknown>>; readonly runIds: readonly string[] }[];
}
