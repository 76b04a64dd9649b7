import { CounterRandom } from '../../core/random/philox';
import type { FloatType } from '../graph/attributes';
import { differentiate } from '../graph/gradient/differentiate';
import { Graph, type Value } from '../graph/graph';
import { bitcast, multiply, sum } from '../graph/ops';
import { floatFeed, openGraph, type TestInput } from './runGraph';

export interface DerivativeCheck {
  /** Largest difference between the computed and the measured derivative, relative to |gradient| · |direction| / sqrt(n). */
  readonly worst: number;
  readonly ops: ReadonlySet<string>;
}

type Numbers = Float32Array | Float64Array;
const arrays = { float32: Float32Array, float64: Float64Array } as const;
/** float64: truncation 1e-10 and rounding 1e-11. float32: what its rounding leaves room for. */
const steps = { float32: 1e-2, float64: 1e-5 } as const;
export const tolerances = { float32: 3e-3, float64: 1e-7 } as const;

/**
 * For tests: compares the gradients of `build` with central differences along random directions. A gradient that lacks a part
 * shows, since the directions know nothing of it. The loss is the sum of the result's elements times random weights.
 * @param dtype float64; float32 for an op whose kernels have no other
 */
export async function checkDerivative(
  inputs: readonly TestInput[],
  build: (graph: Graph, values: Value[]) => Value,
  dtype: Exclude<FloatType, 'bfloat16'> = 'float64',
  directions = 4,
): Promise<DerivativeCheck> {
  const step = steps[dtype];
  // Everything is fed as int32 and fetched as float32; a float64 takes two of either.
  const words = (shape: readonly number[]) => (dtype === 'float64' ? [...shape, 2] : shape);
  const fetchable = (graph: Graph, value: Value) => (dtype === 'float64' ? bitcast(graph, value, 'float32') : value);
  const numbers = (fetched: Float32Array): Numbers => (dtype === 'float64' ? new Float64Array(fetched.slice().buffer) : fetched);
  const feed = (array: Numbers, shape: readonly number[]) => floatFeed(new Float32Array(array.buffer, array.byteOffset, array.byteLength / 4), words(shape));

  const graph = new Graph();
  const placed = inputs.map(({ shape, declared }, i) => graph.placeholder(`x${i}`, 'int32', words(declared ?? shape)));
  const values = placed.map((placeholder) => bitcast(graph, placeholder, dtype));
  const before = graph.nodes.length;
  const result = build(graph, values);
  const ops = new Set(graph.nodes.slice(before).map(({ op }) => op));
  const random = new CounterRandom(7, 'derivative');
  const pullShape = result.shape.map((size) => (size === -1 ? inputs[0]!.shape[0]! : size));
  const pull = Array.from({ length: pullShape.reduce((a, b) => a * b, 1) }, () => random.float() + 0.5 - Number(random.float() < 0.5) * 2);
  const product = multiply(graph, result, graph.constant(dtype, pullShape, pull));
  const loss = sum(graph, product, result.shape.map((_, axis) => axis));
  const gradients = differentiate(graph, loss, values);
  const feeds = Object.fromEntries(placed.map((placeholder, i) => [`x${i}`, placeholder]));
  // Every product is fetched, and added up here in double precision: a float32 sum would be the largest error.
  graph.signature('loss', feeds, { product: fetchable(graph, product) });
  graph.signature('gradients', feeds, Object.fromEntries(gradients.map((gradient, i) => [`g${i}`, fetchable(graph, gradient)])));

  const session = await openGraph(graph);
  try {
    const call = (name: string, given: readonly Numbers[]) =>
      session.call(name, Object.fromEntries(inputs.map(({ shape }, i) => [`x${i}`, feed(given[i]!, shape)])));
    const lossAt = (given: readonly Numbers[]) => (numbers(call('loss', given)['product']!) as Float64Array).reduce((a, b) => a + b, 0);
    const start = inputs.map(({ values: array }) => arrays[dtype].from(array));
    const computed = call('gradients', start);
    let worst = 0;
    start.forEach((own, i) => {
      const gradient = numbers(computed[`g${i}`]!) as Float64Array;
      const size = Math.hypot(...gradient) || 1;
      for (let k = 0; k < directions; k++) {
        const direction = Array.from(own, () => random.float() * 2 - 1);
        const moved = (by: number) => start.map((array, j) => (j === i ? arrays[dtype].from(Array.from(array, (x, n) => x + by * direction[n]!)) : array));
        const [ahead, behind] = [moved(step), moved(-step)];
        // The step that was really made, after rounding.
        const along = gradient.reduce((total, g, n) => total + (g * (ahead[i]![n]! - behind[i]![n]!)) / (2 * step), 0);
        const measured = (lossAt(ahead) - lossAt(behind)) / (2 * step);
        worst = Math.max(worst, Math.abs(measured - along) / size);
      }
    });
    return { worst, ops };
  } finally {
    session.close();
  }
}
