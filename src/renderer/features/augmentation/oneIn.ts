import { decimal, percent, whole } from '../../../core/text/format';

/** "1 in 14", "every one", "24.7 %" as a person says a share: one in a whole number where it is one, else in per cent. */
export function oneIn(share: number, t: (key: string, values?: Record<string, unknown>) => string): string {
  if (share === 0) return t('inspector.share.none');
  if (share === 1) return t('inspector.share.every');
  const inverse = 1 / share;
  if (share < 1 && Math.abs(inverse - Math.round(inverse)) < 1e-6 * inverse) return t('inspector.share.oneIn', { count: whole(Math.round(inverse)) });
  return share > 1 ? t('inspector.share.times', { count: decimal(share, 2) }) : percent(share, 1);
}
