import type { Level, Levels } from '../../../core/judgement/comparison';
import type { ArmLook } from '../results/parts/arms';
import { sameLevel, type DraftFactor } from './document';

/** An arm of a design that has no runs yet, in the colours and fills that its results will have. */
export function armLook(factors: readonly DraftFactor[], levels: Levels): ArmLook {
  const at = (i: number) => {
    const factor = factors[i];
    return factor ? factor.levels.findIndex((level) => sameLevel(level, levels[factor.field] ?? null)) : 0;
  };
  const series = at(0);
  const enough = (factors[0]?.levels.length ?? 0) <= 7;
  return { series: enough && series >= 0 ? series : 'ink', hollow: factors.length > 1 && at(1) === 0 };
}

interface MatrixRow<A> {
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
