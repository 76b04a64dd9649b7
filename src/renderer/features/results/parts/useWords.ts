import { computed } from 'vue';
import { comparisonWords, type ComparisonWords } from '../../../../core/judgement/words';
import { useLanguage } from '../../../i18n';

/** What is said of a comparison, in the language of the window; the same sentences as in the report. */
export function useWords() {
  const language = useLanguage();
  const words = computed<ComparisonWords>(() => comparisonWords[language.locale]);
  return words;
}
