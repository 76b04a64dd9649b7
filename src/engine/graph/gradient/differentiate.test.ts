import { describe, expect, it } from 'vitest';
import { evaluateGraph } from '../../testing/runGraph';
import { Graph } from '../graph';
import { add, argMax, cast, matMul, multiply, squareRoot, sum } from '../ops';
import { differentiate } from './differentiate';
import { registerGradient } from './registry';

const values = (...numbers: number[]) => ({ values: Float32Array.from(numbers), shape: [numbers.length] });

describe('differentiate', () => {
  it('sums the gradients of a value that is used several times', async () => {
    const result = await evaluateGraph([values(1, 2, -3)], (graph, [x]) => {
      const loss = sum(graph, add(graph, multiply(graph, x!, x!), add(graph, x!, x!)), [0]);
      return { gradient: differentiate(graph, loss, [x!])[0]! };
    });
    expect([...result['gradient']!]).toEqual([4, 6, -4]); // 2x + 2
  });

  it('differentiates with respect to a value inside the graph, and to several at once', async () => {
    const result = await evaluateGraph([values(1, 2), values(3, 5)], (graph, [x, y]) => {
      const product = multiply(graph, x!, y!);
      const loss = sum(graph, multiply(graph, product, product), [0]);
      const [dProduct, dY] = differentiate(graph, loss, [product, y!]);
      return { dProduct: dProduct!, dY: dY! };
    });
    expect([...result['dProduct']!]).toEqual([6, 20]);
    expect([...result['dY']!]).toEqual([6, 40]);
  });

  it('does not build gradients that nobody needs', () => {
    const graph = new Graph();
    const [a, b] = [graph.placeholder('a', 'float32', [2, 2]), graph.placeholder('b', 'float32', [2, 2])];
    const loss = sum(graph, matMul(graph, a, b), [0, 1]);
    differentiate(graph, loss, [b]);
    expect(graph.nodes.filter(({ op }) => op === 'MatMul')).toHaveLength(2);
  });

  it('names an op without a rule', () => {
    const graph = new Graph();
    const x = graph.placeholder('x', 'float32', [2]);
    const loss = sum(graph, squareRoot(graph, x), [0]);
    expect(() => differentiate(graph, loss, [x])).toThrow(/The op Sqrt \(node "Sqrt"\) has no gradient rule/);
  });

  it('leaves ops alone that are not on the way', () => {
    const graph = new Graph();
    const x = graph.placeholder('x', 'float32', [2, 3]);
    cast(graph, argMax(graph, x), 'float32'); // no rule, and not part of the loss
    expect(differentiate(graph, sum(graph, x, [0, 1]), [x])[0]!.shape).toEqual([2, 3]);
  });

  it('refuses a target that the loss does not depend on, and a loss that is no scalar', () => {
    const graph = new Graph();
    const [x, other] = [graph.placeholder('x', 'float32', [2]), graph.placeholder('other', 'float32', [2])];
    expect(() => differentiate(graph, sum(graph, x, [0]), [other])).toThrow('The loss does not depend on "other".');
    expect(() => differentiate(graph, x, [x])).toThrow('Only a scalar can be differentiated.');
  });

  it('refuses a second rule for an op', () => {
    expect(() => registerGradient('Conv2D', () => [])).toThrow('The op Conv2D already has a gradient rule.');
  });
});
