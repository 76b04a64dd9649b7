import { shallowRef, watchEffect, type ShallowRef } from 'vue';
import type { ExperimentPlan } from '../../../../contracts/calls/experiments';
import type { ExperimentConfigInput } from '../../../../core/config/experiment';
import { smallestDifference } from '../../../../core/statistics/smallestDifference';
import { ask } from '../../../api';

/** What so many seeds an arm would cost, and the smallest difference they would find 8 times in 10. */
export interface SeedPlan {
  readonly seeds: number;
  readonly plan: ExperimentPlan;
  readonly newRuns: number;
  readonly findsFromPoints: number | null;
}

const counts = [3, 5, 8, 10, 20];

/**
 * Plans for more seeds of an experiment, as main reckons them. Empty until they are there, and where nothing can be planned.
 * @param deviation of paired differences, in points; where null the earlier experiments' takes its place
 */
export function usePlans(config: () => ExperimentConfigInput | null, arms: () => number, comparisons: () => number, deviation: () => number | null): ShallowRef<readonly SeedPlan[]> {
  const plans = shallowRef<readonly SeedPlan[]>([]);
  let latest: symbol | null = null;
  watchEffect(async () => {
    const own = (latest = Symbol());
    const of = config();
    const [n, tests, known] = [arms(), comparisons(), deviation()];
    if (!of || n < 2) return;
    const found = await Promise.all(counts.filter((count) => count > of.seeds.length).slice(0, 4).map(async (count): Promise<SeedPlan | null> => {
      const plan = await ask('experiments.plan', { ...of, seeds: seedsUpTo(of.seeds, count) }).catch(() => null);
      if (!plan) return null;
      const spread = known ?? plan.earlierDeviation?.points ?? null;
      return {
        seeds: count, plan, newRuns: plan.runs - plan.reused.length,
        findsFromPoints: spread === null || spread === 0 ? null : smallestDifference({ deviation: spread, seeds: count, arms: n, comparisons: Math.max(1, tests), power: 0.8, alpha: 0.05 }),
      };
    }));
    if (latest === own) plans.value = found.filter((one) => one !== null);
  });
  return plans;
}

/** The present seeds, then the smallest others. */
export function seedsUpTo(present: readonly number[], count: number): number[] {
  const seeds = [...new Set(present)];
  for (let next = 1; seeds.length < count; next++) if (!seeds.includes(next)) seeds.push(next);
  return seeds;
}
