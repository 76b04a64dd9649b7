import type { RunView } from '../../../core/run/view';
import type { Line } from '../../charts/decimate';

export type Horizontal = 'epoch' | 'step' | 'seconds';

export interface EpochRow {
  readonly epoch: number;
  readonly validationAccuracy: number;
  readonly trainingAccuracy: number;
  /** Accuracy on plain training images less that on validation images, as a fraction. */
  readonly gap: number;
  readonly validationLoss: number;
  readonly trainingLoss: number;
  readonly durationMs: number;
}

/** What interrupted the run or was noted, where it stands on the horizontal. */
export type Moment =
  | { readonly x: number; readonly kind: 'paused'; /** null while it lasts. */ readonly durationMs: number | null }
  | { readonly x: number; readonly kind: 'resumed' }
  | { readonly x: number; readonly kind: 'noted'; readonly text: string };

/** A run's view as lines over one horizontal. Times are seconds of training, pauses left out. */
export interface RunCurves {
  readonly xMax: number;
  readonly trainingAccuracy: Line;
  readonly trainingLoss: Line;
  readonly validationAccuracy: Line;
  readonly validationLoss: Line;
  /** Of the weights' moving average, on validation images; empty where none is kept. */
  readonly emaAccuracy: Line;
  readonly emaLoss: Line;
  readonly gap: Line;
  readonly learningRate: Line;
  /** The schedule from here to the end; empty over seconds and once the run has ended. */
  readonly learningRateToCome: Line;
  readonly throughput: Line;
  readonly moments: readonly Moment[];
  readonly epochs: readonly EpochRow[];
}

const none: Line = { x: [], y: [] };

/** @param rateAt learning rate at a time in epochs, from the run's config; null where it is not known */
export function runCurves(view: RunView, horizontal: Horizontal, rateAt: ((epoch: number) => number) | null): RunCurves {
  const { plan, steps, rates } = view;
  const perEpoch = plan?.stepsPerEpoch ?? 1;
  const step = steps.column('step');
  const elapsed = steps.column('elapsedMs');
  /** Where a step lies on the horizontal; over seconds by the last step recorded at or before it. */
  const toX = (at: number): number => {
    if (horizontal === 'epoch') return at / perEpoch;
    if (horizontal === 'step') return at;
    const i = lastAtMost(step, at);
    return i < 0 ? 0 : elapsed[i]! / 1000;
  };
  const x = horizontal === 'step' ? step : horizontal === 'epoch' ? step.map((at) => at / perEpoch) : elapsed.map((ms) => ms / 1000);
  const atEpochs = view.epochs.map((epoch) => (horizontal === 'seconds' ? epoch.elapsedMs / 1000 : toX(epoch.step)));
  const epochLine = (y: (epoch: RunView['epochs'][number]) => number): Line => ({ x: atEpochs, y: view.epochs.map(y) });
  const averaged = view.epochs.flatMap(({ emaValidation }, i) => (emaValidation ? [{ x: atEpochs[i]!, ...emaValidation }] : []));
  const emaLine = (of: 'accuracy' | 'loss'): Line => ({ x: averaged.map(({ x: at }) => at), y: averaged.map((score) => score[of]) });
  const ended = view.phase !== 'running' && view.phase !== 'paused';
  const total = plan ? { epoch: plan.epochs, step: plan.totalSteps, seconds: secondsShown(view) }[horizontal] : 1;
  return {
    xMax: total,
    trainingAccuracy: { x, y: steps.column('accuracy') },
    trainingLoss: { x, y: steps.column('loss') },
    validationAccuracy: epochLine((epoch) => epoch.validation.accuracy),
    validationLoss: epochLine((epoch) => epoch.validation.loss),
    emaAccuracy: emaLine('accuracy'),
    emaLoss: emaLine('loss'),
    gap: epochLine((epoch) => epoch.plainTrain.accuracy - epoch.validation.accuracy),
    learningRate: { x, y: steps.column('learningRate') },
    learningRateToCome: plan && rateAt && !ended && horizontal !== 'seconds' ? toCome(view.step / perEpoch, plan.epochs, rateAt, horizontal === 'step' ? perEpoch : 1) : none,
    throughput: { x: Array.from(rates.column('step'), toX), y: rates.column('imagesPerSecond') },
    moments: momentsOf(view, toX),
    epochs: view.epochs.map((epoch) => ({
      epoch: epoch.epoch,
      validationAccuracy: epoch.validation.accuracy,
      trainingAccuracy: epoch.train.accuracy,
      gap: epoch.plainTrain.accuracy - epoch.validation.accuracy,
      validationLoss: epoch.validation.loss,
      trainingLoss: epoch.train.loss,
      durationMs: epoch.trainMs + epoch.evaluateMs,
    })),
  };
}

function momentsOf({ log }: RunView, toX: (step: number) => number): Moment[] {
  return log.flatMap((entry, i): Moment[] => {
    switch (entry.type) {
      case 'paused': {
        const end = log.slice(i + 1).find(({ type }) => type === 'continued' || type === 'ended' || type === 'started');
        return [{ x: toX(entry.step), kind: 'paused', durationMs: end?.type === 'continued' ? end.atMs - entry.atMs : null }];
      }
      case 'resumed': return [{ x: toX(entry.step), kind: 'resumed' }];
      case 'noted': return [{ x: toX(entry.step), kind: 'noted', text: entry.text }];
      default: return [];
    }
  });
}

function toCome(from: number, to: number, rateAt: (epoch: number) => number, scale: number): Line {
  const times = Array.from({ length: 101 }, (_, i) => from + ((to - from) * i) / 100);
  return { x: times.map((time) => time * scale), y: times.map(rateAt) };
}

function secondsShown(view: RunView): number {
  const elapsedMs = Math.max(view.steps.last('elapsedMs') ?? 0, view.epochs.at(-1)?.elapsedMs ?? 0);
  return Math.max(1, (elapsedMs + (view.remainingMs ?? 0)) / 1000);
}

function lastAtMost(column: Float64Array, limit: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
