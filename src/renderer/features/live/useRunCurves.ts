import { computed } from 'vue';
import type { RunConfig } from '../../../core/config/run';
import type { RunView } from '../../../core/run/view';
import { policySeries } from '../recipe/policies';
import { rateOf } from '../recipe/rate';
import { runCurves, type Horizontal, type RunCurves } from './curves';

/** The curves of a view over any horizontal, and the colour of its arm. */
export function useRunCurves(view: () => RunView, config: () => RunConfig | null) {
  const rate = computed(() => {
    const [known, plan] = [config(), view().plan];
    return known && plan ? rateOf(known, plan.stepsPerEpoch, known.timeBudgetMinutes === null ? known.epochs : plan.epochs) : null;
  });
  const curves = computed(() => {
    const [now, rateAt] = [view(), rate.value];
    return (horizontal: Horizontal): RunCurves => runCurves(now, horizontal, rateAt);
  });
  const series = computed(() => policySeries(config()?.augmentation ?? 'none'));
  return { curves, series };
}
