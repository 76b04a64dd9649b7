import type { Comparison, Level } from '../judgement/comparison';

/**
 * How an arm looks in every table and chart: colour is the level of the first factor, by its place, the reference in ink grey; augmentations that
 * have a colour of their own have it in every experiment. Fill is the second
 * factor's (first level hollow or dashed, last solid).
 */
export interface ArmStyle {
  /** Index into a theme's marks and texts. */
  readonly series: number;
  readonly fill: 'hollow' | 'half' | 'solid';
  /** Lengths of dash and gap in pixels; null draws through. */
  readonly dash: readonly number[] | null;
}

export const seriesCount = 7;

export function armStyle({ factors, arms }: Pick<Comparison, 'factors' | 'arms'>, key: string): ArmStyle {
  const at = arms.findIndex((arm) => arm.key === key);
  const levels = arms[at]?.levels ?? {};
  const [first, second] = factors;
  const series = first ? levelSeries(first)[levelAt(first.levels, levels[first.field])] ?? 0 : Math.max(0, at) % seriesCount;
  return { series, ...fillOf(second ? levelAt(second.levels, levels[second.field]) : 0, second?.levels.length ?? 1) };
}

/** Presets that look alike wherever they stand: in any experiment, and where a run stands alone. */
export const presetSeries: Readonly<Record<string, 0 | 1 | 2>> = { none: 0, 'crop-flip': 1, 'crop-flip-trivialaugment': 2 };

/** Colours of a factor's levels, in their order. */
function levelSeries({ field, levels }: Comparison['factors'][number]): readonly number[] {
  if (field !== 'augmentation') return levels.map((_, i) => i % seriesCount);
  const own = levels.map((level) => (typeof level === 'string' ? presetSeries[level] : undefined));
  const free = [3, 4, 5, 6, 2, 1, 0].filter((series) => !own.includes(series as 0));
  let next = 0;
  return own.map((series) => series ?? free[next++ % free.length]!);
}

function fillOf(index: number, count: number): Pick<ArmStyle, 'fill' | 'dash'> {
  if (count < 2 || index === count - 1) return { fill: 'solid', dash: null };
  return index === 0 ? { fill: 'hollow', dash: [5, 3] } : { fill: 'half', dash: [8, 2, 2, 2] };
}

/** Position of a level among those of its factor; 0 for one that is not there. */
export const levelAt = (levels: readonly Level[], level: Level | undefined): number => Math.max(0, levels.findIndex((one) => JSON.stringify(one) === JSON.stringify(level)));
