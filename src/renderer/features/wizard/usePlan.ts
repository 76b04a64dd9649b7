import { shallowRef, watch, type Ref } from 'vue';
import { watchDebounced } from '@vueuse/core';
import type { ExperimentPlan } from '../../../contracts/calls/experiments';
import type { CultivarErrorData } from '../../../contracts/errors';
import type { ExperimentConfigInput } from '../../../core/config/experiment';
import { ask, asErrorData } from '../../api';
import { useDraft } from '../../stores/draft';

export interface Planned {
  /** Of the draft as it last rested; null until it was asked for, and where the draft is not valid. */
  readonly plan: Readonly<Ref<ExperimentPlan | null>>;
  readonly error: Readonly<Ref<CultivarErrorData | null>>;
  /** Asks again. */
  replan(): void;
}

/** What starting the draft would do, asked for when the draft rests. */
export function usePlan(): Planned {
  const draft = useDraft();
  const plan = shallowRef<ExperimentPlan | null>(null);
  const error = shallowRef<CultivarErrorData | null>(null);
  let last = 0;
  async function read(): Promise<void> {
    const own = ++last;
    if (!draft.expanded) return;
    try {
      const answer = await ask('experiments.plan', draft.effective as ExperimentConfigInput);
      if (own !== last) return;
      plan.value = answer;
      error.value = null;
    } catch (reason) {
      if (own !== last) return;
      plan.value = null;
      error.value = asErrorData(reason);
    }
  }
  watch(() => draft.expanded, (now) => { if (!now) plan.value = null; });
  watchDebounced(() => draft.effective, () => { void read(); }, { debounce: 300 });
  void read();
  return { plan, error, replan: () => { void read(); } };
}
