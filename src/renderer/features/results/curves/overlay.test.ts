import { describe, expect, it } from 'vitest';
import { lightTheme } from '../../../../core/figures/theme';
import { overlayFigure, xScaleOf, type OverlayLine } from './overlay';

const points = 1000;
const line = (run: number): OverlayLine => ({
  key: `run-${run}`, name: `run ${run}`, look: { series: run % 7, hollow: false }, band: [],
  line: { x: Float64Array.from({ length: points }, (_, i) => i + 1), y: Float64Array.from({ length: points }, (_, i) => 40 + run / 10 + (i === 500 ? 30 : 0)) },
});
const words = { title: 'Accuracy %', caption: '', description: 'lines', unit: 'steps' };
type Series = { data: [number, number][] };

describe('overlayFigure', () => {
  it('draws a hundred runs of a thousand points, thinned, with every spike', () => {
    const { option } = overlayFigure(Array.from({ length: 100 }, (_, run) => line(run)), words, { width: 400, height: 300, theme: lightTheme, locale: 'en' });
    const series = option.series as Series[];
    expect(series).toHaveLength(100);
    for (const [run, { data }] of series.entries()) {
      expect(data.length).toBeLessThan(points);
      expect(Math.max(...data.map(([, y]) => y))).toBeCloseTo(70 + run / 10, 9);
      expect(data.at(-1)![0]).toBe(points);
    }
  });
  it('stands on no line', () => {
    expect(xScaleOf([]).high).toBe(1);
    expect((overlayFigure([], words, { width: 400, height: 300, theme: lightTheme, locale: 'en' }).option.series as Series[])).toEqual([]);
  });
});
