import type { ConvolutionLayer, NormLayer } from '../../../core/model/layers';
import { bytesOf } from '../../model/bytes';
import { foldedConvolution } from '../../model/foldedConvolution';
import { buildInference, type InferenceTarget } from '../../model/inference';
import type { TrainedModel } from '../../model/trainedModel';
import type { Ranges } from './calibration';
import { OnnxGraph } from './onnxGraph';
import { activated, addOutputs, convolutionAttributes, globalPool, normalisedImages, scaled } from './onnxModel';

/**
 * Weights take 7 of their 8 bits. Processors without VNNI add two products of bytes in 16 bits and clip what does not fit; 255 · 64 · 2
 * fits. So the figures that were measured here hold on every processor (ONNX Runtime calls it reduce_range).
 */
const weightLimit = 63;

/** A value that went through the grid of a byte: real ≈ (byte - zero) · scale. */
interface Quantised {
  readonly name: string;
  readonly scale: number;
}

/**
 * The network with batch norm folded, in ONNX's QDQ form: weights int8 with a scale for each output channel, values between layers uint8
 * with ranges from calibration images, biases int32. Jacob et al. 2018 (arXiv 1712.05877); Krishnamoorthi 2018 (arXiv 1806.08342), section 3.
 */
export function quantisedModel(model: TrainedModel, ranges: Ranges): OnnxGraph {
  const graph = new OnnxGraph();
  let point = 0;
  const onGrid = (x: string): Quantised => {
    // Zero is on the grid, since padding is zero.
    const [min, max] = [Math.min(0, ranges.min[point]!), Math.max(0, ranges.max[point]!)];
    point++;
    const scale = Math.fround((max - min) / 255 || 1);
    const zero = Math.min(255, Math.max(0, Math.round(-min / scale)));
    const grid = [graph.initializer('scale', 'float32', [], bytesOf(Float32Array.of(scale))), graph.initializer('zero', 'uint8', [], Uint8Array.of(zero))];
    return { name: graph.node('DequantizeLinear', [graph.node('QuantizeLinear', [x, ...grid]), ...grid]), scale };
  };
  const images = onGrid(normalisedImages(graph, model));
  const logits = buildInference(model.plan, images, quantisedTarget(graph, model, onGrid));
  addOutputs(graph, logits.name, model.plan.classifier.classes);
  return graph;
}

function quantisedTarget(graph: OnnxGraph, model: TrainedModel, onGrid: (x: string) => Quantised): InferenceTarget<Quantised> {
  const operands = (x: Quantised, name: string, dims: readonly number[], weights: Float32Array, bias: Float32Array): string[] => {
    const { bytes, scales } = perChannel(weights, dims[0]!);
    const axis = { axis: { i: 0 } };
    const scaleName = graph.initializer(`${name}.scale`, 'float32', [scales.length], bytesOf(scales));
    const weight = graph.node('DequantizeLinear', [graph.initializer(`${name}.weight`, 'int8', dims, bytesOf(bytes)), scaleName], axis);
    const biasScales = scales.map((scale) => scale * x.scale);
    const whole = Int32Array.from(bias, (value, channel) => Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.round(value / biasScales[channel]!))));
    const biasScale = graph.initializer(`${name}.bias.scale`, 'float32', [biasScales.length], bytesOf(biasScales));
    return [x.name, weight, graph.node('DequantizeLinear', [graph.initializer(`${name}.bias`, 'int32', [whole.length], bytesOf(whole)), biasScale], axis)];
  };
  const convolution = (x: Quantised, layer: ConvolutionLayer, norm: NormLayer | null) => {
    const { weights, bias } = foldedConvolution(model, layer, norm);
    const dims = [layer.outChannels, layer.inChannels, layer.size, layer.size];
    return graph.node('Conv', operands(x, layer.name, dims, weights, bias), convolutionAttributes(layer), layer.name);
  };
  const rectified = (x: string, relu: boolean) => (relu ? activated(graph, x, 'relu') : x);
  return {
    convolution: (x, layer, norm, relu) => onGrid(rectified(convolution(x, layer, norm), relu)),
    norm: (x, layer, relu) => onGrid(rectified(scaled(graph, 'float32', model, x.name, layer), relu)),
    activation: (x, of) => onGrid(activated(graph, x.name, of)),
    maxPool: (x, window) => onGrid(graph.node('MaxPool', [x.name], convolutionAttributes(window))),
    add: (a, b, relu) => onGrid(rectified(graph.node('Add', [a.name, b.name]), relu)),
    globalPool: (x, pool) => onGrid(globalPool(graph, x.name, pool)),
    linear: (x) => {
      const { classes, features } = model.plan.classifier;
      const { weights, bias } = model.classifier();
      const inputs = operands(x, 'fc', [classes, features], weights, bias);
      return { name: graph.node('Gemm', inputs, { transB: { i: 1 } }, 'fc'), scale: NaN };
    },
  };
}

/** Symmetric, a scale for each output channel: real ≈ byte · scale. */
function perChannel(weights: Float32Array, channels: number): { bytes: Int8Array; scales: Float32Array } {
  const bytes = new Int8Array(weights.length);
  const scales = new Float32Array(channels);
  const size = weights.length / channels;
  for (let channel = 0; channel < channels; channel++) {
    const part = weights.subarray(channel * size, (channel + 1) * size);
    const scale = Math.fround(part.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / weightLimit || 1);
    scales[channel] = scale;
    part.forEach((value, i) => { bytes[channel * size + i] = Math.round(value / scale); });
  }
  return { bytes, scales };
}
