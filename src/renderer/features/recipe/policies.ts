import type { PolicyName } from '../../../core/config/run';

/** The colour of an arm everywhere: the level of its augmentation, the reference in ink grey. */
export const policySeries: Record<PolicyName, 0 | 1 | 2> = { none: 0, 'crop-flip': 1, 'crop-flip-trivialaugment': 2 };

/** Message keys: vue-i18n reads no hyphens after a dot in templates, so they have names of their own. */
export const policyKey: Record<PolicyName, string> = { none: 'none', 'crop-flip': 'cropFlip', 'crop-flip-trivialaugment': 'cropFlipTrivialAugment' };
