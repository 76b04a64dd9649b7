import { torchNorm, type ConvolutionLayer, type Layer, type NetworkPlan, type NormLayer } from './layers';

/** Depth and widening factor. */
const sizes = { 'wide-resnet-16-8': [16, 8], 'wide-resnet-28-10': [28, 10] } as const;
export type WideResnetName = keyof typeof sizes;
export const isWideResnet = (name: string): name is WideResnetName => Object.hasOwn(sizes, name);

const relu: Layer = { kind: 'activation', of: 'relu' };
const norm = (name: string, channels: number): NormLayer => ({ kind: 'norm', name, channels, ...torchNorm });
const convolution = (name: string, inChannels: number, outChannels: number, size: number, stride: number): ConvolutionLayer =>
  ({ kind: 'convolution', name, inChannels, outChannels, size, stride, padding: (size - 1) / 2, start: 'fanOut' });

/**
 * Wide residual networks (Zagoruyko and Komodakis, BMVC 2016, arXiv 1605.07146): batch norm and relu before each convolution, no dropout.
 * Three stages of (depth - 4) / 6 blocks with 16, 32 and 64 times the widening factor channels. Where a block changes shapes, its 1×1
 * shortcut takes what the first norm and relu have made, as the authors' code does.
 */
export function wideResnet(name: WideResnetName, channels: number, classes: number): NetworkPlan {
  const [depth, factor] = sizes[name];
  const blocks = (depth - 4) / 6;
  let inChannels = 16;
  const stages = [16, 32, 64].flatMap((base, stage) =>
    Array.from({ length: blocks }, (_, index) => {
      const layers = block(`layer${stage + 1}.${index}`, inChannels, base * factor, stage > 0 && index === 0 ? 2 : 1);
      inChannels = base * factor;
      return layers;
    }).flat(),
  );
  return {
    layers: [convolution('conv1', channels, 16, 3, 1), ...stages, norm('bn', inChannels), relu],
    classifier: { pool: 'mean', features: inChannels, classes, factor: 1 },
  };
}

function block(name: string, inChannels: number, outChannels: number, stride: number): Layer[] {
  const before = [norm(`${name}.bn1`, inChannels), relu];
  const path = [convolution(`${name}.conv1`, inChannels, outChannels, 3, stride), norm(`${name}.bn2`, outChannels), relu, convolution(`${name}.conv2`, outChannels, outChannels, 3, 1)];
  return inChannels === outChannels
    ? [{ kind: 'residual', path: [...before, ...path], shortcut: [] }]
    : [...before, { kind: 'residual', path, shortcut: [convolution(`${name}.shortcut`, inChannels, outChannels, 1, stride)] }];
}
