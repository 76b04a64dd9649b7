import { bandSeries, base, grid, valueAxis } from '../../../../core/figures/charts';
import type { FigureInput } from '../../../../core/figures/curves';
import type { Figure } from '../../../../core/figures/figure';
import { niceScale, type Scale } from '../../../../core/figures/scale';
import { decimal } from '../../../../core/text/format';
import { decimate, within, type Line } from '../../../charts/decimate';
import type { FigureTheme } from '../../../../core/figures/theme';
import type { ArmLook } from '../parts/arms';
import type { PaintedLine } from './drawLines';
import type { Range } from './range';

/** One line over the shared x; y in percent. */
export interface OverlayLine {
  readonly key: string;
  readonly name: string;
  readonly look: ArmLook;
  readonly line: Line;
  readonly band: readonly { readonly x: number; readonly low: number; readonly high: number }[];
}

/** Pixels around the plot: the crosshair is drawn over it by its own means. */
export const frame = { left: 40, right: 48, top: 10, bottom: 26 } as const;

export const xScaleOf = (lines: readonly OverlayLine[]): Scale => {
  const last = lines.reduce((most, { line }) => Math.max(most, line.x[line.x.length - 1] ?? 0), 0);
  const nice = niceScale([0, last || 1], 8);
  return { ...nice, high: last || 1 };
};

/** Of all lines, whatever part of x is shown: the axis stays while one moves along it. */
export const yScaleOf = (lines: readonly OverlayLine[]): Scale =>
  niceScale(lines.flatMap(({ line, band }) => extremes([line.y, ...(band.length > 0 ? [band.map(({ low }) => low), band.map(({ high }) => high)] : [])])), 5);

/** What is written at a tick: the last one has the unit. */
export function tickText(tick: number, ticks: readonly number[], decimals: number, unit: string, high: number): string {
  return tick === ticks.filter((one) => one <= high).at(-1) ? `${decimal(tick, decimals)} ${unit}` : decimal(tick, decimals);
}

const colourOf = ({ look }: OverlayLine, theme: FigureTheme) => (look.series === 'ink' ? theme.ink : theme.marks[look.series]!);
/** Many lines are thinner. */
const strokeOf = (line: OverlayLine, count: number) => ({ width: count > 12 ? 1 : 1.5, opacity: count > 12 ? 0.7 : 1, dash: line.look.hollow ? [5, 3] : [] });

/** The lines as the window paints them itself, so that a hundred can be moved along. */
export const paintedLines = (lines: readonly OverlayLine[], theme: FigureTheme): PaintedLine[] => lines.map((one) => ({
  x: Float64Array.from(one.line.x), y: Float64Array.from(one.line.y), colour: colourOf(one, theme), ...strokeOf(one, lines.length), bandOpacity: theme.band,
  band: { x: Float64Array.from(one.band, ({ x }) => x), low: Float64Array.from(one.band, ({ low }) => low), high: Float64Array.from(one.band, ({ high }) => high) },
}));

/** Any number of lines in one plot, each thinned to about a point a pixel without losing a spike. @param range part of x; all of it where left out */
export function overlayFigure(lines: readonly OverlayLine[], words: { readonly title: string; readonly caption: string; readonly description: string; readonly unit: string }, { width, height, theme }: FigureInput, range: Range | null = null): Figure {
  const full = xScaleOf(lines);
  const x = range ? { ...niceScale(range, 8), low: range[0], high: range[1] } : { ...full, low: 0 };
  const drawn = lines.map((one) => ({ one, points: decimate(range ? within(one.line, range) : one.line, Math.max(60, width - frame.left - frame.right)) }));
  const y = yScaleOf(lines);
  const colour = (line: OverlayLine) => colourOf(line, theme);
  return {
    kind: 'chart', id: 'curves', title: words.title, caption: words.caption, description: words.description, width, height,
    option: {
      ...base(theme),
      grid: grid(frame.left, frame.right, frame.top, frame.bottom),
      xAxis: { ...valueAxis(x, theme, (tick) => tickText(tick, x.ticks, x.decimals, words.unit, x.high), false), min: x.low, max: x.high },
      yAxis: valueAxis(y, theme, (tick) => decimal(tick, y.decimals), true),
      series: drawn.flatMap(({ one, points }) => [
        ...bandSeries(one.band, colour(one), theme.band),
        {
          type: 'line', name: one.name, silent: true, data: points, showSymbol: points.length === 1, symbol: 'circle', symbolSize: 4, z: 3, itemStyle: { color: colour(one) }, emphasis: { disabled: true }, clip: true,
          lineStyle: { color: colour(one), width: strokeOf(one, lines.length).width, opacity: strokeOf(one, lines.length).opacity, type: one.look.hollow ? [5, 3] : 'solid' },
        },
      ]),
    },
  };
}

/** A spread would fail on a hundred thousand values. */
function extremes(columns: readonly ArrayLike<number>[]): number[] {
  let [low, high] = [Infinity, -Infinity];
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low > high ? [] : [low, high];
}
