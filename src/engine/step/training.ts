import { partOf } from '../../core/model/matchWeights';
import { slotNames } from '../../core/model/optimizerSlots';
import { isHiddenConvolution } from '../../core/model/parameters';
import type { NetworkPlan } from '../../core/model/layers';
import { type } from '../graph/attributes';
import { differentiate } from '../graph/gradient/differentiate';
import type { Graph, Value } from '../graph/graph';
import { mean, multiply, subtract, type PaddingRoute } from '../graph/ops';
import { forward } from '../model/forward';
import { graphShape, type ModelVariable, type ModelVariables } from '../model/variables';
import { clipByGlobalNorm } from './clip';
import { scalarInput, type BatchInputs } from './input';
import { correctCount, trainingCrossEntropy } from './loss';
import { applyOptimizer, decaysAlways, scalarNames } from './optimizer';
import type { NetworkSpec } from './spec';
import { slotName } from './state';

interface Scalar { readonly placeholder: Value; readonly value: Value }

/** The network that is trained, and all that its training keeps beside it. */
export interface TrainedNetwork {
  readonly spec: NetworkSpec;
  readonly architecture: NetworkPlan;
  readonly padding: PaddingRoute;
  readonly inputs: BatchInputs;
  readonly variables: ModelVariables;
  /** Moving averages of the same; null where none are kept. */
  readonly averages: ModelVariables | null;
}

const isHead = ({ spec: { name } }: ModelVariable) => partOf(name) === 'head';

/**
 * Adds the signatures that move the weights; returns the handles of the optimizer's slots by state name.
 * - `train` (pixels, labels, scalars → loss, correct); `trainHead` moves the classifier alone, with the backbone in evaluation mode.
 * - Where gradients are accumulated these take a part of a batch, its `weight`, and no scalars: they add weight times the gradients up.
 *   `apply` and `applyHead` (scalars → done) then make the step and empty the sums.
 */
export function addTraining(graph: Graph, network: TrainedNetwork): Map<string, Value> {
  const { spec, variables } = network;
  const trained = variables.ofRole('parameter');
  const handles = new Map(trained.flatMap(({ spec: parameter }) => slotNames(spec.optimizer).map((slot) => {
    const name = slotName(slot, parameter.name);
    return [name, graph.variable(name, graphShape(parameter))] as const;
  })));
  const sums = (spec.microBatch ?? null) === null ? null : new Map(trained.map(({ spec: parameter }) => [parameter.name, graph.variable(`sum.${parameter.name}`, graphShape(parameter))]));
  const names = [...scalarNames(spec.optimizer), ...(spec.averages ? [averageShare] : [])];
  const backbone = spec.freezable ? scalarNames(spec.optimizer).map((name) => backboneScalar(name)) : [];
  const scalars = new Map([...names, ...backbone].map((name) => [name, scalarInput(graph, name)]));
  const builder = new StepBuilder(graph, network, handles, sums, scalars);
  builder.add('train', 'apply', trained, false);
  if (spec.freezable) builder.add('trainHead', 'applyHead', trained.filter(isHead), true);
  return handles;
}

/** The part of a moving average that this step's weights replace. */
export const averageShare = 'averageShare';
/** The optimizer's scalar for a backbone that has seen fewer steps than its classifier. */
export const backboneScalar = (name: string): string => `backbone.${name}`;

class StepBuilder {
  constructor(
    private readonly graph: Graph,
    private readonly network: TrainedNetwork,
    private readonly slots: ReadonlyMap<string, Value>,
    private readonly sums: ReadonlyMap<string, Value> | null,
    private readonly scalars: ReadonlyMap<string, Scalar>,
  ) {}

  add(name: string, applyName: string, trained: readonly ModelVariable[], frozen: boolean): void {
    const { graph, sums, network: { spec, architecture, variables, inputs, padding } } = this;
    const passed = forward(graph, architecture, variables, inputs.images, { training: !frozen, padding, compute: spec.precision });
    const loss = mean(graph, trainingCrossEntropy(graph, passed.logits, inputs, spec.labelSmoothing), [0]);
    const values = trained.map(({ spec: { name: parameter } }) => passed.parameters.get(parameter)!);
    const gradients = differentiate(graph, loss, values);
    const batch = inputs.training;
    const outputs = (effects: readonly Value[]) => ({ loss: graph.afterAll(loss, effects), correct: correctCount(graph, passed.logits, inputs.labels) });
    const scalars = Object.fromEntries([...this.scalars].filter(([scalar]) => !frozen || !scalar.startsWith(backboneScalar(''))).map(([scalar, { placeholder }]) => [scalar, placeholder]));
    if (!sums) {
      graph.signature(name, { ...batch, ...scalars }, outputs(this.moves(trained, values, gradients, passed.updates, frozen)));
      return;
    }
    const weight = scalarInput(graph, `${name}/weight`);
    const sumOf = trained.map(({ spec: { name: parameter } }) => sums.get(parameter)!);
    const added = gradients.map((gradient, i) => graph.effect('AssignAddVariableOp', [sumOf[i]!, multiply(graph, gradient, weight.value)], { dtype: type('float32') }));
    graph.signature(name, { ...batch, weight: weight.placeholder }, outputs([...added, ...passed.updates]));
    const summed = sumOf.map((sum) => graph.read(sum));
    const moved = graph.afterAll(graph.scalar(1), this.moves(trained, trained.map(({ handle }) => graph.read(handle)), summed, [], frozen));
    const emptied = sumOf.map((sum, i) => graph.assign(sum, graph.add('ZerosLike', [summed[i]!], { T: type('float32') }, [summed[i]!])[0]!, [moved]));
    graph.signature(applyName, scalars, { done: graph.afterAll(graph.scalar(1), emptied) });
  }

  /** Everything that has to run for a step: the parameters' updates, `others`, and then the averages. */
  private moves(trained: readonly ModelVariable[], values: readonly Value[], plain: readonly Value[], others: readonly Value[], frozen: boolean): Value[] {
    const { graph, network: { spec } } = this;
    const gradients = spec.clipNorm === null ? plain : clipByGlobalNorm(graph, plain, spec.clipNorm);
    const updates = trained.map((variable, i) => ({
      variable,
      update: {
        handle: variable.handle, value: values[i]!, gradient: gradients[i]!,
        slots: Object.fromEntries(slotNames(spec.optimizer).map((slot) => [slot, this.slots.get(slotName(slot, variable.spec.name))!])),
        decays: spec.optimizer.decayNormAndBias !== false || decaysAlways(variable.spec),
        rate: variable.spec.rate ?? 1,
        hiddenFilters: isHiddenConvolution(this.network.architecture, variable.spec),
      },
    }));
    // A backbone that was frozen counts its own steps.
    const own = ({ variable }: (typeof updates)[number]) => spec.freezable === true && !frozen && !isHead(variable);
    const apply = (some: typeof updates, scalarOf: (name: string) => string) => (some.length === 0 ? [] :
      applyOptimizer(graph, spec.optimizer, some.map(({ update }) => update), Object.fromEntries(scalarNames(spec.optimizer).map((name) => [name, this.scalars.get(scalarOf(name))!.value]))));
    const effects = [...apply(updates.filter((one) => !own(one)), (name) => name), ...apply(updates.filter(own), backboneScalar), ...others];
    return this.network.averages ? [...effects, ...this.averaged(this.network.averages, effects)] : effects;
  }

  /** average ← average + share · (weights - average), for running statistics too; read once all `effects` have run. */
  private averaged(averages: ModelVariables, effects: readonly Value[]): Value[] {
    const { graph, network: { variables } } = this;
    const share = this.scalars.get(averageShare)!.value;
    const barrier = graph.afterAll(graph.scalar(1), effects);
    return variables.all().map(({ spec: { name }, handle }) => {
      const average = averages.get(name).handle;
      const now = graph.add('ReadVariableOp', [handle], { dtype: type('float32') }, [{ dtype: 'float32', shape: handle.shape }], { name: `${handle.node}/read`, after: [barrier] })[0]!;
      const change = multiply(graph, subtract(graph, now, graph.read(average)), share);
      return graph.effect('AssignAddVariableOp', [average, change], { dtype: type('float32') });
    });
  }
}
