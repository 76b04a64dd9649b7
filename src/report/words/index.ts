import type { Locale } from '../../core/text/format';
import { en, type ReportWords } from './en';
import { ja } from './ja';

export const reportWords: Readonly<Record<Locale, ReportWords>> = { en, ja };
export type { ReportWords };
