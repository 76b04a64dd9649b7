import type { Contrast, SimpleContrast } from './comparison';
import { planContrasts, type PlannedContrast } from './contrastPlan';
import type { CountedArm } from './counting';
import { estimateContrast, pooledModel, type ContrastEstimate } from './estimates';
import type { Grouping } from './grouping';
import { affordableSeeds } from './seedsToPlan';
import { judgeFamily, verdictOf } from './verdict';

interface JudgedContrasts {
  readonly contrasts: readonly Contrast[];
  readonly pooledDeviation: { readonly points: number; readonly degreesOfFreedom: number } | null;
}

/**
 * All primary contrasts of an experiment, judged as one family.
 * @param final false while the plan allows no verdict yet: the figures stand, every word is `undetermined`
 */
export function judgeContrasts(factors: Grouping['factors'], arms: readonly CountedArm[], marginPoints: number, final: boolean): JudgedContrasts {
  const byKey = new Map(arms.map((arm) => [arm.key, arm]));
  const pooled = pooledModel(arms);
  const judged = judgePlan(planContrasts(factors, arms), byKey, pooled, marginPoints);
  const comparisons = judged.filter(({ figures }) => figures !== null).length;
  return {
    contrasts: judged.map(({ plan, estimate, figures: found, verdict }): Contrast => {
      const shared = {
        id: plan.id, n: estimate.n, paired: estimate.paired, unpairedReason: estimate.unpairedReason,
        differencePoints: points(estimate.difference), standardErrorPoints: points(estimate.error?.standardError ?? null),
        degreesOfFreedom: estimate.error?.df ?? null, intervalPoints: found?.interval ?? null, adjustedIntervalPoints: found?.adjustedInterval ?? null,
        p: found?.p ?? null, pAdjusted: found?.pAdjusted ?? null,
        verdict: final ? verdict : 'undetermined' as const, provisional: !final,
        seedsNeeded: seedsFor(estimate, marginPoints, comparisons),
      };
      return described(plan, shared, byKey);
    }),
    pooledDeviation: pooled && pooled.model.residualDf > 0 ? { points: pooled.model.residualDeviation * 100, degreesOfFreedom: pooled.model.residualDf } : null,
  };
}

/** The judging itself: every planned contrast with its figures in points, null where chance cannot be judged, and its word. */
export function judgePlan(plans: readonly PlannedContrast[], arms: ReadonlyMap<string, CountedArm>, pooled: ReturnType<typeof pooledModel>, marginPoints: number) {
  const estimates = plans.map((plan) => ({ plan, estimate: estimateContrast(plan, arms, pooled) }));
  const family = estimates.flatMap(({ estimate: { difference, error } }) => (error === null ? [] : [{ difference: difference! * 100, standardError: error.standardError * 100, df: error.df }]));
  const judged = judgeFamily(family).values();
  return estimates.map(({ plan, estimate }) => {
    const figures = estimate.error === null ? null : judged.next().value!;
    return { plan, estimate, figures, verdict: verdictOf(figures?.adjustedInterval ?? null, marginPoints, estimate.n) };
  });
}

const points = (fraction: number | null) => (fraction === null ? null : fraction * 100);

function described(plan: PlannedContrast, figures: Omit<SimpleContrast, 'kind' | 'factor' | 'level' | 'against' | 'at' | 'arm' | 'reference' | 'bySeed'>, arms: ReadonlyMap<string, CountedArm>): Contrast {
  const { weights: _weights, ...place } = plan;
  if (place.kind === 'interaction') return { ...place, ...figures };
  const references = new Map(arms.get(place.reference)!.counted.map(({ seed, last }) => [seed, last.validation]));
  const bySeed = figures.paired ? arms.get(place.arm)!.counted.flatMap(({ seed, last }) => {
    const reference = references.get(seed);
    return reference === undefined ? [] : [{ seed, arm: last.validation, reference, differencePoints: (last.validation - reference) * 100 }];
  }) : [];
  return { ...place, ...figures, bySeed: bySeed.sort((a, b) => a.seed - b.seed) };
}

function seedsFor({ difference, deviation }: ContrastEstimate, marginPoints: number, comparisons: number): Contrast['seedsNeeded'] {
  if (difference === null || deviation === null) return { forObserved: null, forMargin: null };
  return { forObserved: affordableSeeds(difference * 100, deviation * 100, comparisons), forMargin: affordableSeeds(marginPoints, deviation * 100, comparisons) };
}
