import { decimate, within } from './decimate';
import { logAxis } from './logAxis';
import { markLabels } from './markLabels';
import type { ChartMark, ChartSeries } from './series';
import type { ChartTokens } from './theme';

/** Pixels around the plot. The right side leaves room for the words at the lines' ends, which labels.ts places. */
export const margins = { left: 44, right: 76, top: 8, bottom: 8, bottomWithAxis: 24 } as const;

export interface OptionInput {
  readonly series: readonly ChartSeries[];
  readonly marks: readonly ChartMark[];
  readonly range: readonly [number, number];
  readonly xMax: number;
  readonly xUnit: string;
  readonly showX: boolean;
  readonly log: boolean;
  readonly yMin?: number;
  readonly yMax?: number;
  readonly rows: number;
  readonly formatTick: (value: number) => string;
  readonly width: number;
}

/** One whole ECharts option: the charts are redrawn from data, never patched. */
export function chartOption(input: OptionInput, tokens: ChartTokens) {
  const { range, showX, log } = input;
  const buckets = Math.max(50, Math.floor(input.width - margins.left - margins.right));
  // A logarithm has no place for what is not positive.
  const drawn = input.series.map(({ line }) => decimate(within(line, range), buckets).filter(([, y]) => !log || y > 0));
  // A rate that is to fall to zero would leave the recorded one a line at the top.
  const recorded = drawn.filter((_, i) => input.series[i]!.stroke !== 'faint');
  const logarithm = log ? logAxis(recorded.flatMap((points) => points.map(([, y]) => y)), input.rows + 1) : null;
  const texts = markLabels(input.marks, range, buckets);
  return {
    animation: false,
    grid: { left: margins.left, right: margins.right, top: margins.top, bottom: showX ? margins.bottomWithAxis : margins.bottom, outerBoundsMode: 'none' as const },
    xAxis: {
      type: 'value' as const,
      min: range[0],
      max: range[1],
      splitNumber: 6,
      axisLine: { show: true, onZero: false, lineStyle: { color: tokens.base } },
      axisLabel: {
        show: showX,
        hideOverlap: true,
        formatter: (value: number) => (value === input.xMax ? `${value.toLocaleString('en-US')} ${input.xUnit}` : Number.isInteger(value) || range[1] - range[0] < 5 ? String(Number(value.toFixed(2))) : ''),
      },
    },
    yAxis: {
      type: log ? ('log' as const) : ('value' as const),
      scale: true,
      min: logarithm ? logarithm.low : input.yMin,
      max: logarithm ? logarithm.high : input.yMax,
      splitNumber: input.rows,
      axisTick: { customValues: logarithm?.ticks },
      axisLabel: { formatter: input.formatTick, showMinLabel: true, customValues: logarithm?.ticks },
    },
    series: input.series.map((one, i) => {
      const points = drawn[i]!;
      const color = one.stroke === 'faint' ? tokens.faint : one.series === 'ink' ? tokens.ink : tokens.marks[one.series]!;
      return {
        type: 'line' as const,
        name: one.label,
        silent: true,
        showSymbol: one.line.x.length === 1,
        symbolSize: 5,
        symbol: 'circle',
        z: one.background ? 1 : 2,
        data: points,
        itemStyle: { color },
        lineStyle: { color, width: one.stroke === 'thin' ? 1 : 1.5, type: one.stroke === 'dashed' ? [5, 3] : ('solid' as const), opacity: one.stroke === 'thin' ? 0.45 : 1 },
        markLine: i > 0 || input.marks.length === 0 ? undefined : {
          silent: true,
          symbol: 'none',
          lineStyle: { color: tokens.base, type: [2, 2], width: 1 },
          data: input.marks.map((mark, at) => ({ xAxis: mark.x, label: { formatter: texts[at], position: 'insideEndTop', rotate: 0, align: 'left', distance: [4, -12], color: tokens.tick, fontSize: 11 } })),
        },
      };
    }),
  };
}
