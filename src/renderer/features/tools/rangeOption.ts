import type { RangePoint, RangeReading, RangeTestSettings } from '../../../core/tuning/rangeTest';
import type { ChartTokens } from '../../charts/theme';

/** What the chart shows: raw losses first, the smoothed line over them once the test has been read, and the rates that it suggests. */
export interface RangePlot {
  readonly settings: RangeTestSettings;
  readonly points: readonly RangePoint[];
  readonly reading: RangeReading | null;
  readonly marks: readonly { readonly learningRate: number; readonly label: string }[];
}

/** A loss that has left would press all others to the floor: so much above the first one is cut off. */
const headroom = 1.6;

/** ECharts' option: loss against the rate, on a logarithmic axis. */
export function rangeOption({ settings, points, reading, marks }: RangePlot, tokens: ChartTokens, formatRate: (rate: number) => string, formatLoss: (loss: number) => string) {
  const finite = points.filter(({ loss }) => Number.isFinite(loss));
  const start = finite.slice(0, 10).map(({ loss }) => loss);
  const top = start.length === 0 ? undefined : Math.max(...start) * headroom;
  const smoothed = reading?.smoothed.map((loss, i) => [points[i]!.learningRate, loss]) ?? [];
  return {
    animation: false,
    grid: { left: 44, right: 20, top: 36, bottom: 26, outerBoundsMode: 'none' as const },
    xAxis: { type: 'log' as const, min: settings.from, max: settings.to, axisLine: { show: true, onZero: false, lineStyle: { color: tokens.base } }, splitLine: { show: false }, axisLabel: { formatter: formatRate, hideOverlap: true } },
    yAxis: { type: 'value' as const, scale: true, max: top, splitNumber: 4, axisLabel: { formatter: formatLoss } },
    series: [
      {
        type: 'line' as const, name: 'raw', silent: true, symbol: 'circle', symbolSize: 4, showSymbol: true, data: finite.map(({ learningRate, loss }) => [learningRate, loss]),
        itemStyle: { color: tokens.ink, opacity: smoothed.length > 0 ? 0.45 : 0.9 }, lineStyle: { color: tokens.ink, width: 1, opacity: 0.25 }, clip: true,
        markLine: { silent: true, symbol: 'none', lineStyle: { color: tokens.base, type: [2, 2], width: 1 }, data: marks.map(({ learningRate, label }, i) => ({ xAxis: learningRate, label: { formatter: label, position: 'end' as const, color: tokens.tick, fontSize: 11, distance: 4 + 14 * (i % 2) } })) },
      },
      { type: 'line' as const, name: 'smoothed', silent: true, showSymbol: false, data: smoothed, lineStyle: { color: tokens.marks[1]!, width: 2 }, itemStyle: { color: tokens.marks[1]! }, clip: true },
    ],
  };
}
