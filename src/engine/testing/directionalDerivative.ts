import { CounterRandom } from '../../core/random/philox';
import { differentiate } from '../graph/gradient/differentiate';
import { Graph, type Value } from '../graph/graph';
import { multiply, sum } from '../graph/ops';
import { floatFeed, floatInput, openGraph, type TestInput } from './runGraph';

export interface DerivativeCheck {
  /** Largest difference between the computed and the measured derivative, relative to |gradient| · |direction| / sqrt(n). */
  readonly worst: number;
  readonly ops: ReadonlySet<string>;
}

/**
 * For tests: compares the gradients of `build` with central differences along random directions. A gradient that lacks a part
 * shows, since the directions know nothing of it. The loss is the sum of the result's elements times random weights.
 */
export async function checkDerivative(
  inputs: readonly TestInput[],
  build: (graph: Graph, values: Value[]) => Value,
  { step = 1e-2, directions = 4 }: { step?: number; directions?: number } = {},
): Promise<DerivativeCheck> {
  const graph = new Graph();
  const placed = inputs.map(({ shape, declared }, i) => floatInput(graph, `x${i}`, declared ?? shape));
  const values = placed.map(({ value }) => value);
  const before = graph.nodes.length;
  const result = build(graph, values);
  const ops = new Set(graph.nodes.slice(before).map(({ op }) => op));
  const random = new CounterRandom(7, 'derivative');
  const pullShape = result.shape.map((size) => (size === -1 ? inputs[0]!.shape[0]! : size));
  const pull = Array.from({ length: pullShape.reduce((a, b) => a * b, 1) }, () => random.float() + 0.5 - Number(random.float() < 0.5) * 2);
  const product = multiply(graph, result, graph.constant('float32', pullShape, pull));
  const loss = sum(graph, product, result.shape.map((_, axis) => axis));
  const gradients = differentiate(graph, loss, values);
  const feeds = Object.fromEntries(placed.map(({ placeholder }, i) => [`x${i}`, placeholder]));
  // Every product is fetched, and added up here in double precision: a float32 sum would be the largest error.
  graph.signature('loss', feeds, { product });
  graph.signature('gradients', feeds, Object.fromEntries(gradients.map((gradient, i) => [`g${i}`, gradient])));

  const session = await openGraph(graph);
  try {
    const call = (name: string, arrays: readonly Float32Array[]) =>
      session.call(name, Object.fromEntries(inputs.map(({ shape }, i) => [`x${i}`, floatFeed(arrays[i]!, shape)])));
    const lossAt = (arrays: readonly Float32Array[]) => call('loss', arrays)['product']!.reduce((a, b) => a + b, 0);
    const computed = call('gradients', inputs.map(({ values: array }) => array));
    let worst = 0;
    inputs.forEach(({ values: start }, i) => {
      const gradient = computed[`g${i}`]!;
      const size = Math.hypot(...gradient) || 1;
      for (let k = 0; k < directions; k++) {
        const direction = start.map(() => random.float() * 2 - 1);
        const moved = (by: number) => inputs.map(({ values: array }, j) => (j === i ? array.map((x, n) => x + by * direction[n]!) : array));
        const [ahead, behind] = [moved(step), moved(-step)];
        // The step that was really made, after rounding to float32.
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
