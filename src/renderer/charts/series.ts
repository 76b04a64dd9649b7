import type { Line } from './decimate';

/** One curve. Colour is the arm (`series`, or ink), the line's style is the split. */
export interface ChartSeries {
  readonly key: string;
  readonly label: string;
  readonly line: Line;
  readonly series: number | 'ink';
  /** solid: validation; dashed: training; thin: a point a step, unsmoothed; faint: what is still to come. */
  readonly stroke: 'solid' | 'dashed' | 'thin' | 'faint';
  /** Behind the others, without a label or a reading. */
  readonly background?: boolean;
}

/** A moment worth a vertical line, such as a pause. */
export interface ChartMark {
  readonly x: number;
  readonly label: string;
}
