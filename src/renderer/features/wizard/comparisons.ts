import type { Levels } from '../../../core/judgement/comparison';
import type { DraftFactor } from './document';

/**
 * Contrasts that a full factorial or one-at-a-time design is judged by: pairs of arms that differ in one factor, and for each pair of factors
 * the interaction contrasts of their levels against the reference, at each setting of the others.
 */
export function contrastCount(factors: readonly DraftFactor[], arms: readonly { readonly levels: Levels }[], factorial: boolean): number {
  const keys = arms.map(({ levels }) => factors.map(({ field }) => JSON.stringify(levels[field])));
  let pairs = 0;
  factors.forEach((_, factor) => {
    const groups = new Map<string, number>();
    for (const key of keys) {
      const rest = key.filter((__, i) => i !== factor).join('|');
      groups.set(rest, (groups.get(rest) ?? 0) + 1);
    }
    for (const count of groups.values()) pairs += (count * (count - 1)) / 2;
  });
  if (!factorial) return pairs;
  const counts = factors.map(({ levels }) => levels.length);
  let interactions = 0;
  for (let a = 0; a < counts.length; a++) {
    for (let b = a + 1; b < counts.length; b++) {
      const others = counts.reduce((product, count, i) => (i === a || i === b ? product : product * count), 1);
      interactions += (counts[a]! - 1) * (counts[b]! - 1) * others;
    }
  }
  return pairs + interactions;
}
