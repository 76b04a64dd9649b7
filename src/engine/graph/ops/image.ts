import { bool, float, ints, string, type, type Attributes } from '../attributes';
import type { Graph, NodeOptions, Value } from '../graph';
import { formatShape } from './shapes';
import { pad, reshape } from './layout';

/** Images are NHWC, filters HWIO. A filter is of its images' type. */
const nhwc = ({ dtype }: Value) => ({ T: type(dtype), data_format: string('NHWC') });

/**
 * How a convolution's padding reaches the kernel. `explicit`: as an attribute, which cuDNN takes as it is; on the CPU it
 * leaves the oneDNN kernels (up to 7 times slower), so there `native` pads with an op of its own and convolves VALID, or says
 * SAME where that means the same.
 */
export type PaddingRoute = 'native' | 'explicit';

export interface WindowSpec {
  /** Height and width of the window. */
  readonly size: number;
  readonly stride: number;
  /** Rows and columns added on each side, as torch's `padding`. */
  readonly padding: number;
}

/** Output size of torch.nn.Conv2d and MaxPool2d: floor((n + 2p - k) / s) + 1. */
export const outputSize = (size: number, window: WindowSpec): number =>
  Math.floor((size + 2 * window.padding - window.size) / window.stride) + 1;

/** Whether TensorFlow's SAME pads `padding` on both sides of an axis of this size. (At stride 2 it mostly does not.) */
function isSame(size: number, window: WindowSpec): boolean {
  const output = Math.ceil(size / window.stride);
  return Math.max((output - 1) * window.stride + window.size - size, 0) === 2 * window.padding && outputSize(size, window) === output;
}

function resultShape(x: Value, window: WindowSpec, channels: number): number[] {
  const [batch, height, width] = x.shape as [number, number, number];
  const [h, w] = [outputSize(height, window), outputSize(width, window)];
  if (h < 1 || w < 1) throw new Error(`A ${window.size}×${window.size} window does not fit on ${formatShape(x.shape)}.`);
  return [batch, h, w, channels];
}

const strides = (stride: number): readonly number[] => [1, stride, stride, 1];
const around = (padding: number) => [[0, 0], [padding, padding], [padding, padding], [0, 0]] as const;

/** Padding attributes for `native`, and the input, padded where an op has to do it. */
function nativePadding(graph: Graph, x: Value, window: WindowSpec, fill: number): { x: Value; padding: string } {
  if (window.padding === 0) return { x, padding: 'VALID' };
  if (isSame(x.shape[1]!, window) && isSame(x.shape[2]!, window)) return { x, padding: 'SAME' };
  return { x: pad(graph, x, around(window.padding), fill), padding: 'VALID' };
}

/** torch.nn.functional.conv2d without bias: [n, h, w, in] with [k, k, in, out] → [n, h', w', out], zeros around. */
export function conv2d(graph: Graph, x: Value, filter: Value, window: WindowSpec, route: PaddingRoute, options?: NodeOptions): Value {
  const [kh, kw, inChannels, outChannels] = filter.shape;
  if (kh !== window.size || kw !== window.size || inChannels !== x.shape[3]) {
    throw new Error(`A filter ${formatShape(filter.shape)} does not fit on ${formatShape(x.shape)}.`);
  }
  if (filter.dtype !== x.dtype) throw new Error(`A filter of ${filter.dtype} does not fit on ${x.dtype}.`);
  const shape = resultShape(x, window, outChannels!);
  const common = { ...nhwc(x), strides: ints(strides(window.stride)) };
  const convolve = (input: Value, attributes: Attributes) =>
    graph.add('Conv2D', [input, filter], { ...common, ...attributes }, [{ dtype: x.dtype, shape }], options)[0]!;
  if (route === 'explicit' && window.padding > 0) {
    return convolve(x, { padding: string('EXPLICIT'), explicit_paddings: ints(around(window.padding).flat()) });
  }
  const native = nativePadding(graph, x, window, 0);
  return convolve(native.x, { padding: string(native.padding) });
}

/** The lowest number of the value's type; a larger exponent's rounding would make it -Infinity in bfloat16. */
const lowest = ({ dtype }: Value): number => (dtype === 'bfloat16' ? -3.3895313892515355e38 : -3.4028234663852886e38);

/** torch.nn.functional.max_pool2d. The border never wins: it is filled with the lowest number of the type. */
export function maxPool(graph: Graph, x: Value, window: WindowSpec): Value {
  const shape = resultShape(x, window, x.shape[3]!);
  const native = nativePadding(graph, x, window, lowest(x));
  const attributes = {
    ...nhwc(x),
    ksize: ints([1, window.size, window.size, 1]),
    strides: ints(strides(window.stride)),
    padding: string(native.padding),
  };
  return graph.add('MaxPool', [native.x], attributes, [{ dtype: x.dtype, shape }])[0]!;
}

/** The largest value of each square map: [n, h, h, c] → [n, c]. */
export function globalMaxPool(graph: Graph, maps: Value): Value {
  const [, height, width, channels] = maps.shape as [number, number, number, number];
  if (height !== width) throw new Error(`Maps of ${height}×${width} are not square.`);
  return reshape(graph, height === 1 ? maps : maxPool(graph, maps, { size: height, stride: 1, padding: 0 }), [-1, channels]);
}

export interface BatchNormInputs {
  readonly scale: Value;
  readonly offset: Value;
  readonly mean: Value;
  readonly variance: Value;
}

/**
 * torch.nn.BatchNorm2d over [n, h, w, c]. In training it normalises with the batch's own statistics, and the kernel blends
 * them into the running ones: `mean` and `variance` of the result are (1 - momentum) · old + momentum · batch, the variance
 * unbiased. Otherwise it normalises with the running statistics.
 */
export function batchNorm(
  graph: Graph,
  x: Value,
  inputs: BatchNormInputs,
  settings: { readonly training: boolean; readonly momentum: number; readonly epsilon: number },
): { y: Value; mean: Value; variance: Value } {
  const statistic = { dtype: 'float32', shape: [x.shape[3]!] } as const;
  const attributes = {
    ...nhwc(x),
    U: type('float32'),
    epsilon: float(settings.epsilon),
    is_training: bool(settings.training),
    exponential_avg_factor: float(settings.training ? settings.momentum : 1),
  };
  const [y, mean, variance] = graph.add(
    'FusedBatchNormV3',
    [x, inputs.scale, inputs.offset, inputs.mean, inputs.variance],
    attributes,
    [{ dtype: x.dtype, shape: x.shape }, statistic, statistic, statistic, statistic, statistic],
  );
  return { y: y!, mean: mean!, variance: variance! };
}

/** Adds [c] to every row of [..., c]. */
export function biasAdd(graph: Graph, x: Value, bias: Value): Value {
  if (bias.shape.length !== 1 || bias.shape[0] !== x.shape.at(-1)) {
    throw new Error(`A bias ${formatShape(bias.shape)} does not fit on ${formatShape(x.shape)}.`);
  }
  return graph.add('BiasAdd', [x, bias], nhwc(x), [{ dtype: x.dtype, shape: x.shape }])[0]!;
}
