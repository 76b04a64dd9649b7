import { bytes, clock, clockSeconds, decimal, duration, estimate, learningRate, loss, lossTick, percent, percentNumber, points, pValue, signed, throughput, when, whole } from './format';
import type { Augmentation } from '../../core/config/augmentation';
import type { Architecture } from '../../core/config/run';
import { valueText } from '../../core/text/names';
import { policyName } from '../features/recipe/policies';
import { useLanguage } from './index';

/** The formats, with those that depend on the language bound to it. */
export function useFormat() {
  const language = useLanguage();
  return {
    bytes, clock, clockSeconds, decimal, learningRate, loss, lossTick, percent, percentNumber, points, pValue, signed, throughput, whole,
    network: (architecture: Architecture) => valueText('model.architecture', architecture, language.locale),
    policy: (augmentation: Augmentation) => policyName(augmentation, language.locale),
    duration: (ms: number | null | undefined) => duration(ms, language.locale),
    estimate: (ms: number | null | undefined) => estimate(ms, language.locale),
    when: (ms: number | null | undefined, now = Date.now()) => when(ms, now, language.locale),
  };
}
