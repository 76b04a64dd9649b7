import type { Level, Levels } from '../../../core/judgement/comparison';
import type { DraftFactor } from './document';
import { sameLevel } from './document';

/** An arm as it looks everywhere: `series` is the level of the first factor (0 is the reference), `fill` that of the second. */
export interface ArmLook {
  readonly series: number | null;
  readonly fill: 'hollow' | 'solid';
}

export function armLook(factors: readonly DraftFactor[], levels: Levels): ArmLook {
  const at = (i: number) => {
    const factor = factors[i];
    return factor ? factor.levels.findIndex((level) => sameLevel(level, levels[factor.field] ?? null)) : 0;
  };
  const series = at(0);
  return { series: series >= 0 && series <= 6 ? series : null, fill: factors.length > 1 && at(1) <= 0 ? 'hollow' : 'solid' };
}

/** Class of a series in base.css. More than seven levels have no colour of their own. */
export const seriesClass = (series: number | null): string => (series === null ? 'ink' : `s${series}`);

export interface MatrixRow<A> {
  /** Levels of all factors but the one that runs along the columns. */
  readonly levels: Levels;
  /** One arm a column; null where the design has none there. */
  readonly arms: readonly (A | null)[];
}

/** The drawn design: rows of arms under the second factor's levels, or one arm a row where there is no second or it has too many levels to stand side by side. */
export interface Matrix<A> {
  readonly columns: { readonly field: string; readonly levels: readonly Level[] } | null;
  readonly rows: readonly MatrixRow<A>[];
}

export function layMatrix<A extends { readonly levels: Levels }>(factors: readonly DraftFactor[], arms: readonly A[], maximumColumns: number): Matrix<A> {
  const second = factors[1];
  if (!second || second.levels.length > maximumColumns) return { columns: null, rows: arms.map((arm) => ({ levels: arm.levels, arms: [arm] })) };
  const rows = new Map<string, { levels: Levels; arms: (A | null)[] }>();
  for (const arm of arms) {
    const { [second.field]: at, ...levels } = arm.levels;
    const key = JSON.stringify(levels);
    const row = rows.get(key) ?? { levels, arms: second.levels.map(() => null) };
    row.arms[second.levels.findIndex((level) => sameLevel(level, at ?? null))] = arm;
    rows.set(key, row);
  }
  return { columns: second, rows: [...rows.values()] };
}
