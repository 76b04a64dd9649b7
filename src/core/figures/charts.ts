import type { ArmStyle } from './armStyle';
import type { Scale } from './scale';
import { drawn } from './svg';
import type { FigureTheme } from './theme';

/** What a custom series' `renderItem` gets of ECharts, as far as it is used here. */
interface Api {
  coord(value: readonly [number, number]): [number, number];
}

const custom = (at: readonly [number, number], z: number, axis: number, renderItem: (api: Api) => object) => ({
  type: 'custom', silent: true, z, xAxisIndex: axis, yAxisIndex: axis, clip: false, animation: false, data: [[...at]], renderItem: (_: unknown, api: Api) => renderItem(api),
});

/** A band from low to high, as a polygon: stacked areas break where values are negative. */
export function bandSeries(points: readonly { readonly x: number; readonly low: number; readonly high: number }[], colour: string, opacity: number, axis = 0) {
  if (points.length < 2 || points.every(({ low, high }) => low === high)) return [];
  return [custom([points[0]!.x, points[0]!.low], 1, axis, (api) => ({
    type: 'polygon',
    shape: { points: [...points.map(({ x, high }) => api.coord([x, high])), ...[...points].reverse().map(({ x, low }) => api.coord([x, low]))] },
    style: { fill: colour, opacity },
    silent: true,
  }))];
}

/** Upright bars from low to high. */
export const whiskerSeries = (points: readonly { readonly x: number; readonly low: number; readonly high: number }[], colour: string, axis = 0) =>
  points.map(({ x, low, high }) => custom([x, low], 2, axis, (api) => {
    const [[x1, y1], [x2, y2]] = [api.coord([x, low]), api.coord([x, high])];
    return { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: 2, opacity: 0.6 }, silent: true };
  }));

export interface LineInput {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
  readonly style: ArmStyle;
  readonly dash?: readonly number[] | null;
  /** Words at the line's end. */
  readonly endLabel?: boolean;
  readonly symbols?: boolean;
  readonly axis?: number;
}

export function lineSeries({ name, points, style, dash = style.dash, endLabel = false, symbols = false, axis = 0 }: LineInput, theme: FigureTheme) {
  const colour = theme.marks[style.series]!;
  return {
    type: 'line', name: drawn(name), silent: true, clip: false, z: 3, xAxisIndex: axis, yAxisIndex: axis, data: points.map((point) => [...point]), showSymbol: symbols || points.length === 1, symbol: 'circle', symbolSize: symbols ? 8 : 5,
    itemStyle: { color: symbols && style.fill === 'hollow' ? theme.surface : colour, borderColor: colour, borderWidth: symbols ? 1.75 : 0 },
    lineStyle: { color: colour, width: 1.5, type: dash === null ? 'solid' : [...dash] },
    endLabel: { show: endLabel, formatter: drawn(name), color: theme.texts[style.series]!, fontSize: 11, distance: 8 },
    labelLayout: { moveOverlap: 'shiftY', hideOverlap: false },
    emphasis: { disabled: true },
  };
}

const axisWords = (theme: FigureTheme) => ({ color: theme.tick, fontSize: 11, fontFamily: theme.font });

/** A value axis with exactly the scale's ticks. */
export const valueAxis = (scale: Scale, theme: FigureTheme, format: (tick: number) => string, grid: boolean, gridIndex = 0) => ({
  type: 'value', gridIndex, min: scale.low, max: scale.high, interval: scale.ticks.length > 1 ? scale.ticks[1]! - scale.ticks[0]! : 1,
  axisLine: { show: !grid, onZero: false, lineStyle: { color: theme.base } }, axisTick: { show: false }, splitLine: { show: grid, lineStyle: { color: theme.grid } },
  axisLabel: { ...axisWords(theme), formatter: format, hideOverlap: true },
});

/** From epoch 1 (or any whole number) on; the last tick carries the unit. */
export const epochAxis = (last: number, theme: FigureTheme, unit: (last: number) => string, gridIndex = 0) => ({
  type: 'value', gridIndex, min: Math.min(1, last), max: Math.max(2, last), 
  axisLine: { show: true, onZero: false, lineStyle: { color: theme.base } }, axisTick: { show: false }, splitLine: { show: false },
  axisLabel: { ...axisWords(theme), customValues: epochTicks(last), formatter: (value: number) => (value === last ? unit(last) : String(value)) },
});

/** 1, then round epochs, then the last. */
function epochTicks(last: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find((one) => last / one <= 5) ?? 10_000;
  const round = Array.from({ length: Math.floor(last / step) }, (_, i) => (i + 1) * step).filter((epoch) => epoch > 1 && last - epoch >= step * 0.6);
  return [...new Set([Math.min(1, last), ...round, last])];
}

export const grid = (left: number, right: number, top: number, bottom: number) => ({ left, right, top, bottom, outerBoundsMode: 'none' });

export const base = (theme: FigureTheme) => ({ animation: false, backgroundColor: 'transparent', textStyle: { fontFamily: theme.font, color: theme.inkSoft } });
