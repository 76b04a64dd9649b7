import type { ConvolutionLayer, NormLayer } from '../../core/model/layers';
import type { TrainedModel } from './trainedModel';

/** torch.nn.BatchNorm2d's default. */
export const batchNormEpsilon = 1e-5;

/** A convolution with its bias. */
export interface FoldedConvolution {
  /** OIHW */
  readonly weights: Float32Array;
  /** [out] */
  readonly bias: Float32Array;
}

/** A batch norm with running statistics as x · factor + offset for each channel, in float64. */
export function normFactors(model: TrainedModel, { name, channels }: NormLayer): { readonly factor: Float64Array; readonly offset: Float64Array } {
  const [scale, bias, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map((part) => model.data(`${name}.${part}`)) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const factor = Float64Array.from({ length: channels }, (_, channel) => scale[channel]! / Math.sqrt(variance[channel]! + batchNormEpsilon));
  return { factor, offset: factor.map((value, channel) => bias[channel]! - mean[channel]! * value) };
}

/**
 * A convolution and the batch norm after it (with running statistics) as one convolution with a bias, computed in float64:
 * w' = w · scale / sqrt(variance + ε), b' = offset − mean · scale / sqrt(variance + ε).
 * Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", 2018, section 3.2.
 */
export function foldedConvolution(model: TrainedModel, { name, outChannels }: ConvolutionLayer, norm: NormLayer | null): FoldedConvolution {
  const source = model.data(`${name}.weight`);
  if (!norm) return { weights: source, bias: new Float32Array(outChannels) };
  const { factor: factors, offset } = normFactors(model, norm);
  const weights = new Float32Array(source.length);
  const bias = new Float32Array(outChannels);
  const perChannel = source.length / outChannels;
  for (let channel = 0; channel < outChannels; channel++) {
    const factor = factors[channel]!;
    bias[channel] = offset[channel]!;
    for (let i = channel * perChannel; i < (channel + 1) * perChannel; i++) weights[i] = source[i]! * factor;
  }
  return { weights, bias };
}
