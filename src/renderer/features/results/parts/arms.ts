import { armStyle, levelAt, seriesCount } from '../../../../core/figures/armStyle';
import type { ComparedArm, Comparison, Level } from '../../../../core/judgement/comparison';

/** How an arm looks wherever it stands: its colour, and whether its marks are hollow. */
export interface ArmLook {
  readonly series: number | 'ink';
  readonly hollow: boolean;
}

export const sameLevel = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** As in every chart and report; more levels than there are colours get none, and are told apart by their names and places. */
export function armLooks(comparison: Pick<Comparison, 'factors' | 'arms'>): ReadonlyMap<string, ArmLook> {
  const enough = (comparison.factors[0]?.levels.length ?? comparison.arms.length) <= seriesCount;
  return new Map(comparison.arms.map(({ key }) => {
    const { series, fill } = armStyle(comparison, key);
    return [key, { series: enough ? series : 'ink', hollow: fill === 'hollow' }];
  }));
}

/** Something was measured of it, here or elsewhere; an arm of a plan may have nothing yet. */
export const isMeasured = (arm: ComparedArm): boolean => arm.n > 0 || arm.given > 0;

export const seriesClass = (look: ArmLook | undefined): string => (look === undefined || look.series === 'ink' ? 'ink' : `s${look.series}`);

/** Arms as a table shows them: together where the later factors are equal, in the order of their levels. */
export function armRows({ factors, arms }: Pick<Comparison, 'factors' | 'arms'>): readonly { readonly arm: ComparedArm; readonly startsGroup: boolean }[] {
  const [first, ...rest] = factors;
  const at = (levels: readonly Level[], level: Level | undefined) => levelAt(levels, level);
  const placed = arms.map((arm, i) => ({
    arm,
    group: rest.map(({ field, levels }) => at(levels, arm.levels[field])),
    order: [...rest.map(({ field, levels }) => at(levels, arm.levels[field])), first ? at(first.levels, arm.levels[first.field]) : 0, i],
  })).sort((a, b) => a.order.reduce((order, value, k) => order || value - b.order[k]!, 0));
  return placed.map(({ arm, group }, i) => ({ arm, startsGroup: i > 0 && !sameLevel(group, placed[i - 1]!.group) }));
}
