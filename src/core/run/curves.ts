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
    /** Of the weights' moving average; NaN where none is kept. */
    readonly ema: Float64Array;
    readonly elapsedMs: Float64Array;
  };
  /** Of the batches as trained on: of each stretch of equally many steps the one of lowest and the one of highest accuracy, so that no spike is lost. */
  readonly steps: { readonly step: Float64Array; readonly accuracy: Float64Array; readonly elapsedMs: Float64Array };
  readonly stepsPerEpoch: number | null;
}

/** @param points steps at most; from 2. A run of fewer comes whole */
export function thinCurves({ epochs, steps, plan }: Pick<RunView, 'epochs' | 'steps' | 'plan'>, points: number): ThinCurves {
  const perEpoch = (value: (epoch: RunView['epochs'][number]) => number) => Float64Array.from(epochs, value);
  const kept = steps.length <= points ? null : extremes(steps.column('accuracy'), steps.length, Math.max(1, Math.floor(points / 2)));
  const column = (name: 'step' | 'accuracy' | 'elapsedMs') => {
    const all = steps.column(name);
    return kept === null ? Float64Array.from(all.subarray(0, steps.length)) : Float64Array.from(kept, (at) => all[at]!);
  };
  return {
    epochs: {
      epoch: perEpoch(({ epoch }) => epoch), validation: perEpoch(({ validation }) => validation.accuracy), validationLoss: perEpoch(({ validation }) => validation.loss),
      plainTrain: perEpoch(({ plainTrain }) => plainTrain.accuracy), augmentedTrain: perEpoch(({ train }) => train.accuracy), ema: perEpoch(({ emaValidation }) => emaValidation?.accuracy ?? NaN), elapsedMs: perEpoch(({ elapsedMs }) => elapsedMs),
    },
    steps: { step: column('step'), accuracy: column('accuracy'), elapsedMs: column('elapsedMs') },
    stepsPerEpoch: plan?.stepsPerEpoch ?? null,
  };
}

/** Indices of the lowest and the highest of each of so many stretches, in order; what is not a number is never one, unless all are. */
function extremes(values: ArrayLike<number>, length: number, stretches: number): number[] {
  const kept: number[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const [from, to] = [Math.floor((stretch * length) / stretches), Math.floor(((stretch + 1) * length) / stretches)];
    let [low, high] = [from, from];
    for (let at = from; at < to; at++) {
      if (values[at]! < values[low]! || Number.isNaN(values[low])) low = at;
      if (values[at]! > values[high]! || Number.isNaN(values[high])) high = at;
    }
    kept.push(...(low === high ? [low] : low < high ? [low, high] : [high, low]));
  }
  return kept;
}
