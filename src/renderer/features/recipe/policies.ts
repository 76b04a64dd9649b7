import { presetSeries } from '../../../core/figures/armStyle';
import { policies, type Augmentation, type PolicyName } from '../../../core/config/augmentation';
import { operationsOf } from '../../../core/augmentation';
import type { Locale } from '../../../core/text/format';
import type { Level } from '../../../core/judgement/comparison';
import { valueText } from '../../../core/text/names';
import { useLanguage } from '../../i18n';

/** Offered first; the other presets are behind a choice of their own. */
export const commonPolicies = ['none', 'crop-flip', 'crop-flip-trivialaugment'] as const satisfies readonly PolicyName[];
export const furtherPolicies = policies.filter((name) => !(commonPolicies as readonly string[]).includes(name));

/** The colour of a lone run everywhere: by its augmentation, the reference in ink grey. */
export function policySeries(augmentation: Augmentation): 0 | 1 | 2 | 3 | 4 {
  if (operationsOf(augmentation).length === 0) return 0;
  return typeof augmentation === 'string' ? presetSeries[augmentation] ?? 3 : 4;
}

/** "crop + flip", "no augmentation": a policy where nothing else says what the words are about. */
export const policyName = (augmentation: Augmentation, locale: Locale): string =>
  operationsOf(augmentation).length === 0 ? (locale === 'ja' ? '拡張なし' : 'no augmentation') : valueText('augmentation', augmentation as Level, locale);

export function usePolicyName(): (augmentation: Augmentation) => string {
  const language = useLanguage();
  return (augmentation) => policyName(augmentation, language.locale);
}
