import type { ComparedArm } from '../../../../core/judgement/comparison';
import type { RunCurves, RunSummary } from '../../../../contracts/runs';
import type { ArmLook } from '../parts/arms';
import type { OverlayLine } from './overlay';

export type Horizontal = 'epoch' | 'step' | 'seconds';
/** `ema`: the weights' moving average on validation images, which single runs have alone. */
export type Split = 'validation' | 'plainTrain' | 'ema';

const ink: ArmLook = { series: 'ink', hollow: false };

/** Mean of an arm's seeds with their range, over epochs, steps or seconds of training. Empty where the split was not measured, or steps are not known. */
export function armLine(arm: ComparedArm, split: Split, horizontal: Horizontal, look: ArmLook | undefined, name: string, stepsPerEpoch: number | null): OverlayLine | null {
  const points = arm.curve.flatMap((at) => {
    const own = split === 'ema' ? null : at[split];
    const x = horizontal === 'epoch' ? at.epoch : horizontal === 'seconds' ? at.elapsedMs / 1000 : stepsPerEpoch === null ? null : at.epoch * stepsPerEpoch;
    return own && x !== null ? [{ x, ...own }] : [];
  });
  if (points.length === 0) return null;
  return {
    key: arm.key, name, look: look ?? ink,
    line: { x: points.map(({ x }) => x), y: points.map(({ mean }) => mean * 100) },
    band: points.map(({ x, low, high }) => ({ x, low: low * 100, high: high * 100 })),
  };
}

/** Steps of an epoch, from what a run has done of both. */
export const stepsPerEpochOf = (run: Pick<RunSummary, 'step' | 'epochsDone'> | undefined): number | null => (run && run.epochsDone > 0 ? run.step / run.epochsDone : null);

/** One run: validation accuracy an epoch, of the weights or their average, or training accuracy of the batches as trained on, step by step or the extremes of stretches. Null where x is not known. */
export function runLine({ runId, epochs, steps, stepsPerEpoch }: RunCurves, split: Split, horizontal: Horizontal, look: ArmLook | undefined, name: string): OverlayLine | null {
  const byEpoch = split !== 'plainTrain';
  const y = split === 'ema' ? epochs.ema : byEpoch ? epochs.validation : steps.accuracy;
  const elapsed = byEpoch ? epochs.elapsedMs : steps.elapsedMs;
  if (y.length === 0 || (split === 'ema' && !y.some(Number.isFinite)) || (stepsPerEpoch === null && horizontal === (byEpoch ? 'step' : 'epoch'))) return null;
  const x = {
    epoch: () => (byEpoch ? epochs.epoch : steps.step.map((step) => step / stepsPerEpoch!)),
    step: () => (byEpoch ? epochs.epoch.map((epoch) => epoch * stepsPerEpoch!) : steps.step),
    seconds: () => elapsed.map((ms) => ms / 1000),
  }[horizontal]();
  return { key: runId, name, look: look ?? ink, band: [], line: { x, y: y.map((accuracy) => accuracy * 100) } };
}
