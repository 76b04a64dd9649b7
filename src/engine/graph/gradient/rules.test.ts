import { afterAll, describe, expect, it } from 'vitest';
import { CounterRandom, permutation } from '../../../core/random/philox';
import { checkDerivative, tolerances } from '../../testing/directionalDerivative';
import type { TestInput } from '../../testing/runGraph';
import type { Graph, Value } from '../graph';
import {
  add, addAll, batchNorm, biasAdd, cast, concatenate, conv2d, convolution, divide, logSoftmax, matMul, maxPool, mean, multiply, negate, pad, relu,
  reshape, silu, slice, subtract, sum, transpose,
} from '../ops';
import './differentiate';
import { registeredOps } from './registry';

const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** Values in ±1 around `centre`. */
function input(shape: readonly number[], centre = 0, declared?: readonly number[]): TestInput {
  const random = new CounterRandom(3, `input ${shape.join()}`);
  return { shape, declared, values: Float32Array.from({ length: count(shape) }, () => centre + random.float() * 2 - 1) };
}

/** Distinct values 0.06 apart and never nearer than 0.03 to zero, so that a small step crosses no kink and changes no maximum. */
function spaced(shape: readonly number[], declared?: readonly number[]): TestInput {
  const order = permutation(count(shape), new CounterRandom(5, 'spaced'));
  return { shape, declared, values: Float32Array.from(order, (rank) => (rank - Math.floor(order.length / 2) + 0.5) * 0.06) };
}

interface Case {
  readonly name: string;
  readonly inputs: readonly TestInput[];
  readonly build: (graph: Graph, values: Value[]) => Value;
  /** float32 where the kernel knows no float64. */
  readonly dtype?: 'float32';
}

const normSettings = { momentum: 0.1, epsilon: 1e-5 };
const vectors = () => [input([4], 1.5), input([4])];
const norm = (training: boolean) => (graph: Graph, [x, scale, offset]: Value[]) => {
  const at = (value: number) => graph.constant('float32', [4], [value, value / 2, value * 2, value]);
  return batchNorm(graph, x!, { scale: scale!, offset: offset!, mean: at(0.1), variance: at(0.7) }, { training, ...normSettings }).y;
};

const convolutions: Case[] = [
  { size: 3, stride: 1, padding: 1, maps: [6, 5] },
  { size: 3, stride: 2, padding: 1, maps: [6, 6] },
  { size: 3, stride: 2, padding: 1, maps: [7, 5] },
  { size: 3, stride: 1, padding: 1, maps: [1, 1] },
  { size: 3, stride: 2, padding: 1, maps: [2, 2] },
  { size: 7, stride: 2, padding: 3, maps: [8, 9] },
  { size: 1, stride: 1, padding: 0, maps: [4, 4] },
  { size: 1, stride: 2, padding: 0, maps: [5, 4] },
  { size: 1, stride: 1, padding: 0, maps: [1, 1] },
].flatMap(({ maps, ...window }) =>
  (['native', 'explicit'] as const).map((route) => ({
    name: `convolution ${window.size}×${window.size}, stride ${window.stride} on ${maps.join('×')}, padding ${route}`,
    inputs: [input([3, ...maps, 2], 0, [-1, ...maps, 2]), input([window.size, window.size, 2, 4])],
    build: (graph: Graph, [x, filter]: Value[]) => conv2d(graph, x!, filter!, window, route),
  })),
);

const products: Case[] = [
  { size: 3, stride: 1, padding: 1, maps: [1, 1] },
  { size: 3, stride: 1, padding: 1, maps: [2, 2] },
  { size: 3, stride: 2, padding: 1, maps: [4, 3] },
  { size: 1, stride: 2, padding: 0, maps: [2, 2] },
  { size: 1, stride: 1, padding: 0, maps: [3, 4] },
].map(({ maps, ...window }) => ({
  name: `convolution by products ${window.size}×${window.size}, stride ${window.stride} on ${maps.join('×')}`,
  inputs: [input([3, ...maps, 2], 0, [-1, ...maps, 2]), input([window.size, window.size, 2, 4])],
  build: (graph: Graph, [x, filter]: Value[]) => convolution(graph, x!, filter!, window, 'native'),
}));

const pools: Case[] = [[6, 6], [7, 5], [2, 2]].map((maps) => ({
  name: `max pool 3×3, stride 2 on ${maps.join('×')}`,
  inputs: [spaced([2, ...maps, 3], [-1, ...maps, 3])],
  build: (graph, [x]) => maxPool(graph, x!, { size: 3, stride: 2, padding: 1 }),
}));

const matrices: Case[] = [false, true].flatMap((ta) =>
  [false, true].map((tb) => ({
    name: `matrix product ${ta ? 'aᵀ' : 'a'}${tb ? 'bᵀ' : 'b'}`,
    inputs: [input(ta ? [4, 3] : [3, 4]), input(tb ? [5, 4] : [4, 5])],
    build: (graph: Graph, [a, b]: Value[]) => matMul(graph, a!, b!, ta, tb),
  })),
);

const cases: Case[] = [
  ...convolutions,
  ...products,
  ...pools,
  ...matrices,
  { name: 'batch norm in training', inputs: [input([4, 3, 3, 4], 0, [-1, 3, 3, 4]), ...vectors()], build: norm(true), dtype: 'float32' },
  { name: 'batch norm in evaluation', inputs: [input([4, 3, 3, 4], 0, [-1, 3, 3, 4]), ...vectors()], build: norm(false), dtype: 'float32' },
  { name: 'relu', inputs: [spaced([5, 7])], build: (graph, [x]) => relu(graph, x!) },
  { name: 'silu', inputs: [input([5, 7])], build: (graph, [x]) => silu(graph, x!) },
  { name: 'sum with broadcasting', inputs: [input([2, 1, 3]), input([4, 1])], build: (graph, [a, b]) => add(graph, a!, b!) },
  { name: 'sum with itself', inputs: [input([3])], build: (graph, [a]) => add(graph, a!, a!) },
  { name: 'difference with broadcasting', inputs: [input([3]), input([2, 3])], build: (graph, [a, b]) => subtract(graph, a!, b!) },
  { name: 'product with broadcasting', inputs: [input([2, 3, 1]), input([1, 4])], build: (graph, [a, b]) => multiply(graph, a!, b!) },
  { name: 'square as a product', inputs: [input([6])], build: (graph, [a]) => multiply(graph, a!, a!) },
  { name: 'product with a scalar', inputs: [input([2, 3], 0, [-1, 3]), input([])], build: (graph, [a, b]) => multiply(graph, a!, b!) },
  { name: 'quotient with broadcasting', inputs: [input([2, 3]), input([3], 2.5)], build: (graph, [a, b]) => divide(graph, a!, b!) },
  { name: 'sum of three', inputs: [input([4]), input([4], 1), input([4], 2)], build: (graph, values) => addAll(graph, values) },
  { name: 'negation', inputs: [input([4])], build: (graph, [a]) => negate(graph, a!) },
  { name: 'identity', inputs: [input([4])], build: (graph, [a]) => graph.afterAll(a!, []) },
  { name: 'cast', inputs: [input([4])], build: (graph, [a]) => cast(graph, cast(graph, a!, 'float64'), 'float32'), dtype: 'float32' },
  { name: 'sum over axes', inputs: [input([2, 3, 4])], build: (graph, [a]) => sum(graph, a!, [0, 2]) },
  { name: 'sum over axes that stay', inputs: [input([2, 3, 4], 0, [-1, 3, 4])], build: (graph, [a]) => sum(graph, a!, [1], true) },
  { name: 'mean over the map', inputs: [input([2, 3, 4, 5], 0, [-1, 3, 4, 5])], build: (graph, [a]) => mean(graph, a!, [1, 2]) },
  { name: 'mean over an unknown batch', inputs: [input([6], 0, [-1])], build: (graph, [a]) => mean(graph, a!, [0]) },
  { name: 'log softmax', inputs: [input([4, 6], 0, [-1, 6])], build: (graph, [a]) => logSoftmax(graph, a!) },
  { name: 'bias', inputs: [input([2, 3, 4], 0, [-1, 3, 4]), input([4])], build: (graph, [a, b]) => biasAdd(graph, a!, b!) },
  { name: 'reshape', inputs: [input([2, 6], 0, [-1, 6])], build: (graph, [a]) => reshape(graph, a!, [-1, 2, 3]) },
  { name: 'zero padding', inputs: [input([2, 3], 0, [-1, 3])], build: (graph, [a]) => pad(graph, a!, [[0, 0], [2, 1]]) },
  { name: 'padding with a value', inputs: [input([2, 3])], build: (graph, [a]) => pad(graph, a!, [[1, 0], [0, 2]], 5) },
  { name: 'slice', inputs: [input([3, 6], 0, [-1, 6])], build: (graph, [a]) => slice(graph, a!, [0, 2], [-1, 3]) },
  { name: 'joining', inputs: [input([2, 3], 0, [-1, 3]), input([2, 1], 0, [-1, 1])], build: (graph, [a, b]) => concatenate(graph, [a!, b!, a!], 1) },
  { name: 'transpose', inputs: [input([2, 3, 4])], build: (graph, [a]) => transpose(graph, a!, [2, 0, 1]) },
  {
    name: 'a value used three times, along ways of different length',
    inputs: [input([3, 3])],
    build: (graph, [x]) => add(graph, multiply(graph, x!, matMul(graph, x!, x!)), negate(graph, x!)),
  },
];

describe('gradients agree with finite differences along random directions', () => {
  const seen = new Set<string>();

  it.each(cases)('$name', async ({ inputs, build, dtype }) => {
    const { worst, ops } = await checkDerivative(inputs, build, dtype);
    for (const op of ops) seen.add(op);
    expect(worst).toBeLessThan(tolerances[dtype ?? 'float64']);
  });

  afterAll(() => expect(registeredOps().filter((op) => !seen.has(op))).toEqual([]));
});
