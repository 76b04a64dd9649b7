import type { Locale } from '../core/text/format';

/** "24 November 2026", 2026年11月24日; in UTC, so that a report reads the same everywhere. */
export const displayDate = (iso: string, locale: Locale): string =>
  new Date(iso).toLocaleDateString(locale === 'ja' ? 'ja-JP' : 'en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
