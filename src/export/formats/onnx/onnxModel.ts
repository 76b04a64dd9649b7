import type { ActivationName, ConvolutionLayer, NormLayer } from '../../../core/model/layers';
import { bytesOf } from '../../model/bytes';
import { batchNormEpsilon, foldedConvolution, normFactors } from '../../model/foldedConvolution';
import { toHalves } from '../../model/half';
import { buildInference, type InferenceTarget } from '../../model/inference';
import type { TrainedModel } from '../../model/trainedModel';
import { OnnxGraph } from './onnxGraph';

export type FloatType = 'float32' | 'float16';

/** Adds a float constant, in the graph's own precision. */
const floats = (graph: OnnxGraph, type: FloatType, name: string, dims: readonly number[], data: Float32Array) =>
  graph.initializer(name, type, dims, bytesOf(type === 'float16' ? toHalves(data) : data));

/** Input `images` (uint8 NHWC, as decoded, any number) as the network sees it: normalised NCHW. */
export function normalisedImages(graph: OnnxGraph, model: TrainedModel): string {
  const { input: { width, height, channels }, normalization } = model.description;
  const images = graph.input('images', 'uint8', ['batch', height, width, channels]);
  const perChannel = (name: string, values: readonly number[]) => floats(graph, 'float32', name, [channels], Float32Array.from(values));
  const cast = graph.node('Cast', [images], { to: { i: 1 } }, 'images.float');
  const centred = graph.node('Sub', [cast, perChannel('mean255', normalization.mean.map((m) => 255 * m))]);
  const scaled = graph.node('Mul', [centred, perChannel('scale', normalization.deviation.map((d) => 1 / (255 * d)))]);
  return graph.node('Transpose', [scaled], { perm: { ints: [0, 3, 1, 2] } }, 'normalised');
}

/** Outputs `logits` and `probabilities`, float32. */
export function addOutputs(graph: OnnxGraph, logits: string, classes: number): void {
  const named = graph.node('Identity', [logits], {}, 'logits');
  const probabilities = graph.node('Softmax', [named], { axis: { i: 1 } }, 'probabilities');
  for (const output of [named, probabilities]) graph.output(output, 'float32', ['batch', classes]);
}

export const convolutionAttributes = ({ size, stride, padding }: Pick<ConvolutionLayer, 'size' | 'stride' | 'padding'>) => ({
  kernel_shape: { ints: [size, size] }, strides: { ints: [stride, stride] }, pads: { ints: [padding, padding, padding, padding] },
});

/** The network in floats. float16 folds batch norm always: running variances need not fit into it. */
export function onnxModel(model: TrainedModel, { fold, type }: { readonly fold: boolean; readonly type: FloatType }): OnnxGraph {
  const graph = new OnnxGraph();
  const images = normalisedImages(graph, model);
  const start = type === 'float16' ? graph.node('Cast', [images], { to: { i: 10 } }, 'images.half') : images;
  const logits = buildInference(model.plan, start, floatTarget(graph, model, { fold: fold || type === 'float16', type }));
  addOutputs(graph, type === 'float16' ? graph.node('Cast', [logits], { to: { i: 1 } }) : logits, model.plan.classifier.classes);
  return graph;
}

/** Builds with ONNX's float operators. */
export function floatTarget(graph: OnnxGraph, model: TrainedModel, { fold, type }: { readonly fold: boolean; readonly type: FloatType }): InferenceTarget<string> {
  const vector = (name: string) => floats(graph, type, name, [model.data(name).length], model.data(name));
  const rectified = (y: string, relu: boolean) => (relu ? activated(graph, y, 'relu') : y);
  const normed = (x: string, { name }: NormLayer) =>
    graph.node('BatchNormalization', [x, ...['weight', 'bias', 'running_mean', 'running_var'].map((part) => vector(`${name}.${part}`))], { epsilon: { f: batchNormEpsilon } }, name);
  return {
    convolution(x, layer, norm, relu) {
      const { name, outChannels, inChannels, size } = layer;
      const shape = [outChannels, inChannels, size, size];
      if (fold && norm) {
        const { weights, bias } = foldedConvolution(model, layer, norm);
        const inputs = [x, floats(graph, type, `${name}.weight`, shape, weights), floats(graph, type, `${name}.bias`, [bias.length], bias)];
        return rectified(graph.node('Conv', inputs, convolutionAttributes(layer), name), relu);
      }
      const convolved = graph.node('Conv', [x, floats(graph, type, `${name}.weight`, shape, model.data(`${name}.weight`))], convolutionAttributes(layer), name);
      return rectified(norm ? normed(convolved, norm) : convolved, relu);
    },
    norm: (x, layer, relu) => rectified(fold ? scaled(graph, type, model, x, layer) : normed(x, layer), relu),
    activation: (x, of) => activated(graph, x, of),
    maxPool: (x, window) => graph.node('MaxPool', [x], convolutionAttributes(window)),
    add: (a, b, relu) => rectified(graph.node('Add', [a, b]), relu),
    globalPool: (x, pool) => globalPool(graph, x, pool),
    linear: (x) => {
      const { classes, features } = model.plan.classifier;
      const { weights, bias } = model.classifier();
      return graph.node('Gemm', [x, floats(graph, type, 'fc.weight', [classes, features], weights), floats(graph, type, 'fc.bias', [classes], bias)], { transB: { i: 1 } }, 'fc');
    },
  };
}

export const activated = (graph: OnnxGraph, x: string, of: ActivationName): string =>
  of === 'relu' ? graph.node('Relu', [x]) : graph.node('Mul', [x, graph.node('Sigmoid', [x])]);

export const globalPool = (graph: OnnxGraph, x: string, pool: 'mean' | 'max'): string =>
  graph.node('Flatten', [graph.node(pool === 'mean' ? 'GlobalAveragePool' : 'GlobalMaxPool', [x])], { axis: { i: 1 } });

/** A batch norm that no convolution can take in, as a product and a sum: running variances need not fit into float16, these mostly do. */
export function scaled(graph: OnnxGraph, type: FloatType, model: TrainedModel, x: string, norm: NormLayer): string {
  const { factor, offset } = normFactors(model, norm);
  const perChannel = (part: string, values: Float64Array) => floats(graph, type, `${norm.name}.${part}`, [1, norm.channels, 1, 1], Float32Array.from(values));
  return graph.node('Add', [graph.node('Mul', [x, perChannel('factor', factor)]), perChannel('offset', offset)], {}, norm.name);
}
