import type { Graph, Value } from '../graph/graph';
import type { ParameterSpec } from '../../core/model/parameters';

/** A parameter's variable. Convolutions live as HWIO, which the kernels take; all else in torchvision's own layout. */
export interface ModelVariable {
  readonly spec: ParameterSpec;
  readonly handle: Value;
}

/** The variables of a model, shared by the graphs for training and evaluation. */
export class ModelVariables {
  private readonly byName: ReadonlyMap<string, ModelVariable>;

  /** @param prefix of the variables' names in the graph */
  constructor(graph: Graph, specs: readonly ParameterSpec[], prefix = '') {
    this.byName = new Map(
      specs.map((spec) => [spec.name, { spec, handle: graph.variable(`${prefix}${spec.name}`, graphShape(spec)) }]),
    );
  }

  get(name: string): ModelVariable {
    const variable = this.byName.get(name);
    if (!variable) throw new Error(`The model has no variable "${name}".`);
    return variable;
  }

  all(): ModelVariable[] {
    return [...this.byName.values()];
  }

  ofRole(role: ParameterSpec['role']): ModelVariable[] {
    return this.all().filter(({ spec }) => spec.role === role);
  }
}

/** The shape a parameter has in the graph. */
export function graphShape({ shape, kind }: ParameterSpec): readonly number[] {
  if (kind !== 'convolution') return shape;
  const [outChannels, inChannels, height, width] = shape as [number, number, number, number];
  return [height, width, inChannels, outChannels];
}
