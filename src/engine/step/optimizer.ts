import { bool, type } from '../graph/attributes';
import type { Graph, Value } from '../graph/graph';
import { add, multiply } from '../graph/ops';
import { moveFilters } from './muon';
import type { OptimizerSpec } from './spec';

/** A parameter to be moved: its variable, the value it was read as in this step, its gradient and its slots' variables. */
export interface Update {
  readonly handle: Value;
  readonly value: Value;
  readonly gradient: Value;
  readonly slots: Readonly<Record<string, Value>>;
  /** Whether weight decay acts on it. */
  readonly decays: boolean;
  /** SGD: multiple of the learning rate, 1 where it is left out. What weight decay takes off in a step stays the same. */
  readonly rate?: number;
  /** Muon: whether it is the filters of a hidden convolution. */
  readonly hiddenFilters?: boolean;
}

/** What weight decay acts on even where norms and biases are left out: filters and matrices. timm's rule, by the number of axes. */
export const decaysAlways = ({ shape }: { readonly shape: readonly number[] }): boolean => shape.length > 1;

/** The numbers that the optimizer takes with each step, by name, as values of the graph. */
export type StepScalars<T> = Readonly<Record<string, T>>;

/** Whether its step hangs on how many were made before. */
export const countsSteps = ({ kind }: OptimizerSpec): boolean => kind === 'adam' || kind === 'adamw';

export function scalarNames(optimizer: OptimizerSpec): readonly string[] {
  switch (optimizer.kind) {
    case 'sgd':
      return ['learningRate'];
    case 'muon':
      return ['learningRate', 'filterRate', ...(optimizer.filterWeightDecay === 0 ? [] : ['filterDecay'])];
    case 'adam':
      return ['stepSize', 'epsilon'];
    case 'adamw':
      return optimizer.weightDecay === 0 ? ['stepSize', 'epsilon'] : ['stepSize', 'epsilon', 'decay'];
  }
}

/**
 * The numbers that go with step `step` (counted from 1).
 *
 * torch's Adam moves by lr / (1 - β1^t) · m / (sqrt(v) / sqrt(1 - β2^t) + ε). ResourceApplyAdam moves by
 * lr' · m / (sqrt(v) + ε'), which is the same for lr' = lr · sqrt(1 - β2^t) / (1 - β1^t) and ε' = ε · sqrt(1 - β2^t): both
 * are computed here in double precision, as torch does. The kernel blends with 1 - β in float32, which for β2 = 0.999 is
 * 0.00100004…; taking the corrections from the β it really uses cancels that.
 */
export function stepScalars(optimizer: OptimizerSpec, step: number, learningRate: number): StepScalars<number> {
  if (optimizer.kind === 'sgd') return { learningRate };
  if (optimizer.kind === 'muon') {
    const filterRate = learningRate * optimizer.filterRate;
    return { learningRate, filterRate, ...(optimizer.filterWeightDecay === 0 ? {} : { filterDecay: 1 - filterRate * optimizer.filterWeightDecay }) };
  }
  const used = (beta: number) => 1 - Math.fround(1 - Math.fround(beta));
  const correction1 = 1 - used(optimizer.beta1) ** step;
  const correction2 = Math.sqrt(1 - used(optimizer.beta2) ** step);
  const scalars = { stepSize: (learningRate * correction2) / correction1, epsilon: optimizer.epsilon * correction2 };
  return optimizer.kind === 'adamw' && optimizer.weightDecay !== 0
    ? { ...scalars, decay: 1 - learningRate * optimizer.weightDecay }
    : scalars;
}

/** Adds the nodes that move each parameter; they have to run with the step. */
export function applyOptimizer(
  graph: Graph,
  optimizer: OptimizerSpec,
  updates: readonly Update[],
  scalars: StepScalars<Value>,
): Value[] {
  switch (optimizer.kind) {
    case 'sgd':
      return updates.map((update) => applySgd(graph, optimizer, update, scalars));
    case 'adam':
    case 'adamw':
      return updates.map((update) => applyAdam(graph, optimizer, update, scalars));
    case 'muon':
      return updates.flatMap((update) =>
        update.hiddenFilters ? moveFilters(graph, optimizer, { ...update, buffer: update.slots['momentum_buffer']! }, scalars) : [applySgd(graph, optimizer, update, scalars)]);
  }
}

/** torch.optim.SGD: g + λw, then v ← μv + g and w ← w - lr·v (nesterov: w ← w - lr·(g + μv)). */
function applySgd(
  graph: Graph,
  { momentum, nesterov, weightDecay }: Extract<OptimizerSpec, { kind: 'sgd' | 'muon' }>,
  update: Update,
  scalars: StepScalars<Value>,
): Value {
  const { rate = 1 } = update;
  const gradient = coupledDecay(graph, update, weightDecay / rate);
  const learningRate = rate === 1 ? scalars['learningRate']! : multiply(graph, scalars['learningRate']!, graph.scalar(rate));
  const name = `${update.handle.node}/update`;
  const float32 = { T: type('float32') };
  if (momentum === 0) {
    return graph.effect('ResourceApplyGradientDescent', [update.handle, learningRate, gradient], float32, { name });
  }
  const inputs = [update.handle, update.slots['momentum_buffer']!, learningRate, gradient, graph.scalar(momentum)];
  return graph.effect('ResourceApplyMomentum', inputs, { ...float32, use_nesterov: bool(nesterov) }, { name });
}

/** torch.optim.Adam (decay coupled, g + λw) and AdamW (w ← (1 - lr·λ)·w first). */
function applyAdam(
  graph: Graph,
  { kind, beta1, beta2, weightDecay }: Extract<OptimizerSpec, { kind: 'adam' | 'adamw' }>,
  update: Update,
  scalars: StepScalars<Value>,
): Value {
  const gradient = kind === 'adam' ? coupledDecay(graph, update, weightDecay) : update.gradient;
  const decay = update.decays ? scalars['decay'] : undefined;
  const before = decay ? [graph.assign(update.handle, multiply(graph, update.value, decay))] : [];
  const zero = graph.scalar(0);
  const inputs = [
    update.handle,
    update.slots['exp_avg']!,
    update.slots['exp_avg_sq']!,
    zero, // β1^t and β2^t: the corrections are in the step size already
    zero,
    scalars['stepSize']!,
    graph.scalar(beta1),
    graph.scalar(beta2),
    scalars['epsilon']!,
    gradient,
  ];
  return graph.effect('ResourceApplyAdam', inputs, { T: type('float32') }, { name: `${update.handle.node}/update`, after: before });
}

function coupledDecay(graph: Graph, { gradient, value, decays }: Update, weightDecay: number): Value {
  return weightDecay === 0 || !decays ? gradient : add(graph, gradient, multiply(graph, value, graph.scalar(weightDecay)));
}
