import { describe, expect, it } from 'vitest';
import { evaluateGraph } from '../testing/runGraph';
import { bitcast } from '../graph/ops';
import { checkDerivative, tolerances } from '../testing/directionalDerivative';
import type { BatchInputs } from './input';
import { correctCount, crossEntropy, softCrossEntropy, trainingCrossEntropy } from './loss';

const logits = [[2, -1, 0.5], [0, 0, 0], [-3, 4, 1], [100, -100, 0]];
const labels = [0, 2, 2, 1];
const inputs = [
  { values: Float32Array.from(logits.flat()), shape: [4, 3], declared: [-1, 3] },
  { values: new Float32Array(Int32Array.from(labels).buffer), shape: [4], declared: [-1] },
];

describe('cross entropy', () => {
  it.each([0, 0.1, 0.5])('is that of torch with label smoothing %d', async (smoothing) => {
    const { losses } = await evaluateGraph(inputs, (graph, [z, y]) => ({ losses: crossEntropy(graph, z!, bitcast(graph, y!, 'int32'), smoothing) }));
    logits.forEach((row, n) => {
      const logSum = Math.log(row.reduce((sum, z) => sum + Math.exp(z - Math.max(...row)), 0)) + Math.max(...row);
      const nll = logSum - row[labels[n]!]!;
      const uniform = row.reduce((sum, z) => sum + (logSum - z), 0) / 3;
      const expected = (1 - smoothing) * nll + smoothing * uniform;
      expect(Math.abs(losses![n]! - expected)).toBeLessThan(1e-6 * Math.max(1, expected) * 2);
    });
  });
});

describe('cross entropy with mixed labels', () => {
  const others = new Float32Array(Int32Array.from([1, 0, 2, 2]).buffer);
  const mixInputs = [...inputs, { values: others, shape: [4], declared: [-1] }];
  // torch 2.15: cross_entropy(z, w one_hot(a) + (1 - w) one_hot(b), label_smoothing=s, reduction='none') in float64.
  it.each([
    [0, 0.75, [0.991311297, 1.098612289, 3.04945561, 175]],
    [0, 0.5, [1.741311297, 1.098612289, 3.04945561, 150]],
    [0.1, 0.75, [1.066311297, 1.098612289, 3.082788943, 167.5]],
    [0.1, 0.5, [1.741311297, 1.098612289, 3.082788943, 145]],
  ])('is that of torch with label smoothing %d, weight %d', async (smoothing, weight, expected) => {
    const { losses } = await evaluateGraph(mixInputs, (graph, [z, y, other]) => {
      const mixed = { others: bitcast(graph, other!, 'int32'), weight: graph.scalar(weight) };
      return { losses: trainingCrossEntropy(graph, z!, { labels: bitcast(graph, y!, 'int32'), mixed } as BatchInputs, smoothing) };
    });
    expected.forEach((value, n) => { expect(Math.abs(losses![n]! - value), `example ${n}`).toBeLessThan(2e-6 * Math.max(1, value)); });
  });

  it('has the gradient of finite differences', async () => {
    const values = Float32Array.from({ length: 12 }, (_, i) => Math.sin(3 * i) * 2);
    const targets = [0.7, 0.3, 0, 0, 0.5, 0.5, 1, 0, 0, 0.2, 0.2, 0.6];
    const { worst } = await checkDerivative([{ values, shape: [4, 3], declared: [-1, 3] }], (graph, [z]) => softCrossEntropy(graph, z!, graph.constant('float32', [4, 3], targets), 0.1), 'float32');
    expect(worst).toBeLessThan(tolerances.float32);
  });
});

it('counts the examples whose largest logit, the first of equals, is at the label', async () => {
  const { correct } = await evaluateGraph(inputs, (graph, [z, y]) => ({ correct: correctCount(graph, z!, bitcast(graph, y!, 'int32')) }));
  expect(correct![0]).toBe(1);
});
