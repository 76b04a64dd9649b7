import { int, type, type DType, type FloatType, type Shape } from '../attributes';
import type { Graph, Value } from '../graph';
import { elementCount, formatShape } from './shapes';

/** Same values under another shape, which may leave one size open (-1). */
export function reshape(graph: Graph, x: Value, shape: Shape): Value {
  const [before, after] = [elementCount(x.shape), elementCount(shape)];
  if (shape.filter((size) => size === -1).length > 1) throw new Error(`A shape can leave one size open, not ${formatShape(shape)}.`);
  if (before >= 0 && after >= 0 && before !== after) {
    throw new Error(`${formatShape(x.shape)} cannot be reshaped to ${formatShape(shape)}.`);
  }
  const dims = graph.constant('int32', [shape.length], shape);
  return graph.add('Reshape', [x, dims], { T: type(x.dtype), Tshape: type('int32') }, [{ dtype: x.dtype, shape }])[0]!;
}

/** The run-time shape of a tensor: [rank], int32, in host memory on every device. */
export const shapeOf = (graph: Graph, x: Value): Value =>
  graph.add('Shape', [x], { T: type(x.dtype), out_type: type('int32') }, [{ dtype: 'int32', shape: [x.shape.length] }])[0]!;

/** The run-time number of elements: [], int32, in host memory on every device. */
export const sizeOf = (graph: Graph, x: Value): Value =>
  graph.add('Size', [x], { T: type(x.dtype), out_type: type('int32') }, [{ dtype: 'int32', shape: [] }])[0]!;

/** `x` broadcast to the run-time shape of `like`. */
export const broadcastLike = (graph: Graph, x: Value, like: Value): Value =>
  graph.add('BroadcastTo', [x, shapeOf(graph, like)], { T: type(x.dtype), Tidx: type('int32') }, [{ dtype: x.dtype, shape: like.shape }])[0]!;

export type Paddings = readonly (readonly [before: number, after: number])[];

/** Adds `before` and `after` elements of `fill` along each axis. */
export function pad(graph: Graph, x: Value, paddings: Paddings, fill = 0): Value {
  if (paddings.length !== x.shape.length) throw new Error(`${formatShape(x.shape)} takes one padding for each axis.`);
  const shape = x.shape.map((size, axis) => (size < 0 ? size : size + paddings[axis]![0] + paddings[axis]![1]));
  const amounts = graph.constant('int32', [paddings.length, 2], paddings.flat());
  const attributes = { T: type(x.dtype), Tpaddings: type('int32') };
  return fill === 0
    ? graph.add('Pad', [x, amounts], attributes, [{ dtype: x.dtype, shape }])[0]!
    : graph.add('PadV2', [x, amounts, graph.scalar(fill, x.dtype as FloatType)], attributes, [{ dtype: x.dtype, shape }])[0]!;
}

/** The part of `x` from `begin` of the given size; a size of -1 goes to the end of its axis. */
export function slice(graph: Graph, x: Value, begin: readonly number[], size: readonly number[]): Value {
  const shape = size.map((length, axis) => (length >= 0 ? length : x.shape[axis]! < 0 ? -1 : x.shape[axis]! - begin[axis]!));
  const inputs = [x, graph.constant('int32', [begin.length], begin), graph.constant('int32', [size.length], size)];
  return graph.add('Slice', inputs, { T: type(x.dtype), Index: type('int32') }, [{ dtype: x.dtype, shape }])[0]!;
}

/** Tensors joined along an axis along which each has a known size. */
export function concatenate(graph: Graph, parts: readonly Value[], axis: number): Value {
  if (parts.length === 0) throw new Error('There is nothing to join.');
  if (parts.length === 1) return parts[0]!;
  const [first] = parts as [Value];
  const total = parts.reduce((size, part) => size + part.shape[axis]!, 0);
  const shape = first.shape.map((size, i) => (i === axis ? total : size));
  const attributes = { N: int(parts.length), T: type(first.dtype), Tidx: type('int32') };
  return graph.add('ConcatV2', [...parts, graph.constant('int32', [], [axis])], attributes, [{ dtype: first.dtype, shape }])[0]!;
}

/** Axis i of the result is axis `order[i]` of `x`. */
export function transpose(graph: Graph, x: Value, order: readonly number[]): Value {
  const shape = order.map((axis) => x.shape[axis]!);
  const inputs = [x, graph.constant('int32', [order.length], order)];
  return graph.add('Transpose', inputs, { T: type(x.dtype), Tperm: type('int32') }, [{ dtype: x.dtype, shape }])[0]!;
}

/** The same bytes as another type: int32 [..., n] → float32 [..., n] or uint8 [..., n, 4]; int32 or float32 [..., n, 2] ↔ float64 [..., n]. Copies nothing. */
export function bitcast(graph: Graph, x: Value, dtype: Extract<DType, 'float32' | 'float64' | 'uint8' | 'int32'>): Value {
  const shape = dtype === 'uint8' ? [...x.shape, 4] : dtype === 'float64' ? x.shape.slice(0, -1) : x.dtype === 'float64' ? [...x.shape, 2] : x.shape;
  return graph.add('Bitcast', [x], { T: type(x.dtype), type: type(dtype) }, [{ dtype, shape }])[0]!;
}
