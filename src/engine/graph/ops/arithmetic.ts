import { bool, int, type, type DType } from '../attributes';
import type { Graph, Value } from '../graph';
import { broadcastShapes, formatShape } from './shapes';

const binary =
  (op: string) =>
  (graph: Graph, a: Value, b: Value): Value =>
    graph.add(op, [a, b], { T: type(a.dtype) }, [{ dtype: a.dtype, shape: broadcastShapes(a.shape, b.shape) }])[0]!;

const unary =
  (op: string) =>
  (graph: Graph, x: Value): Value =>
    graph.add(op, [x], { T: type(x.dtype) }, [x])[0]!;

export const add = binary('AddV2');
export const subtract = binary('Sub');
export const multiply = binary('Mul');
export const divide = binary('RealDiv');
export const minimum = binary('Minimum');
export const negate = unary('Neg');
export const squareRoot = unary('Sqrt');
export const relu = unary('Relu');
const sigmoid = unary('Sigmoid');
/** torch.nn.functional.silu: x · sigmoid(x). */
export const silu = (graph: Graph, x: Value): Value => multiply(graph, x, sigmoid(graph, x));
/** A copy with memory of its own. */
export const deepCopy = unary('DeepCopy');

/** Adds up tensors of one shape. */
export function addAll(graph: Graph, values: readonly Value[]): Value {
  if (values.length === 0) throw new Error('There is nothing to add up.');
  if (values.length === 1) return values[0]!;
  if (values.length === 2) return add(graph, values[0]!, values[1]!);
  return graph.add('AddN', values, { T: type(values[0]!.dtype), N: int(values.length) }, [values[0]!])[0]!;
}

/** Half the sum of squares: []. */
export const l2Loss = (graph: Graph, x: Value): Value =>
  graph.add('L2Loss', [x], { T: type(x.dtype) }, [{ dtype: x.dtype, shape: [] }])[0]!;

/** The value itself where it is of that type already. */
export const cast = (graph: Graph, x: Value, dtype: DType): Value =>
  x.dtype === dtype ? x : graph.add('Cast', [x], { SrcT: type(x.dtype), DstT: type(dtype) }, [{ dtype, shape: x.shape }])[0]!;

function reduce(op: 'Sum' | 'Mean') {
  return (graph: Graph, x: Value, axes: readonly number[], keepDims = false): Value => {
    const shape = keepDims
      ? x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
      : x.shape.filter((_, axis) => !axes.includes(axis));
    const indices = graph.constant('int32', [axes.length], axes);
    return graph.add(op, [x, indices], { T: type(x.dtype), Tidx: type('int32'), keep_dims: bool(keepDims) }, [{ dtype: x.dtype, shape }])[0]!;
  };
}
/** Sum over `axes` (counted from 0). */
export const sum = reduce('Sum');
/** Mean over `axes` (counted from 0). */
export const mean = reduce('Mean');

/** [m, k] × [k, n] → [m, n]; each side can be transposed first. */
export function matMul(graph: Graph, a: Value, b: Value, transposeA = false, transposeB = false): Value {
  const [m, k] = transposeA ? [a.shape[1]!, a.shape[0]!] : [a.shape[0]!, a.shape[1]!];
  const [k2, n] = transposeB ? [b.shape[1]!, b.shape[0]!] : [b.shape[0]!, b.shape[1]!];
  if (a.shape.length !== 2 || b.shape.length !== 2 || (k !== k2 && k !== -1 && k2 !== -1)) {
    throw new Error(`Matrices ${formatShape(a.shape)} and ${formatShape(b.shape)} do not fit together.`);
  }
  if (a.dtype !== b.dtype) throw new Error(`A product of ${a.dtype} and ${b.dtype} is not defined.`);
  const attributes = { T: type(a.dtype), transpose_a: bool(transposeA), transpose_b: bool(transposeB) };
  return graph.add('MatMul', [a, b], attributes, [{ dtype: a.dtype, shape: [m, n] }])[0]!;
}

/** log(softmax(x)) over the last axis of [n, classes]. */
export const logSoftmax = unary('LogSoftmax');

export const softmax = unary('Softmax');

/** Index of the largest of the last axis of [n, classes], the first one where they tie: [n], int32. */
export function argMax(graph: Graph, x: Value): Value {
  const attributes = { T: type(x.dtype), Tidx: type('int32'), output_type: type('int32') };
  return graph.add('ArgMax', [x, graph.constant('int32', [], [1])], attributes, [{ dtype: 'int32', shape: [x.shape[0]!] }])[0]!;
}

export const equal = (graph: Graph, a: Value, b: Value): Value =>
  graph.add('Equal', [a, b], { T: type(a.dtype) }, [{ dtype: 'bool', shape: broadcastShapes(a.shape, b.shape) }])[0]!;

/** [n] labels → [n, classes], `on` at the label and `off` elsewhere. */
export function oneHot(graph: Graph, labels: Value, classes: number, on: number, off: number): Value {
  const inputs = [labels, graph.constant('int32', [], [classes]), graph.scalar(on), graph.scalar(off)];
  const attributes = { T: type('float32'), TI: type('int32'), axis: int(-1) };
  return graph.add('OneHot', inputs, attributes, [{ dtype: 'float32', shape: [labels.shape[0]!, classes] }])[0]!;
}
