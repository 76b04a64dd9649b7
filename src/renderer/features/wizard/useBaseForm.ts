import { computed, reactive } from 'vue';
import { useI18n } from 'vue-i18n';
import { useDraft } from '../../stores/draft';
import { checkDraft, type Draft } from '../recipe/draft';
import type { RecipeForm } from '../recipe/form';
import { factorsOf } from './document';
import { useLevelText } from './levelText';
import { rangesOf } from './search';

/** The base of the experiment being written, as the recipe's fields see it. */
export function useBaseForm(): RecipeForm {
  const draft = useDraft();
  const { t } = useI18n();
  const text = useLevelText();
  const base = computed(() => (draft.document.base ?? {}) as Draft);
  const checked = computed(() => checkDraft(base.value));
  const own = computed(() => (checked.value.ok ? [] : checked.value.problems));
  const ofArms = computed(() => draft.problems.map(({ path, message }) => ({ path: path.replace(/^base\./, ''), message })));
  return reactive({
    draft: base,
    problems: computed(() => [...own.value, ...ofArms.value.filter(({ path }) => !own.value.some((problem) => problem.path === path))]),
    config: computed(() => (checked.value.ok ? checked.value.value : null)),
    levelsOf: (path: string) => {
      const factor = factorsOf(draft.document).find(({ field }) => field === path);
      if (factor) return factor.levels.map((level) => text.value(path, level)).join(t('common.comma'));
      const range = rangesOf(draft.document).find(({ field }) => field === path);
      if (!range) return null;
      return range.kind === 'choice' ? (range.values ?? []).map((level) => text.value(path, level)).join(t('common.comma')) : t('wizard.cost.to', { low: String(range.low), high: String(range.high) });
    },
    set: (path: string, value: unknown) => { draft.set(`base.${path}`, value); },
    replace: (next: Draft) => { draft.set('base', next); },
  });
}
