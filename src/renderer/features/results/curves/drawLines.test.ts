import { expect, it } from 'vitest';
import { visible } from '../../../charts/decimate';
import { drawLines, type PaintedLine } from './drawLines';

const none = new Float64Array();
const painted = (x: Float64Array, y: Float64Array, more: Partial<PaintedLine> = {}): PaintedLine => ({ x, y, colour: '#000', width: 1, opacity: 1, dash: [], band: { x: none, low: none, high: none }, bandOpacity: 0.1, ...more });

/** The canvas is the outermost edge: here it keeps the points of each path, and whether it was stroked or filled. */
function recorder() {
  const paths: { how: string; points: [number, number][] }[] = [];
  let points: [number, number][] = [];
  return {
    paths,
    context: {
      beginPath: () => { points = []; }, moveTo: () => undefined, lineTo: (x: number, y: number) => { points.push([x, y]); }, closePath: () => undefined, arc: (x: number, y: number) => { points.push([x, y]); }, setLineDash: () => undefined,
      stroke: () => { paths.push({ how: 'stroke', points }); }, fill: () => { paths.push({ how: 'fill', points }); },
      strokeStyle: '', fillStyle: '', lineWidth: 1, globalAlpha: 1, lineJoin: 'bevel' as const,
    },
  };
}

it('paints every spike of a hundred runs of a thousand points, in whole and in part', () => {
  const steps = Float64Array.from({ length: 1000 }, (_, i) => i + 1);
  const lines = Array.from({ length: 100 }, (_, run) => painted(steps, Float64Array.from(steps, (step) => (step === 500 + run ? 90 : 40 + run / 10))));
  for (const [from, to] of [[0, 1000], [480, 620]] as const) {
    const { context, paths } = recorder();
    drawLines(context, lines, { from, to, low: 0, high: 100 }, 200, 100);
    expect(paths).toHaveLength(100);
    for (const [run, { points }] of paths.entries()) {
      expect(points.length).toBeLessThanOrEqual(402);
      const spike = points.find(([, y]) => Math.abs(y - 10) < 1e-9);
      expect(spike?.[0]).toBeCloseTo(((500 + run - from) / (to - from)) * 200, 9);
    }
  }
});

it('a line goes on beyond the edges of what is shown; a band and a lone point are painted too', () => {
  const x = Float64Array.of(0, 10, 20, 30, 40);
  expect(visible(x, 12, 28)).toEqual([1, 4]);
  expect(visible(x, 10, 30)).toEqual([0, 5]);
  expect(visible(x, 50, 60)).toEqual([4, 5]);
  expect(visible(none, 0, 1)).toEqual([0, 0]);
  const { context, paths } = recorder();
  drawLines(context, [painted(Float64Array.of(5), Float64Array.of(50)), painted(x, x, { band: { x, low: x, high: x.map((at) => at + 5) } })], { from: 0, to: 40, low: 0, high: 100 }, 40, 100);
  expect(paths.map(({ how }) => how)).toEqual(['fill', 'fill', 'stroke']);
  expect(paths[0]!.points).toHaveLength(10);
  expect(paths[1]!.points).toEqual([[5, 50]]);
});
