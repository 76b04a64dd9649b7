import type { Interval, Verdict } from './comparison';
import { tCriticalValue, tTwoSidedP } from '../statistics/distributions';
import { holmAdjusted } from '../statistics/tTests';

const alpha = 0.05;

export interface Estimated {
  readonly difference: number;
  readonly standardError: number;
  readonly df: number;
}

/** All in the unit of the estimates. */
export interface Judged {
  readonly interval: Interval;
  readonly adjustedInterval: Interval;
  readonly p: number;
  readonly pAdjusted: number;
}

/**
 * 95 % intervals and p values of one family of contrasts, alone and adjusted for one another.
 *
 * `pAdjusted` is Holm's. The adjusted interval is Bonferroni's (level 1 − 0.05 / contrasts), but for contrasts that Holm rejects the bound
 * next to zero is that of Holm's step (level 1 − 0.05 / (contrasts − rank)), so that it leaves zero out exactly where pAdjusted is at most
 * 0.05. Bounds away from zero stay Bonferroni's, so that the family is also protected against calling large differences small.
 */
export function judgeFamily(family: readonly Estimated[]): Judged[] {
  const ps = family.map(({ difference, standardError, df }) => (difference === 0 ? 1 : tTwoSidedP(difference / standardError, df)));
  const adjusted = holmAdjusted(ps);
  const order = ps.map((_, i) => i).sort((i, j) => ps[i]! - ps[j]!);
  const ranks = new Array<number>(ps.length);
  order.forEach((i, rank) => { ranks[i] = rank; });
  return family.map(({ difference, standardError, df }, i) => {
    const half = (share: number) => criticalValue(1 - alpha / share, df) * standardError;
    const [alone, wide] = [half(1), half(family.length)];
    const near = adjusted[i]! <= alpha ? half(family.length - ranks[i]!) : wide;
    return {
      interval: { low: difference - alone, high: difference + alone },
      adjustedInterval: difference > 0 ? { low: difference - near, high: difference + wide } : { low: difference - wide, high: difference + near },
      p: ps[i]!, pAdjusted: adjusted[i]!,
    };
  });
}

/** The word for a contrast, from its adjusted interval and the margin in one unit. Fewer than two seeds never have one. */
export function verdictOf(interval: Interval | null, margin: number, n: number): Verdict {
  if (!interval || n < 2) return 'undetermined';
  if (margin > 0 && interval.low >= -margin && interval.high <= margin) return 'same';
  return interval.low > 0 ? 'better' : interval.high < 0 ? 'worse' : 'undetermined';
}

const known = new Map<string, number>();

/** Student's critical values, kept: few levels and degrees of freedom come again and again. */
function criticalValue(level: number, df: number): number {
  const key = `${level} ${df}`;
  const value = known.get(key) ?? tCriticalValue(level, df);
  if (known.size > 10_000) known.clear();
  known.set(key, value);
  return value;
}
