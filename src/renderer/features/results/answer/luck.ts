import type { Comparison, SimpleContrast } from '../../../../core/judgement/comparison';
import { tTwoSidedP } from '../../../../core/statistics/distributions';

/** How far a difference reaches without an effect: Student's t, scaled. */
export interface Luck {
  /** Seeds that the observed difference is a mean of; 1: one pair of runs. */
  readonly seeds: number;
  /** In points: of one pair's difference, or of such a mean. */
  readonly deviation: number;
  readonly degreesOfFreedom: number;
}

/** Earlier experiments have many: their deviation is taken as known. */
const known = 1e6;

/**
 * Of the very contrast where its seeds say it: a mean over seeds scatters less than one pair does. Of one pair, by the deviation of these
 * arms, else by that of earlier experiments on the same data; null where neither is known.
 */
export function luckOf({ pooledDeviation }: Pick<Comparison, 'pooledDeviation'>, { n, standardErrorPoints, degreesOfFreedom }: Pick<SimpleContrast, 'n' | 'standardErrorPoints' | 'degreesOfFreedom'>, earlierPoints: number | null): Luck | null {
  if (standardErrorPoints !== null && degreesOfFreedom !== null) return { seeds: n, deviation: standardErrorPoints, degreesOfFreedom };
  // A paired difference of two runs varies by √2 of what one run does.
  if (pooledDeviation && pooledDeviation.degreesOfFreedom > 0) return { seeds: 1, deviation: pooledDeviation.points * Math.SQRT2, degreesOfFreedom: pooledDeviation.degreesOfFreedom };
  return earlierPoints === null || earlierPoints === 0 ? null : { seeds: 1, deviation: earlierPoints, degreesOfFreedom: known };
}

/** Of 100 such differences, those as large as this one or larger, either way. */
export const ofHundred = ({ deviation, degreesOfFreedom }: Luck, points: number): number => Math.round(100 * tTwoSidedP(points / deviation, degreesOfFreedom));
