import type { RunView } from './view';

/** A run as thin columns, for overlaying many: every epoch, and its steps in at most so many stretches. Accuracies are fractions from 0 to 1. */
export interface ThinCurves {
  readonly epochs: {
    readonly epoch: Float64Array;
    readonly validation: Float64Array;
    readonly validationLoss: Float64Array;
    /** Plain training images. */
    readonly plainTrain: Float64Array;
    /** Training images as augmented, over the epoch. */
    readonly augmentedTrain: Float64Array;
    readonly elapsedMs: Float64Array;
  };
  /** Means over stretches of equally many steps, at the last step of each. Of the batches as trained on. */
  readonly steps: { readonly step: Float64Array; readonly loss: Float64Array; readonly accuracy: Float64Array; readonly learningRate: Float64Array; readonly elapsedMs: Float64Array };
  readonly stepsPerEpoch: number | null;
}

/** @param points stretches of steps at most; from 1 */
export function thinCurves({ epochs, steps, plan }: Pick<RunView, 'epochs' | 'steps' | 'plan'>, points: number): ThinCurves {
  const perEpoch = (value: (epoch: RunView['epochs'][number]) => number) => Float64Array.from(epochs, value);
  const stretch = Math.max(1, Math.ceil(steps.length / points));
  const count = Math.ceil(steps.length / stretch);
  const ends = Array.from({ length: count }, (_, i) => Math.min(steps.length, (i + 1) * stretch));
  const last = (name: 'step' | 'learningRate' | 'elapsedMs') => Float64Array.from(ends, (end) => steps.column(name)[end - 1]!);
  const mean = (name: 'loss' | 'accuracy') => {
    const column = steps.column(name);
    return Float64Array.from(ends, (end, i) => {
      const from = i * stretch;
      let sum = 0;
      for (let at = from; at < end; at++) sum += column[at]!;
      return sum / (end - from);
    });
  };
  return {
    epochs: {
      epoch: perEpoch(({ epoch }) => epoch), validation: perEpoch(({ validation }) => validation.accuracy), validationLoss: perEpoch(({ validation }) => validation.loss),
      plainTrain: perEpoch(({ plainTrain }) => plainTrain.accuracy), augmentedTrain: perEpoch(({ train }) => train.accuracy), elapsedMs: perEpoch(({ elapsedMs }) => elapsedMs),
    },
    steps: { step: last('step'), loss: mean('loss'), accuracy: mean('accuracy'), learningRate: last('learningRate'), elapsedMs: last('elapsedMs') },
    stepsPerEpoch: plan?.stepsPerEpoch ?? null,
  };
}
