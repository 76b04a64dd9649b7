import { computed, type Ref } from 'vue';
import { getAt } from '../../../core/design/withField';
import type { ExperimentPlan } from '../../../contracts/calls/experiments';
import { checkDraft } from '../recipe/draft';
import { useFormat } from '../../i18n/useFormat';
import { useDraft } from '../../stores/draft';
import { factorsOf, seedsOf } from './document';
import { notesOf, type Note } from './notes';
import { assumedDeviationPoints, foundPoints, powerOf, seedsForMargin } from '../../../core/judgement/power';

/** What the draft's design is and what it can find, for the steps that show it. */
export function useDesign(plan: Readonly<Ref<ExperimentPlan | null>>) {
  const draft = useDraft();
  const format = useFormat();
  const factors = computed(() => factorsOf(draft.document));
  const seeds = computed(() => seedsOf(draft.document));
  const design = computed(() => String(draft.document.design ?? 'full-factorial'));
  const arms = computed(() => draft.expanded?.arms ?? []);
  const marginPoints = computed(() => { const margin = draft.document.marginPoints; return typeof margin === 'number' && margin >= 0 ? margin : 0.5; });
  const validationImages = computed(() => { const images = getAt(draft.document.base, 'data.validationImages'); return typeof images === 'number' && images >= 1 ? images : 5000; });
  const base = computed(() => { const checked = checkDraft(draft.document.base); return checked.ok ? checked.value : null; });
  const earlier = computed(() => plan.value?.earlierDeviation ?? null);
  const power = computed(() => powerOf(design.value, [factors.value, arms.value], earlier.value?.points ?? assumedDeviationPoints(validationImages.value)));
  const found = computed(() => (power.value === null ? null : foundPoints(power.value, seeds.value.length)));
  const notes = computed<readonly Note[]>(() => (arms.value.length === 0 ? [] : notesOf({
    factors: factors.value, design: design.value, seeds: seeds.value.length, base: base.value,
    validationImages: format.whole(validationImages.value), learningRate: format.learningRate(base.value?.schedule.learningRate),
    power: found.value === null || power.value === null ? null : {
      found: format.decimal(found.value, 2), margin: String(marginPoints.value), enough: found.value <= marginPoints.value, needed: String(seedsForMargin(power.value, marginPoints.value) ?? '') || null,
    },
  })));
  const reused = computed(() => new Set((plan.value?.reused ?? []).map(({ armKey, seed }) => `${armKey}|${seed}`)));
  /** Of one run: the plan's times are those of all runs of an arm that are still to be trained. */
  const durationPerRun = computed<Readonly<Record<string, number | null>>>(() => Object.fromEntries(Object.entries(plan.value?.durationByArm ?? {}).map(([key, ms]) => {
    const left = seeds.value.filter((seed) => !reused.value.has(`${key}|${seed}`)).length;
    return [key, ms === null || left === 0 ? null : ms / left];
  })));
  return { durationPerRun, factors, seeds, design, arms, marginPoints, validationImages, base, earlier, power, found, notes, reused };
}
export type Design = ReturnType<typeof useDesign>;
