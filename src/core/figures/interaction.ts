import type { Comparison } from '../judgement/comparison';
import { armLabel } from '../tables/comparisonTables';
import { decimal } from '../text/format';
import { armName, fieldName, levelName } from '../text/names';
import { armStyle, levelAt } from './armStyle';
import { base, grid, lineSeries, valueAxis, whiskerSeries } from './charts';
import type { FigureInput } from './curves';
import type { Figure } from './figure';
import { niceScale } from './scale';
import { drawn } from './svg';
import { fitted, textWidth } from './width';
import { figureWords } from './words';

/**
 * A line for each level of the first factor over the levels of the second, the others at their first level. Null where there is no second
 * factor, or fewer than two lines of two points.
 */
export function interactionFigure(comparison: Comparison, { width, height, theme, locale }: FigureInput): Figure | null {
  const words = figureWords[locale].interaction;
  const [first, second, ...others] = comparison.factors;
  if (!first || !second) return null;
  const plane = comparison.arms.filter((arm) => others.every(({ field, levels }) => levelAt(levels, arm.levels[field]) === 0) && arm.validation.mean !== null);
  const lines = first.levels.map((level, at) => ({
    name: levelName(first.field, level, locale),
    points: plane.filter((arm) => levelAt(first.levels, arm.levels[first.field]) === at)
      .map((arm) => ({ arm, x: levelAt(second.levels, arm.levels[second.field]), y: arm.validation.mean! * 100, interval: arm.validation.interval, style: armStyle(comparison, arm.key) }))
      .sort((a, b) => a.x - b.x),
  })).filter(({ points }) => points.length > 0);
  if (lines.filter(({ points }) => points.length > 1).length < 2) return null;
  const scale = niceScale(lines.flatMap(({ points }) => points.flatMap(({ y, interval }) => [y, ...(interval ? [interval.low * 100, interval.high * 100].filter((end) => Math.abs(end - y) < 10) : [])])));
  const rightSpace = Math.min(width * 0.56, Math.max(...lines.map(({ name }) => textWidth(name, 11))) + 16);
  const held = others.length === 0 ? '' : `; ${words.at(armName(Object.fromEntries(others.map(({ field, levels }) => [field, levels[0]!])), locale))}`;
  return {
    kind: 'chart', id: 'interaction', title: words.title, caption: words.caption + held, description: words.says(fieldName(first.field, locale), fieldName(second.field, locale)), width, height,
    option: {
      ...base(theme),
      grid: grid(36, rightSpace, 10, 26),
      xAxis: {
        type: 'value', min: -0.25, max: second.levels.length - 1 + 0.1, interval: 1, axisTick: { show: false }, splitLine: { show: false }, axisLine: { show: true, onZero: false, lineStyle: { color: theme.base } },
        axisLabel: { show: false },
      },
      yAxis: valueAxis(scale, theme, (tick) => decimal(tick, scale.decimals), true),
      series: [
        ...lines.flatMap(({ points }) => points.flatMap(({ x, interval, style }) => (interval ? whiskerSeries([{ x, low: interval.low * 100, high: interval.high * 100 }], theme.marks[style.series]!) : []))),
        ...lines.flatMap(({ name, points }) => {
          const style = { ...points[0]!.style, fill: 'solid', dash: null } as const;
          const line = lineSeries({ name: fitted(name, rightSpace - 14, 11), points: points.map(({ x, y }) => [x, y] as const), style, endLabel: true }, theme);
          return [line, ...points.map((point) => ({ ...lineSeries({ name: armLabel(comparison, point.arm.key, locale), points: [[point.x, point.y]], style: point.style, symbols: true }, theme), z: 4 }))];
        }),
        // The levels' names stand under the axis: a value axis has numbers only, and a category axis no room beside its ends.
        { type: 'custom', silent: true, clip: false, animation: false, data: second.levels.map((_, i) => [i, scale.low]), renderItem: (params: { dataIndex: number }, api: { coord(at: readonly number[]): [number, number] }) => {
          const [x, y] = api.coord([params.dataIndex, scale.low]);
          return { type: 'text', silent: true, style: { text: drawn(levelName(second.field, second.levels[params.dataIndex]!, locale)), x, y: y + 8, align: 'center', verticalAlign: 'top', fill: theme.tick, fontSize: 11, fontFamily: theme.font } };
        } },
      ],
    },
  };
}
