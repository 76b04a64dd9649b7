import { roundingDeviation } from '../../core/judgement/estimates';
import { fitBlockModel, type Observation } from '../../core/statistics/blockModel';
import type { ExperimentManifest } from '../../library/experiments';
import type { RunManifest } from '../../library/runManifest';

/**
 * How far differences of two arms with the same seed scatter, from experiments of before on the same data: √2 times the deviation around
 * arm + seed (fitBlockModel), pooled over the experiments by their degrees of freedom; never less than rounding to whole images makes it.
 * @returns percentage points; null where no experiment has two arms with two seeds
 */
export function earlierDeviation(experiments: readonly Pick<ExperimentManifest, 'arms'>[], runs: ReadonlyMap<string, Pick<RunManifest, 'status' | 'dataset' | 'summary' | 'config'>>, revision: string): { points: number; experiments: number } | null {
  let [squares, degreesOfFreedom, count] = [0, 0, 0];
  for (const { arms } of experiments) {
    const measured = arms.flatMap(({ key, runIds, seeds }) => runIds.flatMap((runId, i): (Observation & { readonly images: number })[] => {
      const run = runs.get(runId);
      const value = run?.status === 'completed' && run.dataset.revision === revision ? run.summary.lastValidation?.accuracy : undefined;
      return value === undefined || !Number.isFinite(value) ? [] : [{ arm: key, seed: seeds[i]!, value, images: run!.config.resolved.data.validationImages }];
    }));
    const fit = fitted(measured, roundingDeviation(Math.max(1, ...measured.map(({ images }) => images))));
    if (!fit || fit.residualDf === 0) continue;
    squares += fit.residualDf * fit.residualDeviation ** 2;
    degreesOfFreedom += fit.residualDf;
    count += 1;
  }
  return count > 0 ? { points: 100 * Math.sqrt((2 * squares) / degreesOfFreedom), experiments: count } : null;
}

function fitted(observations: readonly Observation[], smallestDeviation: number) {
  try {
    return fitBlockModel(observations, smallestDeviation);
  } catch (error) {
    // One arm, or arms that share no seed: it says nothing of paired differences.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
