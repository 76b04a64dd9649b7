import type { CultivarErrorFacts } from './errorFacts';

/**
 * The one vocabulary of a run: streamed to the window, stored in events.jsonl, replayed from there.
 * `atMs` is the wall clock in milliseconds since 1970. Steps are counted from 1 (step n has seen n batches), epochs from 1.
 * Accuracies are fractions from 0 to 1; losses are mean cross entropies in nats.
 */
export type TrainerEvent =
  | StartedEvent
  | FirstBatchEvent
  | StepsEvent
  | RateEvent
  | EpochEvent
  | CheckpointEvent
  | PlannedEvent
  | { readonly type: 'resumed'; readonly atMs: number; /** Last step that is kept; later ones are recorded again. */ readonly step: number }
  | { readonly type: 'paused'; readonly atMs: number; readonly step: number }
  | { readonly type: 'continued'; readonly atMs: number; readonly step: number }
  | { readonly type: 'warned'; readonly atMs: number; readonly error: CultivarErrorFacts }
  | { readonly type: 'noted'; readonly atMs: number; readonly step: number; readonly text: string }
  | EndedEvent;

/** The plan and the surroundings, known once the network stands. First event of a run, and again after each resume. */
export interface StartedEvent {
  readonly type: 'started';
  readonly atMs: number;
  readonly pid: number;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly trainImages: number;
  readonly validationImages: number;
  /** Training images without augmentation that `plainTrain` is measured on. */
  readonly plainTrainImages: number;
  readonly parameterCount: number;
  readonly device: { readonly kind: 'cpu' | 'gpu'; readonly name: string };
  /** Why a GPU that is present is not used; null where there is none or it is used. */
  readonly gpuNotUsed: string | null;
  readonly intraOpThreads: number;
  readonly workers: number;
  /** Of the network that trains; absent in records from before there was a choice, which are float32. */
  readonly precision?: 'float32' | 'bfloat16';
  /** The step was compiled by XLA; absent in records from before there was a choice, where it was not. */
  readonly xla?: boolean;
  readonly tensorflowVersion: string;
  /** Memory that could be had before the network was opened; absent in older records. */
  readonly freeBytes?: number;
}

/** The batch of step 1 lies in the run's folder as it was fed (firstBatch.bin, firstBatch.json). */
interface FirstBatchEvent {
  readonly type: 'firstBatch';
  readonly atMs: number;
  readonly images: number;
}

/** A column: a list as it is recorded, an array of its own buffer where the reader of a long run has joined events. */
export type Column = readonly number[] | Float64Array;

/** Consecutive steps as columns of equal length. */
export interface StepsEvent<C extends Column = readonly number[]> {
  readonly type: 'steps';
  readonly atMs: number;
  readonly step: C;
  /** Mean loss of the step's batch, as trained on (label smoothing and augmentation included). */
  readonly loss: C;
  /** Accuracy on the step's batch, augmented as it was. */
  readonly accuracy: C;
  readonly learningRate: C;
  /** Milliseconds of training so far, pauses left out, over all sittings. */
  readonly elapsedMs: C;
}

export interface RateEvent {
  readonly type: 'rate';
  readonly atMs: number;
  readonly step: number;
  readonly imagesPerSecond: number;
  /** Part of the time since the last such event that the step waited for input, 0 to 1. */
  readonly inputWaitFraction: number;
  /** Of the whole run, evaluations included. */
  readonly remainingMs: number;
  readonly residentBytes: number;
}

/** Rates that nothing but steps lies between, joined by the reader of a long run, which has as many as steps; never recorded. */
export interface RatesEvent {
  readonly type: 'rates';
  /** Of the last. */
  readonly atMs: number;
  readonly columns: Readonly<Record<Exclude<keyof RateEvent, 'type'>, Float64Array>>;
}

/** What is read of a run: as it was recorded, and of a long run joined. */
export type StoredEvent = TrainerEvent | StepsEvent<Float64Array> | RatesEvent;
export const isJoined = (event: StoredEvent): boolean => event.type === 'rates' || (event.type === 'steps' && event.step instanceof Float64Array);

export interface Score {
  readonly loss: number;
  readonly accuracy: number;
  /** Images it was measured on. */
  readonly images: number;
}

export interface EpochEvent {
  readonly type: 'epoch';
  readonly atMs: number;
  readonly epoch: number;
  readonly step: number;
  /** Mean over the epoch's training batches, as augmented and while the weights moved. */
  readonly train: Score;
  /** The fixed training images without augmentation, weights of the epoch's end. */
  readonly plainTrain: Score;
  readonly validation: Score;
  /** Of the weights' moving average, where one is kept. Never judged. */
  readonly emaValidation?: Score;
  readonly trainMs: number;
  readonly evaluateMs: number;
  readonly imagesPerSecond: number;
  readonly elapsedMs: number;
}

/** The run will have fewer epochs than its config asks for. */
export interface PlannedEvent {
  readonly type: 'planned';
  readonly atMs: number;
  readonly step: number;
  /** In all, and the steps they come to. */
  readonly epochs: number;
  readonly totalSteps: number;
  readonly asked: number;
  /** `early-stopping`: validation has stopped improving, and this epoch was the last. `time-budget`: as many as fit, by the rate measured before step 1. */
  readonly reason: 'early-stopping' | 'time-budget';
  /** Of an epoch with its evaluation, as measured; null where nothing was. */
  readonly epochMs: number | null;
}

export interface CheckpointEvent {
  readonly type: 'checkpoint';
  readonly atMs: number;
  readonly step: number;
  readonly bytes: number;
  /** `best`: a stop that keeps the best epoch alone; the step is then an earlier one. */
  readonly reason: 'epoch' | 'time' | 'stop' | 'pause' | 'end' | 'best';
  /** Steps of checkpoints that were removed because newer ones stand. */
  readonly dropped: readonly number[];
}

/** Written by the process that hosts the trainer, after the trainer's process has ended. */
export interface EndedEvent {
  readonly type: 'ended';
  readonly atMs: number;
  readonly outcome: RunOutcome;
  readonly exit: { readonly code: number | null; readonly signal: string | null };
  readonly error: CultivarErrorFacts | null;
}

/** `completed`: every epoch. `stopped`: by the user, kept. `failed`: with a reason or by a crash. `interrupted`: its host went away. */
export const runOutcomes = ['completed', 'stopped', 'failed', 'interrupted'] as const;
export type RunOutcome = (typeof runOutcomes)[number];

const eventTypes: ReadonlySet<string> = new Set<TrainerEvent['type']>([
  'started', 'resumed', 'firstBatch', 'steps', 'rate', 'epoch', 'checkpoint', 'planned', 'paused', 'continued', 'warned', 'noted', 'ended',
]);

/**
 * A stored line as an event. Fields are not checked one by one: a million points must open in a second, and the file has one writer.
 * @throws TypeError for anything that is no event of this vocabulary
 */
export function asTrainerEvent(document: unknown): TrainerEvent {
  const { type, atMs } = (document ?? {}) as { type?: unknown; atMs?: unknown };
  if (typeof type !== 'string' || !eventTypes.has(type) || typeof atMs !== 'number') throw new TypeError('not an event');
  return document as TrainerEvent;
}
