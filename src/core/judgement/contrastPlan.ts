import type { ComparedFactor, InteractionContrast, Level, Levels, SimpleContrast } from './comparison';
import { hasLevel } from './grouping';
import { levelText, sameLevels, without } from './level';

interface Placed {
  readonly key: string;
  readonly levels: Levels;
}

export type PlannedContrast = { readonly id: string; /** Arm keys → weights. */ readonly weights: ReadonlyMap<string, number> } & (
  | Pick<SimpleContrast, 'kind' | 'factor' | 'level' | 'against' | 'at' | 'arm' | 'reference'>
  | Pick<InteractionContrast, 'kind' | 'factor' | 'level' | 'against' | 'other' | 'otherLevel' | 'otherAgainst' | 'at'>
);

/** Of more interactions none is told: a grid of 30 × 30 has 190,000, and nothing could be clear of zero among them. */
const mostInteractions = 2000;

/** The primary contrasts: every pair of arms that differ in one factor alone, then every interaction of two levels with two levels. */
export function planContrasts(factors: readonly ComparedFactor[], arms: readonly Placed[]): PlannedContrast[] {
  const find = armIndex(arms);
  const simple = factors.flatMap(({ field, levels }) => pairs(levels).flatMap(([level, against]) =>
    arms.filter((arm) => hasLevel(arm, field, against)).flatMap((reference): PlannedContrast[] => {
      const arm = find({ ...reference.levels, [field]: level });
      if (!arm) return [];
      const at = without(reference.levels, field);
      return [{
        id: `simple ${field} ${levelText(level)} ${levelText(against)} ${levelText(at)}`, kind: 'simple', factor: field, level, against, at,
        arm: arm.key, reference: reference.key, weights: new Map([[arm.key, 1], [reference.key, -1]]),
      }];
    })));
  const all = factors.reduce((product, { levels }) => product * levels.length, 1);
  const count = pairs(factors).reduce((sum, [a, b]) => sum + (all * (a.levels.length - 1) * (b.levels.length - 1)) / 4, 0);
  return count > mostInteractions ? simple : [...simple, ...interactions(factors, arms, find)];
}

function interactions(factors: readonly ComparedFactor[], arms: readonly Placed[], find: (levels: Levels) => Placed | undefined): PlannedContrast[] {
  return pairs(factors).flatMap(([second, first]) => pairs(first.levels).flatMap(([level, against]) => pairs(second.levels).flatMap(([otherLevel, otherAgainst]) =>
    arms.filter((arm) => hasLevel(arm, first.field, against) && hasLevel(arm, second.field, otherAgainst)).flatMap((reference): PlannedContrast[] => {
      const cell = (a: Level, b: Level) => find({ ...reference.levels, [first.field]: a, [second.field]: b });
      const cells = [cell(level, otherLevel), cell(against, otherLevel), cell(level, otherAgainst), reference];
      if (!cells.every((arm) => arm !== undefined)) return [];
      const at = without(reference.levels, first.field, second.field);
      return [{
        id: `interaction ${first.field} ${levelText(level)} ${levelText(against)} ${second.field} ${levelText(otherLevel)} ${levelText(otherAgainst)} ${levelText(at)}`,
        kind: 'interaction', factor: first.field, level, against, other: second.field, otherLevel, otherAgainst, at,
        weights: new Map(cells.map((arm, i) => [arm.key, i === 0 || i === 3 ? 1 : -1])),
      }];
    }))));
}

function armIndex(arms: readonly Placed[]): (levels: Levels) => Placed | undefined {
  const key = (levels: Levels) => levelText(Object.fromEntries(Object.entries(levels).sort(([a], [b]) => (a < b ? -1 : 1))));
  const index = new Map(arms.map((arm) => [key(arm.levels), arm]));
  return (levels) => {
    const found = index.get(key(levels));
    return found && sameLevels(found.levels, levels) ? found : undefined;
  };
}

/** [later, earlier] of all pairs, by the earlier. */
const pairs = <T>(items: readonly T[]): [T, T][] => items.flatMap((earlier, i) => items.slice(i + 1).map((later): [T, T] => [later, earlier]));
