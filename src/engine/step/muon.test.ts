import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { slotNames } from '../../core/model/optimizerSlots';
import { evaluateGraph, floatFeed, floatInput, openGraph } from '../testing/runGraph';
import { Graph } from '../graph/graph';
import { matMul } from '../graph/ops';
import { scalarFeed, scalarInput } from './input';
import { orthogonalised, type MuonSpec } from './muon';
import { applyOptimizer, scalarNames, stepScalars } from './optimizer';

interface Case { out: number; fanIn: number; momentum: number; nesterov: boolean; weight_decay: number; ns_steps: number; weights: number[]; rounded: number[] }
const { rates, cases } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../test/fixtures/muon.json'), 'utf8')) as { rates: number[]; cases: Case[] };

/** make_muon.py's numbers, [out, fanIn]. */
const numbers = (length: number, phase: number, factor = 1) => Array.from({ length }, (_, i) => factor * Math.sin(1.7 * i + 0.3 * i * i + phase));
/** [rows, columns] → [columns, rows] */
const turned = (values: ArrayLike<number>, rows: number, columns: number) => Float32Array.from({ length: rows * columns }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!);
const length = (values: ArrayLike<number>) => Math.hypot(...Array.from(values));
const furthest = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

const spec = (changes: Partial<MuonSpec>): MuonSpec => ({
  kind: 'muon', momentum: 0.9, nesterov: true, weightDecay: 0, filterRate: 1, filterMomentum: 0.95, filterWeightDecay: 0, newtonSchulzSteps: 5, normalizeFilters: false, ...changes,
});

/** Moves the filters of a 1×1 convolution by the fixture's gradients; returns them after the last step, [out, fanIn]. */
async function throughTheGraph(optimizer: MuonSpec, out: number, fanIn: number, steps = rates.length): Promise<Float32Array> {
  const graph = new Graph();
  const shape = [1, 1, fanIn, out];
  const handle = graph.variable('w', shape);
  const { placeholder, value: gradient } = floatInput(graph, 'gradient', shape);
  const slots = Object.fromEntries(slotNames(optimizer).map((name) => [name, graph.variable(name, shape)]));
  const scalars = scalarNames(optimizer).map((name) => ({ name, ...scalarInput(graph, name) }));
  const update = { handle, value: graph.read(handle), gradient, slots, decays: true, hiddenFilters: true };
  const effects = applyOptimizer(graph, optimizer, [update], Object.fromEntries(scalars.map(({ name, value }) => [name, value])));
  graph.signature('step', { gradient: placeholder, ...Object.fromEntries(scalars.map((scalar) => [scalar.name, scalar.placeholder])) }, { done: graph.afterAll(graph.scalar(1), effects) });
  graph.signature('read', {}, { w: graph.read(handle) });
  const start = graph.constant('float32', shape, [...turned(numbers(out * fanIn, 0.5), out, fanIn)]);
  graph.signature('start', {}, { done: graph.afterAll(graph.scalar(1), [graph.assign(handle, start)]) });
  const session = await openGraph(graph);
  try {
    session.call('start', {});
    for (let step = 1; step <= steps; step++) {
      const values = turned(numbers(out * fanIn, step, 0.01 * step), out, fanIn);
      const fed = Object.entries(stepScalars(optimizer, step, rates[step - 1]!)).map(([name, value]) => [name, scalarFeed(value)]);
      session.call('step', { gradient: floatFeed(values, shape), ...Object.fromEntries(fed) });
    }
    return turned(session.call('read', {})['w']!, fanIn, out);
  } finally {
    session.close();
  }
}

describe('Muon moves as torch.optim.Muon', () => {
  it.each(cases)('$out filters of $fanIn, momentum $momentum, nesterov $nesterov, $ns_steps iterations', async ({ out, fanIn, momentum, nesterov, weight_decay, ns_steps, weights, rounded }) => {
    const optimizer = spec({ filterMomentum: momentum, nesterov, filterWeightDecay: weight_decay, newtonSchulzSteps: ns_steps });
    const actual = await throughTheGraph(optimizer, out, fanIn);
    const start = numbers(out * fanIn, 0.5);
    expect(furthest(weights, start)).toBeGreaterThan(0.05);
    expect(furthest(actual, weights)).toBeLessThan(1e-5);
    // torch rounds to bfloat16 on the way.
    expect(furthest(actual, rounded)).toBeLessThan(0.1 * furthest(weights, start));
  });

  it('at a multiple of the rate that is fed', async () => {
    const [twice, once] = [await throughTheGraph(spec({ filterRate: 2 }), 6, 18, 1), await throughTheGraph(spec({}), 6, 18, 1)];
    const start = numbers(6 * 18, 0.5);
    once.forEach((value, i) => expect(twice[i]! - start[i]!).toBeCloseTo(2 * (value - start[i]!), 5));
  });
});

it('normalised filters have the norm sqrt(out) before each step', async () => {
  const [plain, normalised] = [await throughTheGraph(spec({}), 6, 18, 1), await throughTheGraph(spec({ normalizeFilters: true }), 6, 18, 1)];
  const start = numbers(6 * 18, 0.5);
  const factor = Math.sqrt(6) / length(start);
  expect(Math.abs(factor - 1)).toBeGreaterThan(0.1);
  normalised.forEach((value, i) => expect(value).toBeCloseTo(factor * start[i]! + (plain[i]! - start[i]!), 5));
});

describe('an orthogonalised update', () => {
  it.each([[40, 12], [12, 40], [16, 16]])('of [%d, %d] has singular values near 1, whatever its scale', async (rows, columns) => {
    for (const scale of [1e-4, 1, 1e4]) {
      const values = Float32Array.from(numbers(rows * columns, 1, scale));
      const { gram, update } = await evaluateGraph([{ values, shape: [rows, columns] }], (graph, [matrix]) => {
        const update = orthogonalised(graph, matrix!, 5);
        return { update, gram: rows > columns ? matMul(graph, update, update, true) : matMul(graph, update, update, false, true) };
      });
      // The squares of the singular values are the Gram matrix's eigenvalues; the mean of them is its trace by its side.
      const side = Math.min(rows, columns);
      const largest = Math.sqrt(powerIteration(gram!, side));
      const smallest = Math.sqrt(1.5 - powerIteration(gram!.map((value, i) => (i % (side + 1) === 0 ? 1.5 - value : -value)), side));
      expect(largest).toBeLessThan(1.25);
      expect(smallest).toBeGreaterThan(rows === columns ? 0.3 : 0.6);
      expect(update!.reduce((sum, value, i) => sum + value * values[i]!, 0)).toBeGreaterThan(0);
    }
  });

  it('of zeros is zero', async () => {
    const { update } = await evaluateGraph([{ values: new Float32Array(12), shape: [3, 4] }], (graph, [matrix]) => ({ update: orthogonalised(graph, matrix!, 5) }));
    expect([...update!]).toEqual(new Array(12).fill(0));
  });
});

/** The largest eigenvalue of a symmetric matrix without negative ones. */
function powerIteration(matrix: Float32Array, side: number): number {
  let vector = Array.from({ length: side }, (_, i) => 1 + Math.sin(i));
  let value = 0;
  for (let round = 0; round < 500; round++) {
    const next = vector.map((_, row) => vector.reduce((sum, x, column) => sum + matrix[row * side + column]! * x, 0));
    value = length(next);
    vector = next.map((x) => x / value);
  }
  return value;
}
