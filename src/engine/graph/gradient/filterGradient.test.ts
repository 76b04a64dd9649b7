import { describe, expect, it } from 'vitest';
import { CounterRandom } from '../../../core/random/philox';
import { evaluateGraph } from '../../testing/runGraph';
import type { Graph, Value } from '../graph';
import { cast, conv2d, multiply, sum, type WindowSpec } from '../ops';
import { differentiate } from './differentiate';

/** The filter's gradient in both precisions, from numbers that bfloat16 holds exactly. */
async function both(window: WindowSpec, [height, width]: readonly [number, number], channels: number) {
  const random = new CounterRandom(6, 'filter gradient');
  const eighths = (count: number) => Float32Array.from({ length: count }, () => (random.integer(17) - 8) / 8);
  const inputs = [
    { shape: [2, height, width, channels], declared: [-1, height, width, channels], values: eighths(2 * height * width * channels) },
    { shape: [window.size, window.size, channels, channels], values: eighths(window.size ** 2 * channels ** 2) },
  ];
  const ops: string[][] = [];
  const gradient = (graph: Graph, [x, filter]: Value[], dtype: 'float32' | 'bfloat16') => {
    const before = graph.nodes.length;
    const y = conv2d(graph, cast(graph, x!, dtype), cast(graph, filter!, dtype), window, 'native');
    const maps = cast(graph, y, 'float32');
    const result = differentiate(graph, sum(graph, multiply(graph, maps, maps), [0, 1, 2, 3]), [filter!])[0]!;
    ops.push(graph.nodes.slice(before).map(({ op }) => op));
    return result;
  };
  const results = await evaluateGraph(inputs, (graph, values) => ({ exact: gradient(graph, values, 'float32'), products: gradient(graph, values, 'bfloat16') }));
  return { ...results as { exact: Float32Array; products: Float32Array }, kernels: ops.map((list) => list.filter((op) => op === 'Conv2DBackpropFilter').length) };
}

describe('the gradient of a bfloat16 filter', () => {
  it.each([
    ['stride 1', { size: 3, stride: 1, padding: 1 }, [4, 3], 128],
    ['stride 2', { size: 3, stride: 2, padding: 1 }, [6, 4], 128],
    ['2×2, no padding', { size: 2, stride: 1, padding: 0 }, [4, 4], 128],
  ] as const)('by products, %s: that of float32 to within bfloat16', async (_, window, maps, channels) => {
    const { exact, products, kernels } = await both(window, maps, channels);
    expect(kernels).toEqual([1, 0]);
    const largest = (values: Float32Array) => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    expect(largest(exact.map((value, i) => value - products[i]!)) / largest(exact)).toBeLessThan(0.01);
  });

  it('by the kernel where that is cheaper', async () => {
    const { kernels } = await both({ size: 3, stride: 1, padding: 1 }, [9, 8], 16);
    expect(kernels).toEqual([1, 1]);
  });
});
