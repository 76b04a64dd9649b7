import { describe, expect, it } from 'vitest';
import { slotNames } from '../../core/model/optimizerSlots';
import { floatFeed, floatInput, openGraph } from '../testing/runGraph';
import { Graph } from '../graph/graph';
import { clipByGlobalNorm } from './clip';
import { scalarFeed, scalarInput } from './input';
import { applyOptimizer, scalarNames, stepScalars } from './optimizer';
import type { OptimizerSpec } from './spec';

const start = [0.5, -1.25, 3, 0.001];
const gradientAt = (step: number) => [0.1, -2, 0.3 * step, 1e-4].map((g, i) => g * (1 + 0.5 * Math.sin(step + i)));
const learningRates = [0.1, 0.05, 0.2, 0.01, 0.1];

/** Moves one parameter by the given gradients through the graph; returns it after each step. */
async function throughTheGraph(optimizer: OptimizerSpec, clipNorm: number | null = null, decays = true): Promise<number[][]> {
  const graph = new Graph();
  const shape = [start.length];
  const handle = graph.variable('w', shape);
  const { placeholder, value: fed } = floatInput(graph, 'gradient', shape);
  const [gradient] = clipNorm === null ? [fed] : clipByGlobalNorm(graph, [fed], clipNorm);
  const slots = Object.fromEntries(slotNames(optimizer).map((name) => [name, graph.variable(name, shape)]));
  const scalars = scalarNames(optimizer).map((name) => ({ name, ...scalarInput(graph, name) }));
  const effects = applyOptimizer(
    graph,
    optimizer,
    [{ handle, value: graph.read(handle), gradient: gradient!, slots, decays }],
    Object.fromEntries(scalars.map(({ name, value }) => [name, value])),
  );
  const inputs = Object.fromEntries(scalars.map((scalar) => [scalar.name, scalar.placeholder]));
  graph.signature('step', { gradient: placeholder, ...inputs }, { done: graph.afterAll(graph.scalar(1), effects) });
  graph.signature('read', {}, { w: graph.read(handle) });
  graph.signature('start', {}, { done: graph.afterAll(graph.scalar(1), [graph.assign(handle, graph.constant('float32', shape, start))]) });
  const session = await openGraph(graph);
  try {
    session.call('start', {});
    return learningRates.map((learningRate, i) => {
      const numbers = Object.entries(stepScalars(optimizer, i + 1, learningRate)).map(([name, value]) => [name, scalarFeed(value)]);
      session.call('step', { gradient: floatFeed(Float32Array.from(gradientAt(i + 1)), shape), ...Object.fromEntries(numbers) });
      return [...session.call('read', {})['w']!];
    });
  } finally {
    session.close();
  }
}

/** Muon has tests of its own. */
type Tested = Exclude<OptimizerSpec, { kind: 'muon' }>;

/** torch.optim's documented formulas in double precision. */
function byTheBook(optimizer: Tested, clipNorm: number | null = null): number[][] {
  const w = [...start];
  const [first, second] = [w.map(() => 0), w.map(() => 0)];
  return learningRates.map((lr, index) => {
    const t = index + 1;
    let gradients = gradientAt(t);
    if (clipNorm !== null) {
      const factor = Math.min(1, clipNorm / (Math.hypot(...gradients) + 1e-6));
      gradients = gradients.map((g) => g * factor);
    }
    gradients.forEach((raw, i) => {
      const decay = optimizer.weightDecay;
      if (optimizer.kind === 'sgd') {
        const g = raw + decay * w[i]!;
        first[i] = optimizer.momentum * first[i]! + g;
        w[i]! -= lr * (optimizer.nesterov ? g + optimizer.momentum * first[i]! : first[i]!);
        return;
      }
      if (optimizer.kind === 'adamw') w[i]! *= 1 - lr * decay;
      const g = optimizer.kind === 'adam' ? raw + decay * w[i]! : raw;
      first[i] = optimizer.beta1 * first[i]! + (1 - optimizer.beta1) * g;
      second[i] = optimizer.beta2 * second[i]! + (1 - optimizer.beta2) * g * g;
      const deviation = Math.sqrt(second[i]!) / Math.sqrt(1 - optimizer.beta2 ** t) + optimizer.epsilon;
      w[i]! -= ((lr / (1 - optimizer.beta1 ** t)) * first[i]!) / deviation;
    });
    return [...w];
  });
}

const betas = { beta1: 0.9, beta2: 0.999 };
const optimizers: [string, Tested, number | null][] = [
  ['sgd without momentum', { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0.01 }, null],
  ['sgd with momentum', { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 }, null],
  ['sgd with momentum and weight decay', { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0.1 }, null],
  ['sgd with nesterov', { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.1 }, null],
  ['sgd, clipped', { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0.1 }, 0.5],
  ['sgd, with room to clip', { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 }, 100],
  ['adam', { kind: 'adam', ...betas, epsilon: 1e-8, weightDecay: 0 }, null],
  ['adam, a large epsilon', { kind: 'adam', ...betas, epsilon: 0.1, weightDecay: 0 }, null],
  ['adam, weight decay', { kind: 'adam', ...betas, epsilon: 1e-3, weightDecay: 0.1 }, null],
  ['adamw', { kind: 'adamw', ...betas, epsilon: 1e-3, weightDecay: 0.1 }, null],
  ['adamw, clipped, other betas', { kind: 'adamw', beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.05 }, 0.3],
  ['adamw without decay', { kind: 'adamw', ...betas, epsilon: 1e-8, weightDecay: 0 }, null],
];

describe('weight decay', () => {
  it.each(optimizers.filter(([, { weightDecay }]) => weightDecay > 0))('leaves alone what it does not act on: %s', async (_, optimizer, clipNorm) => {
    expect(await throughTheGraph(optimizer, clipNorm, false)).toEqual(await throughTheGraph({ ...optimizer, weightDecay: 0 }, clipNorm));
  });
});

describe('optimizers move as torch.optim says', () => {
  it.each(optimizers)('%s', async (_, optimizer, clipNorm) => {
    const [actual, expected] = [await throughTheGraph(optimizer, clipNorm), byTheBook(optimizer, clipNorm)];
    expected.forEach((row, step) => row.forEach((value, i) => {
      expect(Math.abs(actual[step]![i]! - value), `step ${step + 1}, element ${i}`).toBeLessThan(2e-6 * Math.max(1, Math.abs(value)));
    }));
  });
});
