import type { Architecture, ConvolutionNorm } from './architecture';

/** One entry of torchvision's state_dict (without num_batches_tracked, which nothing reads). */
export interface ParameterSpec {
  /** torchvision's name. */
  readonly name: string;
  /** torchvision's shape: convolutions OIHW, linear [out, in]. */
  readonly shape: readonly number[];
  /** `parameter`: trained; `statistic`: running mean or variance of a batch norm. */
  readonly role: 'parameter' | 'statistic';
  readonly kind: 'convolution' | 'normScale' | 'normOffset' | 'runningMean' | 'runningVariance' | 'linear' | 'linearBias';
}

function ofConvolutionNorm({ convolution, norm, inChannels, outChannels, size }: ConvolutionNorm): ParameterSpec[] {
  const shape = [outChannels];
  return [
    { name: `${convolution}.weight`, shape: [outChannels, inChannels, size, size], role: 'parameter', kind: 'convolution' },
    { name: `${norm}.weight`, shape, role: 'parameter', kind: 'normScale' },
    { name: `${norm}.bias`, shape, role: 'parameter', kind: 'normOffset' },
    { name: `${norm}.running_mean`, shape, role: 'statistic', kind: 'runningMean' },
    { name: `${norm}.running_var`, shape, role: 'statistic', kind: 'runningVariance' },
  ];
}

/** Every parameter and statistic in the order of torchvision's state_dict; those of role `parameter` are named_parameters(). */
export function parametersOf({ stem, blocks, features, classes }: Architecture): ParameterSpec[] {
  return [
    ...ofConvolutionNorm(stem),
    ...blocks.flatMap(({ path, shortcut }) => [...path, ...(shortcut ? [shortcut] : [])].flatMap(ofConvolutionNorm)),
    { name: 'fc.weight', shape: [classes, features], role: 'parameter', kind: 'linear' },
    { name: 'fc.bias', shape: [classes], role: 'parameter', kind: 'linearBias' },
  ];
}

export const elements = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
