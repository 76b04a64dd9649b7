import type { ExperimentConfig } from '../config/experimentSchema';
import { defaultRunConfig } from '../config/run';

export interface Rung {
  /** Epochs that each of its arms trains, from the beginning. */
  readonly epochs: number;
  /** Arms at most: fewer where too many before failed. */
  readonly arms: number;
}

/**
 * Rungs of successive halving (Li et al., "Hyperband", JMLR 2018, algorithm 1, one bracket; ASHA's rungs, Li et al., MLSys 2020): rung k
 * trains ⌊n · η^−k⌋ arms for r · η^k epochs, while that is at most `base.epochs` and an arm is left.
 * @param n arms of the first rung
 */
export function rungsOf({ halving, base }: Pick<ExperimentConfig, 'halving' | 'base'>, n: number): Rung[] {
  if (!halving) return [];
  const most = mostEpochs(base);
  const { firstEpochs, reductionFactor } = halving;
  const rungs: Rung[] = [];
  // Whole numbers throughout: floor(floor(n / a) / b) is floor(n / (a b)).
  for (let [arms, epochs] = [n, firstEpochs]; arms >= 1 && epochs <= most; [arms, epochs] = [Math.floor(arms / reductionFactor), epochs * reductionFactor]) {
    rungs.push({ epochs, arms });
  }
  return rungs;
}

/** `base.epochs`, or what it is where it is not written. */
export const mostEpochs = (base: ExperimentConfig['base']): number => (typeof base['epochs'] === 'number' ? base['epochs'] : defaultRunConfig().epochs);

/**
 * The best arms of a rung, in their order. Decided on validation accuracy alone, the mean over seeds; an arm of which a run has none
 * (it failed, or diverged) does not go on; of equals the earlier does.
 * @param accuracies of each arm by key, one a seed
 */
export function promoted<A extends { readonly key: string }>(arms: readonly A[], accuracies: ReadonlyMap<string, readonly (number | null)[]>, count: number): A[] {
  const scored = arms.flatMap((arm, order) => {
    const values = accuracies.get(arm.key) ?? [];
    if (values.length === 0 || values.some((value) => value === null || !Number.isFinite(value))) return [];
    return [{ arm, order, mean: (values as number[]).reduce((a, b) => a + b, 0) / values.length }];
  });
  const best = [...scored].sort((a, b) => b.mean - a.mean || a.order - b.order).slice(0, count);
  return best.sort((a, b) => a.order - b.order).map(({ arm }) => arm);
}
