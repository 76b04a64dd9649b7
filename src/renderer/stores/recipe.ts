import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { RunConfig } from '../../core/config/run';
import { useUndo } from './undo';
import { checkDraft, draftOf, newDraft, withValue, type Draft } from '../features/recipe/draft';

/** The recipe being written. It outlives a change of view, and is checked by the same schema as a config file. */
export const useRecipe = defineStore('recipe', () => {
  const stack = useUndo();
  const draft = shallowRef<Draft>(newDraft());
  const checked = computed(() => checkDraft(draft.value));
  const problems = computed(() => (checked.value.ok ? [] : checked.value.problems));
  const config = computed<RunConfig | null>(() => (checked.value.ok ? checked.value.value : null));

  /** @param key names an edit that goes on, such as the typing into one field: one step of undo */
  function replace(next: Draft, key: string | null = null): void {
    const before = draft.value;
    draft.value = next;
    stack.push({ owner: 'recipe', within: /^#\/new\/run/, key, undo: () => { draft.value = before; }, redo: () => { draft.value = next; } });
  }
  const set = (path: string, value: unknown) => { replace(withValue(draft.value, path, value), path); };
  const load = (from: RunConfig) => { replace(draftOf(from)); };
  const reset = () => { replace(newDraft()); };
  return { draft, problems, config, set, replace, load, reset };
});
