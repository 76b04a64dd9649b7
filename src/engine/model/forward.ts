import type { Graph, Value } from '../graph/graph';
import { add, batchNorm, biasAdd, cast, convolution, globalMaxPool, matMul, maxPool, mean, multiply, relu, silu, type PaddingRoute } from '../graph/ops';
import type { ActivationName, ConvolutionLayer, Layer, NetworkPlan, NormLayer } from '../../core/model/layers';
import type { ModelVariables } from './variables';

/** torch.nn.BatchNorm2d's default. */
const batchNormEpsilon = 1e-5;

export interface ForwardSettings {
  /** Batch norm takes the batch's statistics and moves the running ones. */
  readonly training: boolean;
  readonly padding: PaddingRoute;
  /**
   * Type of the maps, and so of convolutions and matrix products; their weights are cast to it. float32 where it is left out. Batch norm's scale, offset and
   * statistics, the pooled features and the logits stay float32.
   */
  readonly compute?: 'float32' | 'bfloat16';
}

export interface Forward {
  /** [n, classes] */
  readonly logits: Value;
  /** What the classifier sees: the penultimate layer, [n, features]. */
  readonly features: Value;
  /** The last maps, before they are pooled: [n, h, w, features]. */
  readonly maps: Value;
  /** The value each parameter was read as, by name: what gradients are taken with respect to. */
  readonly parameters: ReadonlyMap<string, Value>;
  /** Updates of the running statistics; they have to run with the step. */
  readonly updates: readonly Value[];
}

/** A network over normalised images [n, h, w, c]. */
export function forward(
  graph: Graph,
  { layers, classifier }: NetworkPlan,
  variables: ModelVariables,
  images: Value,
  settings: ForwardSettings,
): Forward {
  const pass = new ForwardPass(graph, variables, settings);
  const x = pass.run(cast(graph, images, pass.compute), layers);
  const maps = cast(graph, x, 'float32');
  const features = classifier.pool === 'mean' ? mean(graph, maps, [1, 2]) : globalMaxPool(graph, maps);
  const products = matMul(graph, cast(graph, features, pass.compute), pass.weight('fc.weight'), false, true);
  const sums = biasAdd(graph, cast(graph, products, 'float32'), pass.read('fc.bias'));
  const logits = classifier.factor === 1 ? sums : multiply(graph, sums, graph.scalar(classifier.factor));
  return { logits, features, maps, parameters: pass.parameters, updates: pass.updates };
}

/** Of the fewest passes over memory that TensorFlow has kernels for. */
const activations: Readonly<Record<ActivationName, (graph: Graph, x: Value) => Value>> = { relu, silu };

class ForwardPass {
  readonly parameters = new Map<string, Value>();
  readonly updates: Value[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly variables: ModelVariables,
    private readonly settings: ForwardSettings,
  ) {}

  get compute(): 'float32' | 'bfloat16' {
    return this.settings.compute ?? 'float32';
  }

  read(name: string): Value {
    const value = this.graph.read(this.variables.get(name).handle);
    if (this.parameters.has(name)) throw new Error(`The model uses "${name}" twice.`);
    this.parameters.set(name, value);
    return value;
  }

  /** A parameter as convolutions and matrix products take it. */
  weight(name: string): Value {
    return cast(this.graph, this.read(name), this.compute);
  }

  run(x: Value, layers: readonly Layer[]): Value {
    return layers.reduce((value, layer) => this.layer(value, layer), x);
  }

  private layer(x: Value, layer: Layer): Value {
    switch (layer.kind) {
      case 'convolution':
        return this.convolution(x, layer);
      case 'norm':
        return this.norm(x, layer);
      case 'activation':
        return activations[layer.of](this.graph, x);
      case 'maxPool':
        return maxPool(this.graph, x, layer);
      case 'residual':
        return add(this.graph, this.run(x, layer.path), this.run(x, layer.shortcut));
    }
  }

  private convolution(x: Value, layer: ConvolutionLayer): Value {
    return convolution(this.graph, x, this.weight(`${layer.name}.weight`), layer, this.settings.padding, { name: layer.name });
  }

  private norm(x: Value, { name, momentum }: NormLayer): Value {
    const statistic = (part: string) => this.variables.get(`${name}.${part}`).handle;
    const [runningMean, runningVariance] = [statistic('running_mean'), statistic('running_var')];
    const result = batchNorm(
      this.graph,
      x,
      {
        scale: this.read(`${name}.weight`),
        offset: this.read(`${name}.bias`),
        mean: this.graph.read(runningMean),
        variance: this.graph.read(runningVariance),
      },
      { training: this.settings.training, momentum, epsilon: batchNormEpsilon },
    );
    if (this.settings.training) {
      this.updates.push(this.graph.assign(runningMean, result.mean), this.graph.assign(runningVariance, result.variance));
    }
    return result.y;
  }
}
