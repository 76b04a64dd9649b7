import { useI18n } from 'vue-i18n';
import type { ConfigProblem } from '../../core/config/problems';
import { problemText } from './problems';

/** What is wrong with a field, in the language of the window. */
export function useProblemText(): (problem: ConfigProblem) => string {
  const { t } = useI18n();
  return ({ message }) => {
    const { key, values } = problemText(message);
    return t(key, values);
  };
}
