import { useI18n } from 'vue-i18n';
import type { CultivarErrorData } from '../../contracts/errors';
import { useLanguage } from './index';
import { said, saidError, type SaidError } from './sentences';

/** What other processes say, in the language of the window. */
export function useSaid(): { text: (text: string) => string; error: (error: CultivarErrorData) => SaidError; brief: (error: CultivarErrorData) => string } {
  const language = useLanguage();
  const { t } = useI18n();
  const error = (data: CultivarErrorData) => saidError(data, language.locale, t);
  return {
    text: (text) => said(text, language.locale),
    error,
    /** Message and remedy in one line. */
    brief: (data) => { const { message, remedy } = error(data); return remedy ? [message, remedy].join(t('common.space')) : message; },
  };
}
