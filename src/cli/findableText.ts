import type { ExperimentPlan } from '../contracts/calls/experiments';
import type { Arm, ExperimentConfig } from '../core/config/experiment';
import { assumedDeviationPoints, foundPoints, powerOf, seedsForMargin } from '../core/judgement/power';

/** What a design can find before it is run, in points: as the wizard shows it. */
export interface Findable {
  /** The smallest difference that its seeds find 8 times in 10. */
  readonly points: number;
  readonly marginPoints: number;
  /** The least seeds an arm that find the margin; null where not even 100 do. */
  readonly seedsForMargin: number | null;
  /** Of differences between two arms of one seed. */
  readonly deviationPoints: number;
  /** No earlier experiment on these data tells the deviation. */
  readonly assumed: boolean;
}

/** @returns null for a search, a single arm, or one seed: there is nothing to test */
export function findable({ design, factors, seeds, marginPoints }: ExperimentConfig, arms: readonly Arm[], earlier: ExperimentPlan['earlierDeviation']): Findable | null {
  // The arm of the fewest images is the least sure one.
  const images = Math.min(...arms.flatMap(({ runs }) => runs.map(({ data }) => data.validationImages)));
  const deviationPoints = earlier?.points ?? assumedDeviationPoints(images);
  const power = powerOf(design, [factors, arms], deviationPoints);
  const points = power && foundPoints(power, seeds.length);
  return power === null || points === null ? null : { points, marginPoints, seedsForMargin: seedsForMargin(power, marginPoints), deviationPoints, assumed: earlier === null };
}

export function findableText({ points, marginPoints, seedsForMargin: needed, deviationPoints, assumed }: Findable, seeds: number): string {
  const spread = assumed ? `assuming that differences of one seed scatter by ${deviationPoints.toFixed(2)} points; no earlier experiment on these data tells` : `differences of one seed scattered by ${deviationPoints.toFixed(2)} points on these data before`;
  const rest = points <= marginPoints ? `which is within the ${marginPoints} that matter` : `and ${marginPoints} matter: ${needed === null ? 'more than 100 seeds an arm' : `${needed} seeds an arm`} would find that`;
  return `What it can find: with ${seeds} seeds an arm a difference of ${points.toFixed(2)} points, 8 times in 10, ${rest} (${spread}).`;
}
