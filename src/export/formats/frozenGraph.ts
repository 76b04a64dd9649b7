import type { ConvolutionNorm } from '../../core/model/architecture';
import { type, type DType, type Shape } from '../../engine/graph/attributes';
import { Graph, type Value } from '../../engine/graph/graph';
import { add, batchNorm, biasAdd, cast, conv2d, matMul, maxPool, mean, multiply, relu, softmax, subtract } from '../../engine/graph/ops';
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

  const logits = buildInference<Value>(model.architecture, normalised, {
    convolution: (x, layer, activated) => {
      const y = fold ? folded(graph, model, x, layer) : separate(graph, model, x, layer, vector);
      return activated ? relu(graph, y) : y;
    },
    maxPool: (x, window) => maxPool(graph, x, window),
    addRelu: (a, b) => relu(graph, add(graph, a, b)),
    globalMean: (x) => mean(graph, x, [1, 2]),
    linear: (x) => {
      const { classes, features } = model.architecture;
      return biasAdd(graph, matMul(graph, x, constant(graph, 'fc.weight', [classes, features], model.data('fc.weight')), false, true), vector('fc.bias'));
    },
  });
  const named = (value: Value, name: string) => graph.add('Identity', [value], { T: type('float32') }, [value], { name })[0]!;
  graph.signature('serving_default', { images }, { logits: named(logits, 'logits'), probabilities: named(softmax(graph, logits), 'probabilities') });
  return graph;
}

const filterShape = ({ size, inChannels, outChannels }: ConvolutionNorm) => [size, size, inChannels, outChannels] as const;
const hwio = (weights: Float32Array, { size, inChannels, outChannels }: ConvolutionNorm) => toHwio(weights, [outChannels, inChannels, size, size]);

function folded(graph: Graph, model: TrainedModel, x: Value, layer: ConvolutionNorm): Value {
  const { weights, bias } = foldedConvolution(model, layer);
  const filter = constant(graph, `${layer.convolution}.weight`, filterShape(layer), hwio(weights, layer));
  const convolved = conv2d(graph, x, filter, layer, 'native', { name: layer.convolution });
  return biasAdd(graph, convolved, constant(graph, `${layer.convolution}.bias`, [layer.outChannels], bias));
}

function separate(graph: Graph, model: TrainedModel, x: Value, layer: ConvolutionNorm, vector: (name: string) => Value): Value {
  const filter = constant(graph, `${layer.convolution}.weight`, filterShape(layer), hwio(model.data(`${layer.convolution}.weight`), layer));
  const convolved = conv2d(graph, x, filter, layer, 'native', { name: layer.convolution });
  const [scale, offset, runningMean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map((part) => vector(`${layer.norm}.${part}`)) as [Value, Value, Value, Value];
  return batchNorm(graph, convolved, { scale, offset, mean: runningMean, variance }, { training: false, momentum: 0, epsilon: batchNormEpsilon }).y;
}
