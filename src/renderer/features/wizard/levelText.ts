import { armName, fieldName, levelName, valueText } from '../../../core/text/names';
import type { Locale } from '../../../core/text/format';
import type { Level, Levels } from '../../../core/judgement/comparison';
import { useLanguage } from '../../i18n';

/** Fields, levels and arms in the language of the window. */
export function useLevelText() {
  const language = useLanguage();
  const locale = (): Locale => language.locale;
  const field = (path: string) => {
    const name = fieldName(path, locale());
    return name.charAt(0).toUpperCase() + name.slice(1);
  };
  return {
    field,
    /** As it stands inside a sentence. */
    inside: (path: string) => fieldName(path, locale()),
    value: (path: string, level: Level) => valueText(path, level, locale()),
    level: (path: string, level: Level) => levelName(path, level, locale()),
    arm: (levels: Levels) => armName(levels, locale()),
  };
}
