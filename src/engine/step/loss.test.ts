import { describe, expect, it } from 'vitest';
import { evaluateGraph } from '../testing/runGraph';
import { bitcast } from '../graph/ops';
import { correctCount, crossEntropy } from './loss';

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

it('counts the examples whose largest logit, the first of equals, is at the label', async () => {
  const { correct } = await evaluateGraph(inputs, (graph, [z, y]) => ({ correct: correctCount(graph, z!, bitcast(graph, y!, 'int32')) }));
  expect(correct![0]).toBe(1);
});
