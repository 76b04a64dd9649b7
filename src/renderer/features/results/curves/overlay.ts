import { bandSeries, base, grid, valueAxis } from '../../../../core/figures/charts';
import type { FigureInput } from '../../../../core/figures/curves';
import type { Figure } from '../../../../core/figures/figure';
import { niceScale, type Scale } from '../../../../core/figures/scale';
import { decimal } from '../../../../core/text/format';
import { decimate, type Line } from '../../../charts/decimate';
import type { ArmLook } from '../parts/arms';

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

/** Any number of lines in one plot, each thinned to about a point a pixel without losing a spike. Many lines are thinner. */
export function overlayFigure(lines: readonly OverlayLine[], words: { readonly title: string; readonly caption: string; readonly description: string; readonly unit: string }, { width, height, theme }: FigureInput): Figure {
  const drawn = lines.map((one) => ({ one, points: decimate(one.line, Math.max(60, width - frame.left - frame.right)) }));
  const y = niceScale([...drawn.flatMap(({ points }) => extremes(points)), ...lines.flatMap(({ band }) => band.flatMap(({ low, high }) => [low, high]))], 5);
  const x = xScaleOf(lines);
  const many = lines.length > 12;
  const colour = ({ look }: OverlayLine) => (look.series === 'ink' ? theme.ink : theme.marks[look.series]!);
  return {
    kind: 'chart', id: 'curves', title: words.title, caption: words.caption, description: words.description, width, height,
    option: {
      ...base(theme),
      grid: grid(frame.left, frame.right, frame.top, frame.bottom),
      xAxis: { ...valueAxis(x, theme, (tick) => (tick === x.ticks.filter((one) => one <= x.high).at(-1) ? `${decimal(tick, x.decimals)} ${words.unit}` : decimal(tick, x.decimals)), false), min: 0, max: x.high },
      yAxis: valueAxis(y, theme, (tick) => decimal(tick, y.decimals), true),
      series: drawn.flatMap(({ one, points }) => [
        ...bandSeries(one.band, colour(one), theme.band),
        {
          type: 'line', name: one.name, silent: true, data: points, showSymbol: points.length === 1, symbol: 'circle', symbolSize: 4, z: 3, itemStyle: { color: colour(one) }, emphasis: { disabled: true },
          lineStyle: { color: colour(one), width: many ? 1 : 1.5, opacity: many ? 0.7 : 1, type: one.look.hollow ? [5, 3] : 'solid' },
        },
      ]),
    },
  };
}

/** A spread would fail on a hundred thousand points. */
function extremes(points: readonly (readonly [number, number])[]): number[] {
  let [low, high] = [Infinity, -Infinity];
  for (const [, value] of points) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return points.length === 0 ? [] : [low, high];
}
