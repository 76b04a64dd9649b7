import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { RunConfig } from '../../core/config/run';
import { checkDraft, draftOf, newDraft, withValue, type Draft } from '../features/recipe/draft';

/** The recipe being written. It outlives a change of view, and is checked by the same schema as a config file. */
export const useRecipe = defineStore('recipe', () => {
  const draft = shallowRef<Draft>(newDraft());
  const checked = computed(() => checkDraft(draft.value));
  const problems = computed(() => (checked.value.ok ? [] : checked.value.problems));
  const config = computed<RunConfig | null>(() => (checked.value.ok ? checked.value.value : null));

  const set = (path: string, value: unknown) => { draft.value = withValue(draft.value, path, value); };
  const replace = (next: Draft) => { draft.value = next; };
  const load = (from: RunConfig) => { draft.value = draftOf(from); };
  const reset = () => { draft.value = newDraft(); };
  return { draft, problems, config, set, replace, load, reset };
});
