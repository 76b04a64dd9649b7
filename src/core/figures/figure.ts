interface Shown {
  readonly id: FigureId;
  readonly title: string;
  /** Unit, and what bars and bands mean. */
  readonly caption: string;
  /** What it shows in a sentence, for those who do not see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
}

/** A chart that ECharts draws, on a canvas in the window and as SVG in a report. Nothing of ECharts is imported here. */
export interface Figure extends Shown {
  readonly kind: 'chart';
  /** One whole option for `setOption(option, { notMerge: true })`; needs the grid, line, scatter and custom parts. */
  readonly option: Readonly<Record<string, unknown>>;
}

/** A chart of few marks, as an SVG element ready to be placed. */
export interface Drawing extends Shown {
  readonly kind: 'drawing';
  readonly svg: string;
}

export const figureIds = ['arms', 'effects', 'interaction', 'curves', 'learning', 'time'] as const;
/** Need predictions. */
export const predictionFigureIds = ['confusion', 'reliability'] as const;
export type FigureId = (typeof figureIds)[number] | (typeof predictionFigureIds)[number];
