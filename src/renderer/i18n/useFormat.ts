import * as format from './format';
import { useLanguage } from './index';

/** The formats, with those that depend on the language bound to it. */
export function useFormat() {
  const language = useLanguage();
  return {
    ...format,
    duration: (ms: number | null | undefined) => format.duration(ms, language.locale),
    estimate: (ms: number | null | undefined) => format.estimate(ms, language.locale),
    when: (ms: number | null | undefined, now = Date.now()) => format.when(ms, now, language.locale),
  };
}
