import { decimal } from '../text/format';
import type { ArmStyle } from './armStyle';
import { base, grid, lineSeries, valueAxis, whiskerSeries } from './charts';
import type { FigureInput } from './curves';
import type { Figure } from './figure';
import { figureWords } from './words';

/** Bins of equal width over the confidence; empty ones may be left out. Fractions from 0 to 1. Bins of one network have an interval of their accuracy. */
export interface Reliability {
  readonly bins: readonly { readonly images: number; readonly confidence: number; readonly accuracy: number; readonly low?: number; readonly high?: number }[];
  readonly expectedCalibrationError: number;
  /** Of the arm; blue where none is given. */
  readonly style?: ArmStyle;
}

/** Accuracy over confidence; below the diagonal a network claims more than it knows. */
export function reliabilityFigure({ bins, expectedCalibrationError, style = { series: 1, fill: 'solid', dash: null } }: Reliability, { width, height, theme, locale }: FigureInput): Figure {
  const words = figureWords[locale].reliability;
  const filled = bins.filter(({ images }) => images > 0);
  const images = filled.reduce((total, one) => total + one.images, 0);
  const scale = { low: 0, high: 100, ticks: [0, 20, 40, 60, 80, 100], decimals: 0 };
  const points = filled.map(({ confidence, accuracy }) => [confidence * 100, accuracy * 100] as const);
  return {
    kind: 'chart', id: 'reliability', title: words.title, caption: words.caption, description: words.says(decimal(expectedCalibrationError * 100, 2)), width, height,
    option: {
      ...base(theme),
      grid: grid(36, 28, 10, 26),
      xAxis: valueAxis(scale, theme, (tick) => decimal(tick, 0), false),
      yAxis: valueAxis(scale, theme, (tick) => decimal(tick, 0), true),
      series: [
        { ...lineSeries({ name: '', points: [[0, 0], [100, 100]], style: { series: 0, fill: 'solid', dash: [4, 3] } }, theme), z: 1, lineStyle: { color: theme.base, width: 1.5 } },
        ...filled.flatMap(({ confidence, accuracy, low, high }) => whiskerSeries([low === undefined || high === undefined
          ? { x: confidence * 100, low: Math.min(confidence, accuracy) * 100, high: Math.max(confidence, accuracy) * 100 } : { x: confidence * 100, low: low * 100, high: high * 100 }], low === undefined ? theme.base : theme.marks[style.series]!)),
        lineSeries({ name: words.title, points, style }, theme),
        ...filled.map((bin, i) => ({ ...lineSeries({ name: words.title, points: [points[i]!], style, symbols: true }, theme), symbolSize: 4 + 16 * Math.sqrt(bin.images / Math.max(1, images)), z: 4 })),
      ],
    },
  };
}
