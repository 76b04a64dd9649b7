import type { ConvolutionNorm } from '../../../core/model/architecture';
import { bytesOf } from '../../model/bytes';
import { batchNormEpsilon, foldedConvolution } from '../../model/foldedConvolution';
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

export const convolutionAttributes = ({ size, stride, padding }: Pick<ConvolutionNorm, 'size' | 'stride' | 'padding'>) => ({
  kernel_shape: { ints: [size, size] }, strides: { ints: [stride, stride] }, pads: { ints: [padding, padding, padding, padding] },
});

/** The network in floats. float16 folds batch norm always: running variances need not fit into it. */
export function onnxModel(model: TrainedModel, { fold, type }: { readonly fold: boolean; readonly type: FloatType }): OnnxGraph {
  const graph = new OnnxGraph();
  const images = normalisedImages(graph, model);
  const start = type === 'float16' ? graph.node('Cast', [images], { to: { i: 10 } }, 'images.half') : images;
  const logits = buildInference(model.architecture, start, floatTarget(graph, model, { fold: fold || type === 'float16', type }));
  addOutputs(graph, type === 'float16' ? graph.node('Cast', [logits], { to: { i: 1 } }) : logits, model.architecture.classes);
  return graph;
}

/** Builds with ONNX's float operators. */
export function floatTarget(graph: OnnxGraph, model: TrainedModel, { fold, type }: { readonly fold: boolean; readonly type: FloatType }): InferenceTarget<string> {
  const vector = (name: string) => floats(graph, type, name, [model.data(name).length], model.data(name));
  const filterShape = ({ outChannels, inChannels, size }: ConvolutionNorm) => [outChannels, inChannels, size, size];
  return {
    convolution(x, layer, relu) {
      const { convolution, norm } = layer;
      const activated = (y: string) => (relu ? graph.node('Relu', [y]) : y);
      if (fold) {
        const { weights, bias } = foldedConvolution(model, layer);
        const inputs = [x, floats(graph, type, `${convolution}.weight`, filterShape(layer), weights), floats(graph, type, `${convolution}.bias`, [bias.length], bias)];
        return activated(graph.node('Conv', inputs, convolutionAttributes(layer), convolution));
      }
      const filter = floats(graph, type, `${convolution}.weight`, filterShape(layer), model.data(`${convolution}.weight`));
      const convolved = graph.node('Conv', [x, filter], convolutionAttributes(layer), convolution);
      const parameters = ['weight', 'bias', 'running_mean', 'running_var'].map((part) => vector(`${norm}.${part}`));
      return activated(graph.node('BatchNormalization', [convolved, ...parameters], { epsilon: { f: batchNormEpsilon } }, norm));
    },
    maxPool: (x, window) => graph.node('MaxPool', [x], convolutionAttributes(window)),
    addRelu: (a, b) => graph.node('Relu', [graph.node('Add', [a, b])]),
    globalMean: (x) => graph.node('Flatten', [graph.node('GlobalAveragePool', [x])], { axis: { i: 1 } }),
    linear: (x) => {
      const { classes, features } = model.architecture;
      return graph.node('Gemm', [x, floats(graph, type, 'fc.weight', [classes, features], model.data('fc.weight')), vector('fc.bias')], { transB: { i: 1 } }, 'fc');
    },
  };
}
