import type { Comparison } from '../comparison';
import type { Locale } from '../../text/format';
import type { ComparisonWords } from './contract';
import { en } from './en';
import { ja } from './ja';

export type { ComparisonWords } from './contract';

export const comparisonWords: Readonly<Record<Locale, ComparisonWords>> = { en, ja };

/** The sentence that answers the question. */
export const answerSentence = (comparison: Comparison, language: Locale): string => comparisonWords[language].answer(comparison);
