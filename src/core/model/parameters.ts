import type { ConvolutionLayer, Layer, NetworkPlan, NormLayer } from './layers';

/** One entry of a network's state_dict (without num_batches_tracked, which nothing reads). */
export interface ParameterSpec {
  /** torchvision's name, for the networks it has. */
  readonly name: string;
  /** torch's shape: convolutions OIHW, linear [out, in]. */
  readonly shape: readonly number[];
  /** `parameter`: trained; `statistic`: kept beside, the running mean or variance of a batch norm, and what a network holds fixed. */
  readonly role: 'parameter' | 'statistic';
  readonly kind: 'convolution' | 'normScale' | 'normOffset' | 'runningMean' | 'runningVariance' | 'linear' | 'linearBias';
  /** Of a convolution. */
  readonly start?: ConvolutionLayer['start'];
  /** Of an offset, where it is not 1: multiple of the learning rate. */
  readonly rate?: number;
}

function ofLayer(layer: Layer): ParameterSpec[] {
  switch (layer.kind) {
    case 'convolution':
      return [ofConvolution(layer)];
    case 'norm':
      return ofNorm(layer);
    case 'residual':
      return [...layer.path, ...layer.shortcut].flatMap(ofLayer);
    case 'activation':
    case 'maxPool':
      return [];
  }
}

const ofConvolution = ({ name, inChannels, outChannels, size, start }: ConvolutionLayer): ParameterSpec =>
  ({ name: `${name}.weight`, shape: [outChannels, inChannels, size, size], role: start === 'whitening' ? 'statistic' : 'parameter', kind: 'convolution', start });

function ofNorm({ name, channels, scale, offsetRate }: NormLayer): ParameterSpec[] {
  const shape = [channels];
  return [
    { name: `${name}.weight`, shape, role: scale === 'fixed' ? 'statistic' : 'parameter', kind: 'normScale' },
    { name: `${name}.bias`, shape, role: 'parameter', kind: 'normOffset', ...(offsetRate === 1 ? {} : { rate: offsetRate }) },
    { name: `${name}.running_mean`, shape, role: 'statistic', kind: 'runningMean' },
    { name: `${name}.running_var`, shape, role: 'statistic', kind: 'runningVariance' },
  ];
}

/** Every parameter and statistic in the order of torch's state_dict; those of role `parameter` are the trained ones of named_parameters(). */
export function parametersOf({ layers, classifier: { features, classes } }: NetworkPlan): ParameterSpec[] {
  return [
    ...layers.flatMap(ofLayer),
    { name: 'fc.weight', shape: [classes, features], role: 'parameter', kind: 'linear' },
    { name: 'fc.bias', shape: [classes], role: 'parameter', kind: 'linearBias' },
  ];
}

/** Whether it is a convolution's that does not take the image. The first of a network's parameters are the filters that do. */
export const isHiddenConvolution = (plan: NetworkPlan, { kind, name }: ParameterSpec): boolean => kind === 'convolution' && name !== parametersOf(plan)[0]!.name;

export const elements = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
