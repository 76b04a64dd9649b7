import { expect, it } from 'vitest';
import { chartAsSvg } from './figureCharts';
import { lineCsv, lineFigure, type LineDrawing } from './lineFile';
import type { ChartSeries } from './series';

const series: readonly ChartSeries[] = [
  { key: 'training', label: 'training', line: { x: [0.5, 1, 1.5, 2], y: [2.25, 1.5, 1.1, 0.9] }, series: 2, stroke: 'thin' },
  { key: 'validation', label: '検証 <val>', line: { x: [1, 2], y: [1.7, 1.2] }, series: 2, stroke: 'solid' },
];
const drawing: LineDrawing = {
  title: 'Loss', unit: 'cross entropy', series, marks: [{ x: 1.2, label: 'paused' }], range: [0, 3], xMax: 3, xUnit: 'epochs', log: false, rows: 3, formatTick: (value) => value.toFixed(1),
};

it('is saved at one size, with what stands around it on the screen', () => {
  const { option, theme, width, height } = lineFigure(drawing);
  const svg = chartAsSvg(option, { width, height }, theme);
  expect(svg).toMatch(/^<svg width="720" height="405"/);
  for (const text of ['Loss, cross entropy', 'training', '検証 &lt;val&gt;', '3 epochs', 'paused']) expect(svg).toContain(text);
  expect(svg.match(/stroke="#d55e00"/g)!.length).toBeGreaterThanOrEqual(2);
  // One curve needs no name beside its title's.
  expect(chartAsSvg(lineFigure({ ...drawing, series: series.slice(0, 1) }).option, { width, height }, theme)).not.toContain('training');
});

it('gives its points as CSV, those in sight and a neighbour on either side', () => {
  expect(lineCsv(drawing, 'epoch')).toBe('\uFEFFseries,epoch,value\r\ntraining,0.5,2.25\r\ntraining,1,1.5\r\ntraining,1.5,1.1\r\ntraining,2,0.9\r\nvalidation,1,1.7\r\nvalidation,2,1.2\r\n');
  expect(lineCsv({ series: series.slice(0, 1), range: [0.9, 1.1] }, 'epoch').split('\r\n')).toHaveLength(5);
});
