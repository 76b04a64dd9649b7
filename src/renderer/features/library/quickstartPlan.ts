import { valueText } from '../../../core/text/names';
import { computedAsync } from '@vueuse/core';
import type { Ref } from 'vue';
import { parseExperiment } from '../../../core/config/experiment';
import { quickstart } from '../../../core/config/quickstart';
import { ask } from '../../api';

/** What the quickstart will do, from its own file: runs, seeds, images. */
export function quickstartPlan() {
  const parsed = parseExperiment(quickstart);
  if (!parsed.ok) throw new Error('the quickstart experiment is not valid');
  const { arms, config } = parsed.value;
  const runs = arms.flatMap((arm) => arm.runs);
  const first = runs[0]!;
  return {
    runs: runs.length,
    seeds: config.seeds.length,
    network: valueText('model.architecture', first.model.architecture, 'en'),
    trainImages: first.data.trainImages ?? 0,
    first,
    /** Training images seen by all runs, and validation and plain training images looked at after each epoch (forward only: a third). */
    equivalentImages: runs.reduce((sum, run) => sum + run.epochs * ((run.data.trainImages ?? 0) + (run.data.validationImages + Math.min(5000, run.data.trainImages ?? 5000)) / 3), 0),
  };
}

/** How long it takes here, from a rate measured on this machine; null where none was measured yet. */
export function useQuickstartTime(): Readonly<Ref<number | null>> {
  const plan = quickstartPlan();
  return computedAsync<number | null>(async () => {
    const rate = await ask('runs.estimate', plan.first).catch(() => null);
    return rate ? (plan.equivalentImages / rate.imagesPerSecond) * 1000 : null;
  }, null);
}
