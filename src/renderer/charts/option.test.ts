import { describe, expect, it } from 'vitest';
import { logAxis } from './logAxis';
import { chartOption, type OptionInput } from './option';
import type { ChartTokens } from './theme';

const tokens: ChartTokens = { ink: '#111', tick: '#222', grid: '#333', base: '#444', faint: '#555', font: 'x', marks: ['#1', '#2', '#3', '#4', '#5', '#6', '#7'] };
const steps = 100_000;
const spikeAt = 61_803;
const x = Float64Array.from({ length: steps }, (_, i) => i + 1);
const y = Float64Array.from(x, (step) => 2.3 / (1 + step / 5000) + 0.05 * Math.sin(step * 12.9898) + (step === spikeAt ? 40 : 0));
const input: OptionInput = { series: [{ key: 'training', label: 'training', line: { x, y }, series: 1, stroke: 'thin' }], marks: [], range: [0, steps], xMax: steps, xUnit: 'steps', showX: true, log: false, rows: 3, formatTick: String, width: 620 };
const drawn = (change: Partial<OptionInput> = {}) => chartOption({ ...input, ...change }, tokens).series[0]!.data;

describe('a spike of one step among 100,000', () => {
  it('is drawn at every zoom that has it in view, and nothing is drawn that was not recorded', () => {
    for (const half of [50_000, 20_000, 5_000, 1_000, 100, 10]) {
      const range = [Math.max(0, spikeAt - half), Math.min(steps, spikeAt + half)] as const;
      for (const log of [false, true]) {
        const points = drawn({ range, log });
        expect(points, `±${half}, log ${log}`).toContainEqual([spikeAt, y[spikeAt - 1]]);
        expect(points.every(([at, value]) => y[at - 1] === value)).toBe(true);
        expect(points.length).toBeLessThanOrEqual(2 * 500 + 1);
      }
    }
    expect(Math.max(...drawn({ range: [0, spikeAt - 10] }).map(([, value]) => value))).toBeLessThan(3);
  });
  it('zooming in shows what the whole view had no pixel for: every step, once there are few', () => {
    const points = drawn({ range: [40_000, 40_100] });
    expect(points.filter(([at]) => at >= 40_000 && at <= 40_100).map(([at]) => at)).toEqual(Array.from({ length: 101 }, (_, i) => 40_000 + i));
  });
});

describe('a logarithmic axis', () => {
  it('ends where the values do, with ticks that are read off', () => {
    expect(logAxis([0.31, 2.1])?.ticks).toEqual([0.5, 1, 2]);
    expect(logAxis([0.0004, 0.1])?.ticks).toEqual([0.001, 0.003, 0.01, 0.03, 0.1]);
    expect(logAxis([0.003, 0.1], 3)?.ticks).toEqual([0.01, 0.1]);
    expect(logAxis([0.012, 0.1], 3)?.ticks).toEqual([0.02, 0.05, 0.1]);
    const { low, high } = logAxis([0.31, 2.1])!;
    expect([low > 0.28 && low < 0.31, high > 2.1 && high < 2.4]).toEqual([true, true]);
  });
  it('stands for one value, a narrow range and a dozen decades as well, and for none it is not', () => {
    for (const values of [[0.7], [0.701, 0.712], [1e-9, 1e3], [3, 3, 3]]) {
      const axis = logAxis(values)!;
      expect(axis.ticks.length, String(values)).toBeGreaterThan(1);
      expect(axis.ticks.length).toBeLessThanOrEqual(5);
      expect(axis.ticks.every((tick) => tick >= axis.low && tick <= axis.high)).toBe(true);
    }
    expect([logAxis([]), logAxis([0, -1])]).toEqual([null, null]);
  });
  it('leaves out what is not positive, and keeps the ends of what is drawn', () => {
    const { yAxis, series } = chartOption({ ...input, log: true, series: [{ ...input.series[0]!, line: { x: [1, 2, 3], y: [0, 1, 2] } }] , range: [0, 3], xMax: 3 }, tokens);
    expect(series[0]!.data).toEqual([[2, 1], [3, 2]]);
    expect(yAxis).toMatchObject({ type: 'log' });
    expect([yAxis.min! < 1, yAxis.max! > 2]).toEqual([true, true]);
  });
});
