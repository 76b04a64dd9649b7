import type { ComparedArm } from '../../../../core/judgement/comparison';
import type { RunSummary } from '../../../../contracts/runs';
import type { ArmLook } from '../parts/arms';
import type { OverlayLine } from './overlay';

export type Horizontal = 'epoch' | 'step' | 'seconds';
export type Split = 'validation' | 'plainTrain';

const ink: ArmLook = { series: 'ink', hollow: false };

/** Mean of an arm's seeds with their range, over epochs, steps or seconds of training. Empty where the split was not measured, or steps are not known. */
export function armLine(arm: ComparedArm, split: Split, horizontal: Horizontal, look: ArmLook | undefined, name: string, stepsPerEpoch: number | null): OverlayLine | null {
  const points = arm.curve.flatMap((at) => {
    const own = at[split];
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

/** Validation accuracy of one run by epoch, or by step. */
export function runLine(run: RunSummary, horizontal: Exclude<Horizontal, 'seconds'>, look: ArmLook | undefined, name: string): OverlayLine | null {
  const steps = stepsPerEpochOf(run);
  if (run.validationCurve.length === 0 || (horizontal === 'step' && steps === null)) return null;
  return {
    key: run.id, name, look: look ?? ink, band: [],
    line: { x: run.validationCurve.map((_, i) => (i + 1) * (horizontal === 'epoch' ? 1 : steps!)), y: run.validationCurve.map((accuracy) => accuracy * 100) },
  };
}
