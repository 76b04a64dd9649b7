import { lightTheme } from '../../core/figures';
import { toCsv } from '../../core/tables/csv';
import { number, text } from '../../core/tables/table';
import { within } from './decimate';
import { fileSize } from './fileSize';
import { chartOption, margins, type OptionInput } from './option';
import type { ChartSeries } from './series';
import { echartsTheme, type ChartTokens } from './theme';

/** A chart of curves as it is shown, to be saved. */
export interface LineDrawing extends Omit<OptionInput, 'showX' | 'width'> {
  readonly title: string;
  readonly unit: string;
}

/** As papers want it, whatever the window's theme is. */
const light: ChartTokens = { ink: lightTheme.ink, tick: lightTheme.tick, grid: lightTheme.grid, base: lightTheme.base, faint: lightTheme.base, font: lightTheme.font, marks: lightTheme.marks };
const headHeight = 26;
const namesWidth = 110;
/** The last tick with its unit. */
const unitWidth = 40;
/** Fewer are for the low charts of the screen. */
const leastRows = 4;
const isNamed = ({ background, stroke }: ChartSeries) => background !== true && stroke !== 'faint';

/** The chart at the size of files with its title, its x axis and a name at the end of each curve: what stands around it on the screen. */
export function lineFigure(drawing: LineDrawing) {
  const named = drawing.series.filter(isNamed);
  const right = named.length > 1 ? namesWidth : unitWidth;
  const option = chartOption({ ...drawing, showX: true, rows: Math.max(leastRows, drawing.rows), width: fileSize.width - right + margins.right }, light);
  return {
    ...fileSize, theme: echartsTheme(light),
    option: {
      ...option,
      backgroundColor: lightTheme.surface,
      title: { text: drawing.unit ? `${drawing.title}, ${drawing.unit}` : drawing.title, left: margins.left, top: 4, padding: 0, textStyle: { color: light.ink, fontFamily: light.font, fontSize: 13, fontWeight: 500 } },
      grid: { ...option.grid, top: margins.top + headHeight, right },
      series: option.series.map((one, i) => (named.length > 1 && isNamed(drawing.series[i]!)
        ? { ...one, endLabel: { show: true, formatter: one.name, color: one.lineStyle.color, fontFamily: light.font, fontSize: 11, distance: 6 }, labelLayout: { moveOverlap: 'shiftY' } }
        : one)),
    },
  };
}

/** Every recorded point of the curves in sight, a row each: all digits, nothing smoothed away that is shown raw. @param xName of x, as the file calls it */
export const lineCsv = ({ series, range }: Pick<LineDrawing, 'series' | 'range'>, xName: string): string => toCsv({
  columns: [text('series', 'series'), number('x', xName), number('y', 'value')],
  rows: series.flatMap(({ key, line }) => { const { x, y } = within(line, range); return Array.from({ length: Math.min(x.length, y.length) }, (_, i) => [key, x[i]!, y[i]!] as const); }),
});
