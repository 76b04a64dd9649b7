import type { ComparedArm, Level, Levels, SimpleContrast } from '../../../../core/judgement/comparison';
import { armName, fieldName, levelName, valueText } from '../../../../core/text/names';
import { useLanguage } from '../../../i18n';

/** Fields, levels and arms by their names, in the language of the window. */
export function useNames() {
  const language = useLanguage();
  const arm = (levels: Levels) => armName(levels, language.locale);
  return {
    field: (field: string) => fieldName(field, language.locale),
    level: (field: string, level: Level) => levelName(field, level, language.locale),
    value: (field: string, level: Level) => valueText(field, level, language.locale),
    arm,
    /** An arm without levels, such as a lone run, is called by its run. */
    armOf: (of: Pick<ComparedArm, 'levels' | 'runs' | 'key'>) => arm(of.levels) || of.runs[0]?.name || of.key,
    versus: ({ factor, level, against }: Pick<SimpleContrast, 'factor' | 'level' | 'against'>) =>
      [levelName(factor, level, language.locale), valueText(factor, against, language.locale)] as const,
  };
}
