import type { Comparison, Interval } from '../judgement/comparison';
import { armLabel, contrastLabel } from '../tables/comparisonTables';
import { intervalText } from '../tables/table';
import { decimal, signed, type Locale } from '../text/format';
import { armStyle, type ArmStyle } from './armStyle';
import type { Drawing } from './figure';
import { niceScale, position, type Scale } from './scale';
import { armDot, element, intervalMark, label, svgElement } from './svg';
import type { FigureTheme } from './theme';
import { fitted, textWidth } from './width';
import { figureWords } from './words';

/** One row of an interval plot: percent or points. */
export interface IntervalRow {
  readonly key: string;
  readonly name: string;
  /** The levels it holds at; empty where there are none. */
  readonly at: string;
  readonly value: number | null;
  readonly interval: Interval | null;
  readonly seeds: readonly number[];
  readonly style: ArmStyle;
  /** Whether the name is that of the row above and need not be said again. */
  readonly repeats: boolean;
}

/** What the arms' intervals are over: seeds where any arm has two, else images. Never mixed. */
export const intervalKind = ({ arms }: Comparison): 'seeds' | 'images' => (arms.some(({ validation }) => validation.interval) || !arms.some(({ validation }) => validation.overImages) ? 'seeds' : 'images');

/** Arms as rows, in percent. */
export const armRows = (comparison: Comparison, locale: Locale): readonly IntervalRow[] =>
  comparison.arms.map((arm) => {
    const over = intervalKind(comparison) === 'seeds' ? arm.validation.interval : arm.validation.overImages;
    return {
      key: arm.key, name: armLabel(comparison, arm.key, locale), at: '', repeats: false, style: armStyle(comparison, arm.key),
      value: arm.validation.mean === null ? null : arm.validation.mean * 100, interval: over && { low: over.low * 100, high: over.high * 100 },
      seeds: arm.n < 2 ? [] : arm.runs.flatMap(({ last, leftOut }) => (last && leftOut === null ? [last.accuracy * 100] : [])),
    };
  });

/** Contrasts as rows, in points; an interaction in ink. */
export const contrastRows = (comparison: Comparison, locale: Locale): readonly IntervalRow[] =>
  comparison.contrasts.map((one, i, all) => {
    const { what, at } = contrastLabel(one, locale);
    return {
      key: one.id, name: what, at, repeats: i > 0 && contrastLabel(all[i - 1]!, locale).what === what,
      style: one.kind === 'simple' ? armStyle(comparison, one.arm) : { series: 0, fill: 'solid', dash: null },
      value: one.differencePoints, interval: one.adjustedIntervalPoints ?? one.intervalPoints, seeds: [],
    };
  });

/** The axis that all rows share; `withZero` for differences. */
export function rowScale(rows: readonly IntervalRow[], withZero: boolean, margin = 0): Scale {
  // An interval far wider than the differences (two seeds) is cut at the edge rather than hiding them.
  const values = rows.flatMap(({ value, seeds }) => [...(value === null ? [] : [value]), ...seeds]);
  const spread = Math.max(1, Math.max(...values, withZero ? 0 : -Infinity) - Math.min(...values, withZero ? 0 : Infinity));
  const centre = values.length === 0 ? 0 : (Math.max(...values) + Math.min(...values)) / 2;
  const ends = rows.flatMap(({ interval }) => (interval === null ? [] : [Math.max(interval.low, centre - 1.5 * spread), Math.min(interval.high, centre + 1.5 * spread)]));
  return niceScale([...values, ...ends, ...(withZero ? [0, -margin, margin] : [])]);
}

/** Room beside the axis' ends for half of a tick's words. */
const pad = 14;

/** The marks of one row over a shared scale, for a table's cell: an SVG without words. */
export function rowMark(row: IntervalRow, scale: Scale, theme: FigureTheme, of: { readonly width: number; readonly height?: number; readonly marginPoints?: number }): string {
  const height = of.height ?? 22;
  const marks = plotMarks(row, scale, theme, pad, of.width - pad, height / 2);
  const behind = of.marginPoints === undefined ? gridLines(scale, theme, pad, of.width - pad, 0, height) : zero(scale, theme, pad, of.width - pad, 0, height, of.marginPoints);
  return element('svg', { xmlns: 'http://www.w3.org/2000/svg', width: of.width, height, viewBox: `0 0 ${of.width} ${height}`, 'aria-hidden': 'true' }, behind + marks);
}

/** The axis' words for the head of that column. */
export function rowAxis(scale: Scale, theme: FigureTheme, width: number, withSign: boolean): string {
  const height = 16;
  return element('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' }, tickLabels(scale, theme, pad, width - pad, 12, withSign));
}

function plotMarks({ value, interval, seeds, style }: IntervalRow, scale: Scale, theme: FigureTheme, from: number, to: number, y: number): string {
  if (value === null) return '';
  const at = (one: number) => position(Math.min(scale.high, Math.max(scale.low, one)), scale, from, to);
  const cut = interval === null ? '' : [interval.low < scale.low ? arrow(from, -1, y, style, theme) : '', interval.high > scale.high ? arrow(to, 1, y, style, theme) : ''].join('');
  return intervalMark({ estimate: at(value), low: interval && at(interval.low), high: interval && at(interval.high), seeds: seeds.map(at), y }, style, theme) + cut;
}

/** The interval goes on beyond the edge. */
const arrow = (x: number, side: -1 | 1, y: number, { series }: ArmStyle, theme: FigureTheme) =>
  element('path', { d: `M${x} ${y - 3.5}L${x + 5 * side} ${y}L${x} ${y + 3.5}z`, fill: theme.marks[series]! });

const gridLines = ({ ticks, ...scale }: Scale, theme: FigureTheme, from: number, to: number, top: number, bottom: number) =>
  ticks.map((tick) => element('line', { x1: position(tick, scale, from, to), x2: position(tick, scale, from, to), y1: top, y2: bottom, stroke: theme.grid })).join('');

function zero(scale: Scale, theme: FigureTheme, from: number, to: number, top: number, bottom: number, marginPoints: number): string {
  const [low, high] = [-marginPoints, marginPoints].map((one) => position(one, scale, from, to)) as [number, number];
  const at = position(0, scale, from, to);
  return element('rect', { x: low, y: top, width: high - low, height: bottom - top, fill: theme.margin }) + element('line', { x1: at, x2: at, y1: top, y2: bottom, stroke: theme.base });
}

const tickLabels = (scale: Scale, theme: FigureTheme, from: number, to: number, y: number, withSign: boolean) =>
  scale.ticks.map((tick) => label(withSign ? signed(tick, scale.decimals) : decimal(tick, scale.decimals), {
    x: position(tick, scale, from, to), y, fill: theme.tick, size: 11, anchor: 'middle',
  })).join('');

interface PlotInput { readonly width: number; readonly theme: FigureTheme; readonly locale: Locale }

/** Every arm's value with its interval and its seeds. */
export function armsDrawing(comparison: Comparison, { width, theme, locale }: PlotInput): Drawing {
  const words = figureWords[locale].arms;
  const rows = armRows(comparison, locale);
  const said = rows.flatMap(({ name, value, interval }, i) => (value === null ? [] : [words.row(name, decimal(value, 2), interval && intervalText(interval, locale), comparison.arms[i]!.n)]));
  return {
    kind: 'drawing', id: 'arms', title: words.title, caption: intervalKind(comparison) === 'images' ? words.captionWilson : words.caption,
    ...plot(rows, rowScale(rows, false), { width, theme, locale, title: words.title, description: words.says(said.join(' ')), marginPoints: null, dots: true }),
  };
}

/** Every primary contrast with its interval, the margin shaded. */
export function effectsDrawing(comparison: Comparison, { width, theme, locale }: PlotInput): Drawing {
  const words = figureWords[locale].effects;
  const rows = contrastRows(comparison, locale);
  const said = rows.flatMap(({ name, at, value, interval }) => (value === null ? [] : [words.row(name, at, signed(value), interval && intervalText(interval, locale, 2, true))]));
  return {
    kind: 'drawing', id: 'effects', title: words.title, caption: words.caption(decimal(comparison.marginPoints, 2)),
    ...plot(rows, rowScale(rows, true, comparison.marginPoints), { width, theme, locale, title: words.title, description: said.length === 0 ? words.none : words.says(said.join(' ')), marginPoints: comparison.marginPoints, dots: false }),
  };
}

function plot(rows: readonly IntervalRow[], scale: Scale, of: PlotInput & { readonly title: string; readonly description: string; readonly marginPoints: number | null; readonly dots: boolean }) {
  const { theme, width, marginPoints, dots } = of;
  const [rowHeight, top] = [24, 24];
  const height = top + rows.length * rowHeight + 4;
  const indent = dots ? 14 : 0;
  const nameWidth = Math.min(width * 0.44, Math.max(0, ...rows.map(({ name }) => textWidth(name))) + 8);
  const atWidth = rows.some(({ at }) => at !== '') ? Math.min(width * 0.24, Math.max(...rows.map(({ at }) => textWidth(at))) + 16) : 0;
  const [from, to] = [indent + nameWidth + atWidth + 16, width - 60];
  const behind = marginPoints === null ? gridLines(scale, theme, from, to, top, height - 4) : zero(scale, theme, from, to, top, height - 4, marginPoints);
  const drawn = rows.map((row, i) => {
    const y = top + (i + 0.5) * rowHeight;
    const words = [
      dots ? armDot(6, y, row.style, theme) : '',
      row.repeats ? '' : label(fitted(row.name, nameWidth), { x: indent, y: y + 4, fill: theme.ink }),
      row.at === '' ? '' : label(fitted(row.at, atWidth - 8), { x: indent + nameWidth + 8, y: y + 4, fill: theme.inkSoft }),
      label(row.value === null ? '–' : marginPoints === null ? decimal(row.value, 2) : signed(row.value), { x: width - 4, y: y + 4, fill: theme.ink, anchor: 'end' }),
    ];
    return words.join('') + plotMarks(row, scale, theme, from, to, y);
  });
  const { description } = of;
  return { width, height, description, svg: svgElement(behind + tickLabels(scale, theme, from, to, 14, marginPoints !== null) + drawn.join('\n'), { width, height, description, font: theme.font }) };
}
