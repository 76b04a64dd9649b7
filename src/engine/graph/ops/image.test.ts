import { describe, expect, it } from 'vitest';
import { CounterRandom } from '../../../core/random/philox';
import { evaluateGraph } from '../../testing/runGraph';
import { Graph } from '../graph';
import { batchNorm, conv2d, maxPool, outputSize, type WindowSpec } from './image';
import { convolution, smallMapConvolution } from './productConvolution';

const random = (length: number) => {
  const source = new CounterRandom(1, `image ${length}`);
  return Float32Array.from({ length }, () => source.float() * 2 - 1);
};

interface Maps {
  readonly values: Float32Array;
  readonly shape: readonly [number, number, number, number];
}

/** torch's padding in plain loops: for each output pixel, `combine` sees the window's pixels, undefined on the border. */
function overWindows({ shape: [n, h, w] }: Maps, window: WindowSpec, visit: (output: number, tap: number, pixel: number | undefined) => void): void {
  const [oh, ow] = [outputSize(h, window), outputSize(w, window)];
  for (let i = 0; i < n; i++)
    for (let y = 0; y < oh; y++)
      for (let x = 0; x < ow; x++)
        for (let tap = 0; tap < window.size ** 2; tap++) {
          const row = y * window.stride - window.padding + Math.floor(tap / window.size);
          const column = x * window.stride - window.padding + (tap % window.size);
          const inside = row >= 0 && row < h && column >= 0 && column < w;
          visit((i * oh + y) * ow + x, tap, inside ? (i * h + row) * w + column : undefined);
        }
}

const shapes: [WindowSpec, number, number][] = [
  [{ size: 3, stride: 1, padding: 1 }, 5, 4],
  [{ size: 3, stride: 2, padding: 1 }, 8, 8],
  [{ size: 3, stride: 2, padding: 1 }, 7, 8],
  [{ size: 3, stride: 2, padding: 1 }, 7, 7],
  [{ size: 3, stride: 2, padding: 1 }, 2, 1],
  [{ size: 7, stride: 2, padding: 3 }, 32, 9],
  [{ size: 1, stride: 2, padding: 0 }, 4, 5],
];

describe.each(shapes)('window %o on %d×%d', (window, height, width) => {
  const maps: Maps = { values: random(2 * height * width * 3), shape: [2, height, width, 3] };

  it.each(['native', 'explicit'] as const)('convolution pads as torch does (%s)', async (route) => {
    const filter = random(window.size ** 2 * 3 * 4);
    const { y } = await evaluateGraph(
      [maps, { values: filter, shape: [window.size, window.size, 3, 4] }],
      (graph, [x, f]) => ({ y: conv2d(graph, x!, f!, window, route) }),
    );
    const expected = new Float64Array(y!.length);
    overWindows(maps, window, (output, tap, pixel) => {
      if (pixel === undefined) return;
      for (let i = 0; i < 3; i++) for (let o = 0; o < 4; o++) expected[output * 4 + o]! += maps.values[pixel * 3 + i]! * filter[(tap * 3 + i) * 4 + o]!;
    });
    expect(Math.max(...expected.map((value, i) => Math.abs(value - y![i]!)))).toBeLessThan(1e-5);
  });

  it('max pool never takes the border, below zero either', async () => {
    const below = { ...maps, values: maps.values.map((value) => value - 2) };
    const { y } = await evaluateGraph([below], (graph, [x]) => ({ y: maxPool(graph, x!, window) }));
    const expected = new Float32Array(y!.length).fill(-Infinity);
    overWindows(below, window, (output, _, pixel) => {
      if (pixel !== undefined) for (let c = 0; c < 3; c++) expected[output * 3 + c] = Math.max(expected[output * 3 + c]!, below.values[pixel * 3 + c]!);
    });
    expect(y).toEqual(expected);
  });
});

it('batch norm blends the running statistics as torch does, with the unbiased variance', async () => {
  const result = await evaluateGraph([{ values: Float32Array.of(1, 3, 8, 4), shape: [4, 1, 1, 1] }], (graph, [x]) => {
    const at = (value: number) => graph.constant('float32', [1], [value]);
    return { ...batchNorm(graph, x!, { scale: at(2), offset: at(1), mean: at(5), variance: at(7) }, { training: true, momentum: 0.1, epsilon: 1e-5 }) };
  });
  // Mean 4, squared deviations 26: variance 26/4 to normalise with, 26/3 to remember.
  expect(result['mean']![0]).toBeCloseTo(0.9 * 5 + 0.1 * 4, 5);
  expect(result['variance']![0]).toBeCloseTo(0.9 * 7 + (0.1 * 26) / 3, 5);
  [1, 3, 8, 4].forEach((x, i) => expect(result['y']![i]).toBeCloseTo((2 * (x - 4)) / Math.sqrt(6.5 + 1e-5) + 1, 5));
});

describe.each([
  [{ size: 1, stride: 1, padding: 0 }, 1, 1],
  [{ size: 1, stride: 1, padding: 0 }, 5, 4],
  [{ size: 1, stride: 2, padding: 0 }, 4, 3],
  [{ size: 3, stride: 1, padding: 1 }, 1, 1],
  [{ size: 3, stride: 1, padding: 1 }, 2, 2],
  [{ size: 3, stride: 1, padding: 1 }, 1, 4],
  [{ size: 3, stride: 2, padding: 1 }, 2, 2],
  [{ size: 3, stride: 2, padding: 1 }, 4, 3],
  [{ size: 3, stride: 1, padding: 0 }, 3, 4],
  [{ size: 7, stride: 2, padding: 3 }, 2, 3],
] as [WindowSpec, number, number][])('window %o on %d×%d', (window, height, width) => {
  it('gives the same as matrix products', async () => {
    const inputs = [
      { values: random(2 * height * width * 3), shape: [2, height, width, 3] },
      { values: random(window.size ** 2 * 12), shape: [window.size, window.size, 3, 4] },
    ];
    let ops: string[] = [];
    const { plain, product } = await evaluateGraph(inputs, (graph, [x, filter]) => {
      const plain = conv2d(graph, x!, filter!, window, 'native');
      const before = graph.nodes.length;
      const product = convolution(graph, x!, filter!, window, 'native');
      ops = graph.nodes.slice(before).map(({ op }) => op);
      return { plain, product };
    });
    expect(ops).toContain('MatMul');
    expect(ops).not.toContain('Conv2D');
    expect(product).toHaveLength(plain!.length);
    product!.forEach((value, i) => expect(value).toBeCloseTo(plain![i]!, 5));
  });
});

it('large maps and GPUs keep the convolution', () => {
  const graph = new Graph();
  const [x, filter] = [graph.placeholder('x', 'float32', [-1, 3, 2, 3]), graph.placeholder('f', 'float32', [3, 3, 3, 8])];
  const window = { size: 3, stride: 1, padding: 1 };
  convolution(graph, x, filter, window, 'native');
  convolution(graph, graph.placeholder('small', 'float32', [-1, 1, 1, 3]), filter, window, 'explicit');
  expect(graph.nodes.filter(({ op }) => op === 'MatMul')).toEqual([]);
  expect(smallMapConvolution(graph, x, filter, window).shape).toEqual([-1, 3, 2, 8]);
});

it('refuses a filter that does not fit', () => {
  const graph = new Graph();
  const [x, filter] = [graph.placeholder('x', 'float32', [-1, 4, 4, 3]), graph.placeholder('f', 'float32', [3, 3, 2, 8])];
  expect(() => conv2d(graph, x, filter, { size: 3, stride: 1, padding: 1 }, 'native')).toThrow('A filter [3, 3, 2, 8] does not fit on [?, 4, 4, 3].');
});
