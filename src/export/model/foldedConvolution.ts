import type { ConvolutionNorm } from '../../core/model/architecture';
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

/**
 * A convolution and the batch norm after it (with running statistics) as one convolution with a bias, computed in float64:
 * w' = w · scale / sqrt(variance + ε), b' = offset − mean · scale / sqrt(variance + ε).
 * Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", 2018, section 3.2.
 */
export function foldedConvolution(model: TrainedModel, { convolution, norm, outChannels }: ConvolutionNorm): FoldedConvolution {
  const [scale, offset] = [model.data(`${norm}.weight`), model.data(`${norm}.bias`)];
  const [mean, variance] = [model.data(`${norm}.running_mean`), model.data(`${norm}.running_var`)];
  const source = model.data(`${convolution}.weight`);
  const weights = new Float32Array(source.length);
  const bias = new Float32Array(outChannels);
  const perChannel = source.length / outChannels;
  for (let channel = 0; channel < outChannels; channel++) {
    const factor = scale[channel]! / Math.sqrt(variance[channel]! + batchNormEpsilon);
    bias[channel] = offset[channel]! - mean[channel]! * factor;
    for (let i = channel * perChannel; i < (channel + 1) * perChannel; i++) weights[i] = source[i]! * factor;
  }
  return { weights, bias };
}
