import { useI18n } from 'vue-i18n';
import { useLanguage } from '../../../i18n';
import { useFormat } from '../../../i18n/useFormat';
import { useResults } from '../useResults';
import { useNames } from './useNames';
import { useWords } from './useWords';

/** What nearly every part of the results opens with: words, numbers and names in the window's language, and the arms' looks. */
export function useComparisonView() {
  const { t } = useI18n();
  const { looks, record } = useResults();
  return { t, format: useFormat(), language: useLanguage(), names: useNames(), words: useWords(), looks, record };
}
