import type { ConvolutionLayer, NormLayer } from '../../core/model/layers';
import { type, type DType, type Shape } from '../../engine/graph/attributes';
import { Graph, type Value } from '../../engine/graph/graph';
import { add, batchNorm, biasAdd, cast, conv2d, globalMaxPool, matMul, maxPool, mean, multiply, relu, silu, softmax, subtract } from '../../engine/graph/ops';
import { bytesOf, toHwio } from '../model/bytes';
import { batchNormEpsilon, foldedConvolution } from '../model/foldedConvolution';
import { buildInference } from '../model/inference';
import type { TrainedModel } from '../model/trainedModel';

/** A constant named after what it holds. */
function constant(graph: Graph, name: string, shape: Shape, data: Float32Array): Value {
  const attributes = { dtype: type('float32'), value: { kind: 'tensor', dtype: 'float32', shape, content: bytesOf(data) } } as const;
  return graph.add('Const', [], attributes, [{ dtype: 'float32', shape }], { name })[0]!;
}

/**
 * The forward pass as a TensorFlow graph in which the weights are constants, so that nothing has to be restored: signature
 * `serving_default`, images [n, h, w, 3] as decoded → logits and probabilities [n, classes].
 * @param dtype of the images: TensorFlow takes bytes, TensorFlow.js has no such type and takes int32
 */
export function frozenGraph(model: TrainedModel, { fold, dtype }: { readonly fold: boolean; readonly dtype: Extract<DType, 'uint8' | 'int32'> }): Graph {
  const graph = new Graph();
  const { input: { width, height, channels }, normalization } = model.description;
  const images = graph.placeholder('images', dtype, [-1, height, width, channels]);
  const centred = subtract(graph, cast(graph, images, 'float32'), graph.constant('float32', [channels], normalization.mean.map((m) => 255 * m)));
  const normalised = multiply(graph, centred, graph.constant('float32', [channels], normalization.deviation.map((d) => 1 / (255 * d))));
  const vector = (name: string) => constant(graph, name, [model.data(name).length], model.data(name));

  const rectified = (x: Value, activated: boolean) => (activated ? relu(graph, x) : x);
  const logits = buildInference<Value>(model.plan, normalised, {
    convolution: (x, layer, norm, activated) => {
      const y = fold ? folded(graph, model, x, layer, norm) : convolved(graph, x, layer, model.data(`${layer.name}.weight`));
      return rectified(norm && !fold ? normed(graph, y, norm, vector) : y, activated);
    },
    norm: (x, layer, activated) => rectified(normed(graph, x, layer, vector), activated),
    activation: (x, of) => ({ relu, silu })[of](graph, x),
    maxPool: (x, window) => maxPool(graph, x, window),
    add: (a, b, activated) => rectified(add(graph, a, b), activated),
    globalPool: (x, pool) => (pool === 'mean' ? mean(graph, x, [1, 2]) : globalMaxPool(graph, x)),
    linear: (x) => {
      const { classes, features } = model.plan.classifier;
      const { weights, bias } = model.classifier();
      return biasAdd(graph, matMul(graph, x, constant(graph, 'fc.weight', [classes, features], weights), false, true), constant(graph, 'fc.bias', [classes], bias));
    },
  });
  const named = (value: Value, name: string) => graph.add('Identity', [value], { T: type('float32') }, [value], { name })[0]!;
  graph.signature('serving_default', { images }, { logits: named(logits, 'logits'), probabilities: named(softmax(graph, logits), 'probabilities') });
  return graph;
}

function convolved(graph: Graph, x: Value, layer: ConvolutionLayer, weights: Float32Array): Value {
  const { name, size, inChannels, outChannels } = layer;
  const filter = constant(graph, `${name}.weight`, [size, size, inChannels, outChannels], toHwio(weights, [outChannels, inChannels, size, size]));
  return conv2d(graph, x, filter, layer, 'native', { name });
}

function folded(graph: Graph, model: TrainedModel, x: Value, layer: ConvolutionLayer, norm: NormLayer | null): Value {
  const { weights, bias } = foldedConvolution(model, layer, norm);
  const y = convolved(graph, x, layer, weights);
  return norm ? biasAdd(graph, y, constant(graph, `${layer.name}.bias`, [layer.outChannels], bias)) : y;
}

function normed(graph: Graph, x: Value, { name }: NormLayer, vector: (name: string) => Value): Value {
  const [scale, offset, runningMean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map((part) => vector(`${name}.${part}`)) as [Value, Value, Value, Value];
  return batchNorm(graph, x, { scale, offset, mean: runningMean, variance }, { training: false, momentum: 0, epsilon: batchNormEpsilon }).y;
}
