import type { Graph, Value } from '../graph/graph';
import { add, divide, l2Loss, matMul, multiply, reshape, squareRoot, subtract } from '../graph/ops';
import type { OptimizerSpec } from './spec';

export type MuonSpec = Extract<OptimizerSpec, { kind: 'muon' }>;

/** Filters of one convolution, [k, k, in, out]: their variable, the value it was read as in this step, its gradient and its momentum's variable. */
interface FilterUpdate {
  readonly handle: Value;
  readonly value: Value;
  readonly gradient: Value;
  readonly buffer: Value;
}

/** Coefficients of the quintic that is iterated: steep at 0, so that small singular values grow fast, and within about 0.7 to 1.2 near 1. */
const [linear, cubic, quintic] = [3.4445, -4.775, 2.0315];
/** Keeps a gradient of zeros at zero. */
const epsilon = 1e-7;

/** Euclidean (Frobenius) norm of all elements: []. */
const norm = (graph: Graph, x: Value): Value => squareRoot(graph, multiply(graph, l2Loss(graph, x), graph.scalar(2)));

/**
 * About U·Vᵀ of a matrix U·S·Vᵀ, [m, n]: X ← aX + (bA + cA²)X with A = XXᵀ, from the matrix over its norm. The product of the shorter side
 * is taken, which gives the same with less work.
 */
export function orthogonalised(graph: Graph, matrix: Value, steps: number): Value {
  const [rows, columns] = matrix.shape as [number, number];
  const tall = rows > columns;
  const [a, b, c] = [linear, cubic, quintic].map((coefficient) => graph.scalar(coefficient)) as [Value, Value, Value];
  let x = divide(graph, matrix, add(graph, norm(graph, matrix), graph.scalar(epsilon)));
  for (let step = 0; step < steps; step++) {
    const gram = matMul(graph, x, x, tall, !tall);
    const polynomial = add(graph, multiply(graph, gram, b), multiply(graph, matMul(graph, gram, gram), c));
    x = add(graph, multiply(graph, x, a), tall ? matMul(graph, x, polynomial) : matMul(graph, polynomial, x));
  }
  return x;
}

/**
 * One step of Muon, v ← μv + g and w ← (1 - lr·λ)·w - lr·sqrt(max(1, out/(k·k·in)))·orthogonalised(v) (nesterov: of g + μv), on filters as a
 * matrix of one row a filter. torch.optim.Muon (adjust_lr_fn "original") blends g with 1 - μ, which the norm takes out again.
 * `normalizeFilters` first scales w to the norm sqrt(out), as airbench94_muon does.
 * @param scalars `filterRate`: lr; `filterDecay`: 1 - lr·λ where there is weight decay
 */
export function moveFilters(graph: Graph, spec: MuonSpec, { handle, value, gradient, buffer }: FilterUpdate, scalars: Readonly<Record<string, Value>>): Value[] {
  const out = value.shape.at(-1)!;
  const fanIn = value.shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const momentum = graph.scalar(spec.filterMomentum);
  const moved = add(graph, multiply(graph, graph.read(buffer), momentum), gradient);
  const direction = spec.nesterov ? add(graph, gradient, multiply(graph, moved, momentum)) : moved;
  const update = reshape(graph, orthogonalised(graph, reshape(graph, direction, [fanIn, out]), spec.newtonSchulzSteps), value.shape);
  const rate = multiply(graph, scalars['filterRate']!, graph.scalar(Math.sqrt(Math.max(1, out / fanIn))));
  const scaled = spec.normalizeFilters ? multiply(graph, value, divide(graph, graph.scalar(Math.sqrt(out)), norm(graph, value))) : value;
  const kept = scalars['filterDecay'] ? multiply(graph, scaled, scalars['filterDecay']) : scaled;
  return [graph.assign(buffer, moved), graph.assign(handle, subtract(graph, kept, multiply(graph, update, rate)))];
}
