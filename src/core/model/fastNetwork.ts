import type { ActivationName, Layer, NetworkPlan, NormLayer } from './layers';

const widths = [64, 256, 256] as const;
const whiteningSize = 2;
const activation: Layer = { kind: 'activation', of: 'silu' satisfies ActivationName };

/**
 * A small network for quick answers, after the ideas of Jordan's airbench94 (arXiv 2404.00498): a first convolution that whitens 2×2 patches
 * of the training images and stays as it is; three blocks of convolution, max pool, norm, activation, convolution, norm, activation, whose
 * convolutions start as the identity where they can; norms without a scale of their own whose offsets learn 64 times as fast; the largest value of each last
 * map; logits divided by 9. Unlike there, the whitening has no bias, so that no gradient has to reach it, and the activation is SiLU.
 * `residual`, after airbench96: each block has a third convolution, and what stood before the last two is added to what they make.
 */
export function fastNetwork(channels: number, classes: number, residual: boolean): NetworkPlan {
  const white = 2 * whiteningSize ** 2 * channels;
  const first: Layer = { kind: 'convolution', name: 'whiten', inChannels: channels, outChannels: white, size: whiteningSize, stride: 1, padding: 0, start: 'whitening' };
  const blocks = widths.flatMap((width, index) => block(`layer${index + 1}`, widths[index - 1] ?? white, width, residual));
  return { layers: [first, activation, ...blocks], classifier: { pool: 'max', features: widths[2], classes, factor: 1 / 9 } };
}

function block(name: string, inChannels: number, outChannels: number, residual: boolean): Layer[] {
  const convolution = (part: string, from: number): Layer =>
    ({ kind: 'convolution', name: `${name}.${part}`, inChannels: from, outChannels, size: 3, stride: 1, padding: 1, start: 'dirac' });
  const norm = (part: string): NormLayer => ({ kind: 'norm', name: `${name}.${part}`, channels: outChannels, momentum: 0.2, scale: 'fixed', offsetRate: 64 });
  const second: Layer[] = [convolution('conv2', outChannels), norm('bn2')];
  return [
    convolution('conv1', inChannels), { kind: 'maxPool', size: 2, stride: 2, padding: 0 }, norm('bn1'), activation,
    ...(residual ? [{ kind: 'residual', path: [...second, activation, convolution('conv3', outChannels), norm('bn3')], shortcut: [] } as const] : second), activation,
  ];
}
