import type { Graph, NodeOptions, Value } from '../graph';
import { matMul } from './arithmetic';
import { conv2d, outputSize, type PaddingRoute, type WindowSpec } from './image';
import { concatenate, reshape, slice } from './layout';

/**
 * Convolutions as matrix products: the same sums, by kernels that are faster on the CPU for these shapes. Measured with both
 * gradients, in processor time against Conv2D: 1×1 convolutions 0.81 to 0.97; one pixel of result from 1×1 maps 0.2 to 0.3,
 * from 2×2 maps 0.12; four pixels 0.4 to 0.8. Sixteen pixels took 1.6 times as long, so the limit is four.
 */
const pixelLimit = 4;

/** conv2d by the way that is cheapest for this shape; on a GPU (`explicit`) always by cuDNN's. */
export function convolution(graph: Graph, x: Value, filter: Value, window: WindowSpec, route: PaddingRoute, options?: NodeOptions): Value {
  if (route === 'native' && isPixelwise(window)) return pixelwiseConvolution(graph, x, filter);
  const pixels = outputSize(x.shape[1]!, window) * outputSize(x.shape[2]!, window);
  if (route === 'native' && pixels <= pixelLimit) return smallMapConvolution(graph, x, filter, window);
  return conv2d(graph, x, filter, window, route, options);
}

const isPixelwise = ({ size, stride, padding }: WindowSpec): boolean => size === 1 && stride === 1 && padding === 0;

/** A 1×1 convolution with stride 1: every pixel times the filter. */
function pixelwiseConvolution(graph: Graph, x: Value, filter: Value): Value {
  const [, height, width, inChannels] = x.shape as [number, number, number, number];
  const outChannels = filter.shape[3]!;
  const product = matMul(graph, reshape(graph, x, [-1, inChannels]), reshape(graph, filter, [inChannels, outChannels]));
  return reshape(graph, product, [-1, height, width, outChannels]);
}

/**
 * One product for each pixel of the result, over the taps that fall on the map. The other taps only ever meet padding, and
 * their gradient is zero: of a padded 3×3 filter a 1×1 map sees the centre, each pixel of a 2×2 map four taps.
 */
export function smallMapConvolution(graph: Graph, x: Value, filter: Value, window: WindowSpec): Value {
  const [, height, width, inChannels] = x.shape as [number, number, number, number];
  const outChannels = filter.shape[3]!;
  const [outHeight, outWidth] = [outputSize(height, window), outputSize(width, window)];
  const pixels: Value[] = [];
  for (let row = 0; row < outHeight; row++) {
    for (let column = 0; column < outWidth; column++) {
      const [rows, columns] = [visible(row, height, window), visible(column, width, window)];
      const length = rows.count * columns.count * inChannels;
      const seen = part(graph, x, [0, rows.first, columns.first, 0], [-1, rows.count, columns.count, inChannels]);
      const taps = part(graph, filter, [rows.tap, columns.tap, 0, 0], [rows.count, columns.count, inChannels, outChannels]);
      pixels.push(matMul(graph, reshape(graph, seen, [-1, length]), reshape(graph, taps, [length, outChannels])));
    }
  }
  return reshape(graph, concatenate(graph, pixels, 1), [-1, outHeight, outWidth, outChannels]);
}

/** The stretch of an axis that the window sees at an output position, and the tap that lies on its first element. */
function visible(position: number, size: number, window: WindowSpec): { first: number; count: number; tap: number } {
  const start = position * window.stride - window.padding;
  const first = Math.max(0, start);
  return { first, count: Math.min(size, start + window.size) - first, tap: first - start };
}

/** A slice, or the tensor itself where that is all of it. */
function part(graph: Graph, x: Value, begin: readonly number[], size: readonly number[]): Value {
  return size.every((length, axis) => length === -1 || length === x.shape[axis]) ? x : slice(graph, x, begin, size);
}
