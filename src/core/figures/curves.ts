import type { Comparison, CurvePoint, Levels } from '../judgement/comparison';
import { armLabel } from '../tables/comparisonTables';
import { decimal, type Locale } from '../text/format';
import { levelName } from '../text/names';
import { armStyle } from './armStyle';
import { bandSeries, base, epochAxis, grid, lineSeries, valueAxis } from './charts';
import type { Figure } from './figure';
import { niceScale } from './scale';
import { drawn } from './svg';
import type { FigureTheme } from './theme';
import { fitted, textWidth } from './width';
import { figureWords } from './words';

export interface FigureInput {
  readonly width: number;
  readonly height: number;
  readonly theme: FigureTheme;
  readonly locale: Locale;
}

type Split = 'validation' | 'plainTrain' | 'augmentedTrain';

const points = (curve: readonly CurvePoint[], split: Split) => curve.flatMap((at) => (at[split] ? [{ x: at.epoch, mean: at[split].mean * 100, low: at[split].low * 100, high: at[split].high * 100 }] : []));

/** Validation accuracy by epoch: mean over seeds and their range. */
export function curvesFigure(comparison: Comparison, { width, height, theme, locale }: FigureInput): Figure {
  const words = figureWords[locale].curves;
  const drawnArms = comparison.arms.map((arm) => ({ arm, name: armLabel(comparison, arm.key, locale), style: armStyle(comparison, arm.key), points: points(arm.curve, 'validation') })).filter((one) => one.points.length > 0);
  const scale = niceScale(drawnArms.flatMap((one) => one.points.flatMap(({ low, high }) => [low, high])));
  const last = Math.max(1, ...drawnArms.flatMap((one) => one.points.map(({ x }) => x)));
  // Arms that end together are told apart at the line's end; where the first factor's colours say enough, its level is enough.
  const [first, second] = comparison.factors;
  const short = (name: string, levels: Comparison['arms'][number]['levels']) => (first && second && comparison.factors.length === 2 && second.field === 'epochs' && Object.hasOwn(levels, first.field) ? levelName(first.field, levels[first.field]!, locale) : name);
  const rightSpace = drawnArms.length < 2 ? 36 : Math.min(width * 0.34, Math.max(24, ...drawnArms.map(({ name, arm }) => textWidth(short(name, arm.levels), 11))) + 14);
  // The longest line of a colour carries its name.
  const ends = ({ style, points: of }: (typeof drawnArms)[number]) => second?.field !== 'epochs' || drawnArms.every((other) => other.style.series !== style.series || other.points.at(-1)!.x <= of.at(-1)!.x);
  const dashed = second && second.levels.length > 1 ? words.dashed(levelName(second.field, second.levels[0]!, locale)) : '';
  return {
    kind: 'chart', id: 'curves', title: words.title, caption: `${words.caption}${dashed}`, width, height,
    description: words.says(drawnArms.map(({ name, points: of }) => words.row(drawn(name), decimal(of.at(-1)!.mean, 2), of.at(-1)!.x)).join(' ')),
    option: {
      ...base(theme),
      grid: grid(36, rightSpace, 10, 24),
      xAxis: epochAxis(last, theme, figureWords[locale].learning.epochs),
      yAxis: valueAxis(scale, theme, (tick) => decimal(tick, scale.decimals), true),
      series: drawnArms.flatMap((one) => {
        const { arm, name, style, points: of } = one;
        return [
          ...bandSeries(of, theme.marks[style.series]!, theme.band),
          lineSeries({ name: fitted(short(name, arm.levels), rightSpace - 12, 11), points: of.map(({ x, mean }) => [x, mean] as const), style, endLabel: drawnArms.length > 1 && ends(one) }, theme),
        ];
      }),
    },
  };
}

/** A small chart an arm: training and validation, so that a gap is seen. */
export function learningFigure(comparison: Comparison, { width, theme, locale }: Omit<FigureInput, 'height'>): Figure {
  const words = figureWords[locale].learning;
  const shown = comparison.arms.filter(({ curve }) => curve.length > 0);
  const columns = Math.max(1, Math.min(shown.length, Math.floor(width / 210)));
  const rows = Math.max(1, Math.ceil(shown.length / columns));
  const [cellHeight, cellWidth] = [172, width / columns];
  const splits: readonly Split[] = ['validation', 'plainTrain', 'augmentedTrain'];
  const scale = niceScale(shown.flatMap(({ curve }) => splits.flatMap((split) => points(curve, split).flatMap(({ low, high }) => [low, high]))));
  const dashes = { validation: null, plainTrain: [5, 3], augmentedTrain: [1.5, 2.5] } as const;
  const height = rows * cellHeight;
  const cells = shown.map((arm, i) => ({ arm, left: (i % columns) * cellWidth, top: Math.floor(i / columns) * cellHeight, last: Math.max(1, ...arm.curve.map(({ epoch }) => epoch)), style: armStyle(comparison, arm.key) }));
  return {
    kind: 'chart', id: 'learning', title: words.title, caption: words.caption, description: words.says, width, height,
    option: {
      ...base(theme),
      title: cells.map(({ arm, left, top }) => ({ text: titleLines(arm.levels, armLabel(comparison, arm.key, locale), cellWidth - 30, locale), left: left + 30, top: top + 2, padding: 0, textStyle: { fontSize: 12, lineHeight: 15, fontWeight: 500, color: theme.ink, fontFamily: theme.font } })),
      grid: cells.map(({ left, top }) => ({ left: left + 30, top: top + 40, width: cellWidth - 58, height: cellHeight - 66, outerBoundsMode: 'none' })),
      xAxis: cells.map(({ last }, i) => epochAxis(last, theme, words.epochs, i)),
      yAxis: cells.map((_, i) => valueAxis(scale, theme, (tick) => decimal(tick, scale.decimals), true, i)),
      series: cells.flatMap(({ arm, style }, i) => splits.flatMap((split) => {
        const of = points(arm.curve, split);
        if (of.length === 0) return [];
        return [
          ...bandSeries(of, theme.marks[style.series]!, theme.band, i),
          lineSeries({ name: split, points: of.map(({ x, mean }) => [x, mean] as const), style, dash: dashes[split], axis: i }, theme),
        ];
      })),
    },
  };
}

/** An arm's name on one line, or a line for each level where that is too wide. */
function titleLines(levels: Levels, name: string, width: number, locale: Locale): string {
  if (textWidth(name) <= width) return drawn(name);
  const lines = Object.entries(levels).map(([field, level]) => levelName(field, level, locale));
  return (lines.length === 0 ? [name] : lines.length < 3 ? lines : [lines[0]!, lines.slice(1).join(', ')]).map((line) => drawn(fitted(line, width))).join('\n');
}
