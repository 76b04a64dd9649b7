import { differentiate } from '../graph/gradient/differentiate';
import { bool, type } from '../graph/attributes';
import { Graph } from '../graph/graph';
import { batchNorm, bitcast, cast, conv2d, matMul, mean, multiply, relu, reshape, sum } from '../graph/ops';

/** Sizes of the probe's network: two 3×3 convolutions, a batch norm and a linear layer, on images of a few pixels. */
export const sizes = { batch: 4, height: 6, width: 6, channels: 3, hidden: 4, features: 5, classes: 2 } as const;
export const learningRate = 0.5;

const { batch, height, width, channels, hidden, features, classes } = sizes;

/** Numbers in [-0.5, 0.5) that look random and are the same everywhere. */
const numbers = (count: number, salt: number): number[] =>
  Array.from({ length: count }, (_, i) => ((Math.imul(i + salt, 0x9e3779b1) >>> 8) % 4096) / 4096 - 0.5);

/** What goes into the step, exact in float32. Filters are HWIO, pixels NHWC. */
export const data = {
  pixels: Uint8Array.from({ length: batch * height * width * channels }, (_, i) => (Math.imul(i + 1, 0x85ebca6b) >>> 16) & 255),
  filter1: numbers(9 * channels * hidden, 11),
  filter2: numbers(9 * hidden * features, 12),
  scale: numbers(features, 13).map((x) => x + 1),
  offset: numbers(features, 14),
  weights: numbers(features * classes, 15),
  /** The loss is the sum of the logits times these. */
  pull: numbers(batch * classes, 16),
} as const;

/**
 * A training step of the kind the engine runs: bytes in, Cast, Conv2D and both of its gradients, FusedBatchNormV3, Relu,
 * MatMul and ResourceApplyMomentum. Signatures: `train` (pixels → loss) moves the first filter; `read` and `reset` take it out
 * and put it back.
 */
export function tinyStep(): Graph {
  const graph = new Graph();
  const filterShape = [3, 3, channels, hidden];
  const handle = graph.variable('filter', filterShape);
  const velocity = graph.variable('velocity', filterShape);
  const start = graph.constant('float32', filterShape, data.filter1);

  const pixels = graph.placeholder('pixels', 'int32', [data.pixels.length / 4]);
  const bytes = reshape(graph, bitcast(graph, pixels, 'uint8'), [-1, height, width, channels]);
  const images = multiply(graph, cast(graph, bytes, 'float32'), graph.scalar(1 / 256));
  const filter = graph.read(handle);
  const window = { size: 3, stride: 1, padding: 1 };
  const first = conv2d(graph, images, filter, window, 'native');
  const second = conv2d(graph, first, graph.constant('float32', [3, 3, hidden, features], data.filter2), window, 'native');
  const vector = (values: readonly number[]) => graph.constant('float32', [features], values);
  const inputs = { scale: vector(data.scale), offset: vector(data.offset), mean: vector(data.offset), variance: vector(data.scale) };
  const { y } = batchNorm(graph, second, inputs, { training: true, momentum: 0.1, epsilon: 1e-5 });
  const pooled = mean(graph, relu(graph, y), [1, 2]);
  const logits = matMul(graph, pooled, graph.constant('float32', [features, classes], data.weights));
  const loss = sum(graph, multiply(graph, logits, graph.constant('float32', [batch, classes], data.pull)), [0, 1]);

  const [gradient] = differentiate(graph, loss, [filter]);
  const update = graph.effect(
    'ResourceApplyMomentum',
    [handle, velocity, graph.scalar(learningRate), gradient!, graph.scalar(0.9)],
    { T: type('float32'), use_nesterov: bool(false) },
  );
  graph.signature('train', { pixels }, { loss: graph.afterAll(loss, [update]) });
  graph.signature('read', {}, { filter: graph.read(handle) });
  const zeros = graph.constant('float32', filterShape, data.filter1.map(() => 0));
  graph.signature('reset', {}, { done: graph.afterAll(graph.scalar(1), [graph.assign(handle, start), graph.assign(velocity, zeros)]) });
  return graph;
}
