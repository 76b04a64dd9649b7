import type { Graph, Value } from '../graph/graph';
import { add, batchNorm, biasAdd, convolution, matMul, maxPool, mean, relu, type PaddingRoute } from '../graph/ops';
import { stemPool, type Architecture, type Block, type ConvolutionNorm } from '../../core/model/architecture';
import type { ModelVariables } from './variables';

/** torch.nn.BatchNorm2d's defaults. */
const batchNormMomentum = 0.1;
const batchNormEpsilon = 1e-5;

export interface ForwardSettings {
  /** Batch norm takes the batch's statistics and moves the running ones. */
  readonly training: boolean;
  readonly padding: PaddingRoute;
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

/** torchvision's ResNet.forward over normalised images [n, h, w, c]. */
export function forward(
  graph: Graph,
  architecture: Architecture,
  variables: ModelVariables,
  images: Value,
  settings: ForwardSettings,
): Forward {
  const pass = new ForwardPass(graph, variables, settings);
  let x = relu(graph, pass.convolutionNorm(images, architecture.stem));
  if (architecture.pool) x = maxPool(graph, x, stemPool);
  for (const block of architecture.blocks) x = pass.block(x, block);
  const features = mean(graph, x, [1, 2]);
  const logits = biasAdd(graph, matMul(graph, features, pass.read('fc.weight'), false, true), pass.read('fc.bias'));
  return { logits, features, maps: x, parameters: pass.parameters, updates: pass.updates };
}

class ForwardPass {
  readonly parameters = new Map<string, Value>();
  readonly updates: Value[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly variables: ModelVariables,
    private readonly settings: ForwardSettings,
  ) {}

  read(name: string): Value {
    const value = this.graph.read(this.variables.get(name).handle);
    if (this.parameters.has(name)) throw new Error(`The model uses "${name}" twice.`);
    this.parameters.set(name, value);
    return value;
  }

  block(x: Value, { path, shortcut }: Block): Value {
    let y = x;
    path.forEach((step, index) => {
      y = this.convolutionNorm(y, step);
      if (index < path.length - 1) y = relu(this.graph, y);
    });
    return relu(this.graph, add(this.graph, y, shortcut ? this.convolutionNorm(x, shortcut) : x));
  }

  convolutionNorm(x: Value, layer: ConvolutionNorm): Value {
    const filter = this.read(`${layer.convolution}.weight`);
    const convolved = convolution(this.graph, x, filter, layer, this.settings.padding, { name: layer.convolution });
    const statistic = (name: string) => this.variables.get(`${layer.norm}.${name}`).handle;
    const [runningMean, runningVariance] = [statistic('running_mean'), statistic('running_var')];
    const result = batchNorm(
      this.graph,
      convolved,
      {
        scale: this.read(`${layer.norm}.weight`),
        offset: this.read(`${layer.norm}.bias`),
        mean: this.graph.read(runningMean),
        variance: this.graph.read(runningVariance),
      },
      { training: this.settings.training, momentum: batchNormMomentum, epsilon: batchNormEpsilon },
    );
    if (this.settings.training) {
      this.updates.push(this.graph.assign(runningMean, result.mean), this.graph.assign(runningVariance, result.variance));
    }
    return result.y;
  }
}
