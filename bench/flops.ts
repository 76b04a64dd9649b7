import { resnet, stemPool, type StemName } from '../src/core/model/architecture';

/**
 * Floating-point operations that convolutions and classifier of ResNet50 take to train on one image: two for each product and
 * sum, three passes (forward, gradient of the input, gradient of the filter), two for the first layer. Taps that only meet
 * padding count.
 */
export function trainingFlops(stem: StemName, imageSize: number): number {
  const { stem: first, pool, blocks, features, classes } = resnet('resnet50', stem, 3, 10);
  const shrink = (size: number, window: { size: number; stride: number; padding: number }) =>
    Math.floor((size + 2 * window.padding - window.size) / window.stride) + 1;
  const products = (size: number, { size: k, inChannels, outChannels }: typeof first) => size ** 2 * k ** 2 * inChannels * outChannels;
  let size = shrink(imageSize, first);
  let total = 2 * 2 * products(size, first);
  if (pool) size = shrink(size, stemPool);
  for (const { path, shortcut } of blocks) {
    const before = size;
    for (const layer of path) {
      size = shrink(size, layer);
      total += 3 * 2 * products(size, layer);
    }
    if (shortcut) total += 3 * 2 * products(shrink(before, shortcut), shortcut);
  }
  return total + 3 * 2 * features * classes;
}
