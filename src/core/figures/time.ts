import type { Comparison } from '../judgement/comparison';
import { armLabel } from '../tables/comparisonTables';
import { decimal } from '../text/format';
import { armStyle } from './armStyle';
import { base, grid, lineSeries, valueAxis, whiskerSeries } from './charts';
import type { FigureInput } from './curves';
import type { Figure } from './figure';
import { niceScale } from './scale';
import { drawn } from './svg';
import { fitted, textWidth } from './width';
import { figureWords } from './words';

/** Each arm's accuracy over its training time; the arms that no other beats in both are joined. */
export function timeFigure(comparison: Comparison, { width, height, theme, locale }: FigureInput): Figure {
  const words = figureWords[locale].time;
  const points = comparison.arms.flatMap((arm) => (arm.trainMs === null || arm.validation.mean === null ? [] : [{ arm, name: armLabel(comparison, arm.key, locale), x: arm.trainMs / 1000, y: arm.validation.mean * 100, style: armStyle(comparison, arm.key) }]));
  const front = comparison.time.front.flatMap((key) => points.filter(({ arm }) => arm.key === key)).sort((a, b) => a.x - b.x);
  const [xScale, yScale] = [niceScale([0, ...points.map(({ x }) => x)], 5), niceScale(points.flatMap(({ y, arm }) => [y, ...(arm.validation.interval ? [arm.validation.interval.low * 100, arm.validation.interval.high * 100].filter((end) => Math.abs(end - y) < 10) : [])]))];
  return {
    kind: 'chart', id: 'time', title: words.title, caption: words.caption, width, height,
    description: points.length === 0 ? words.none : words.says(front.map(({ name }) => drawn(name)).join(', ')),
    option: {
      ...base(theme),
      grid: grid(36, Math.min(width * 0.4, Math.max(60, ...points.map(({ name }) => textWidth(name, 11))) + 16), 12, 26),
      xAxis: valueAxis(xScale, theme, (tick) => (tick === xScale.high ? `${decimal(tick, xScale.decimals)} ${words.axis}` : decimal(tick, xScale.decimals)), false),
      yAxis: valueAxis(yScale, theme, (tick) => decimal(tick, yScale.decimals), true),
      series: [
        { ...lineSeries({ name: words.title, points: front.map(({ x, y }) => [x, y] as const), style: { series: 0, fill: 'solid', dash: [2, 3] } }, theme), showSymbol: false, z: 1 },
        ...points.flatMap(({ x, arm, style }) => (arm.validation.interval ? whiskerSeries([{ x, low: arm.validation.interval.low * 100, high: arm.validation.interval.high * 100 }], theme.marks[style.series]!) : [])),
        ...points.map(({ name, x, y, style }) => lineSeries({ name: fitted(name, width * 0.4 - 12, 11), points: [[x, y]], style, symbols: true, endLabel: true }, theme)),
      ],
    },
  };
}
