import type { Graph, Value } from '../graph';
import { cast, divide, matMul, multiply, negate, softmax, subtract, sum } from '../ops/arithmetic';
import { broadcastLike, reshape, sizeOf } from '../ops/layout';
import { broadcastAxes, elementCount, sameShape } from '../ops/shapes';
import { registerGradient } from './registry';
import { type, type DType, type FloatType } from '../attributes';

/** Sums a gradient over the axes along which `operand` was broadcast. */
function unbroadcast(graph: Graph, gradient: Value, operand: Value): Value {
  const axes = broadcastAxes(operand.shape, gradient.shape);
  if (axes.length === 0) return gradient;
  const summed = sum(graph, gradient, axes, true);
  return sameShape(summed.shape, operand.shape) ? summed : reshape(graph, summed, operand.shape);
}

registerGradient('AddV2', ({ graph, node, gradients: [g], needed }) =>
  node.inputs.map((input, i) => (needed[i] ? unbroadcast(graph, g!, input) : undefined)),
);

registerGradient('Sub', ({ graph, node, gradients: [g], needed }) => [
  needed[0] ? unbroadcast(graph, g!, node.inputs[0]!) : undefined,
  needed[1] ? unbroadcast(graph, negate(graph, g!), node.inputs[1]!) : undefined,
]);

registerGradient('AddN', ({ node, gradients: [g] }) => node.inputs.map(() => g));

registerGradient('Mul', ({ graph, node, gradients: [g], needed }) => {
  const [a, b] = node.inputs as [Value, Value];
  return [
    needed[0] ? unbroadcast(graph, multiply(graph, g!, b), a) : undefined,
    needed[1] ? unbroadcast(graph, multiply(graph, g!, a), b) : undefined,
  ];
});

registerGradient('RealDiv', ({ graph, node, gradients: [g], needed }) => {
  const [a, b] = node.inputs as [Value, Value];
  const quotient = divide(graph, g!, b);
  return [
    needed[0] ? unbroadcast(graph, quotient, a) : undefined,
    needed[1] ? unbroadcast(graph, negate(graph, multiply(graph, quotient, node.outputs[0]!)), b) : undefined,
  ];
});

registerGradient('Neg', ({ graph, gradients: [g] }) => [negate(graph, g!)]);
registerGradient('Identity', ({ gradients: [g] }) => [g]);
registerGradient('Cast', ({ graph, node, gradients: [g] }) => [cast(graph, g!, node.inputs[0]!.dtype)]);

registerGradient('Relu', ({ graph, node, gradients: [g] }) => [
  graph.add('ReluGrad', [g!, node.outputs[0]!], { T: type(g!.dtype) }, [g!])[0],
]);

registerGradient('Sigmoid', ({ graph, node, gradients: [g] }) => [
  graph.add('SigmoidGrad', [node.outputs[0]!, g!], { T: type(g!.dtype) }, [g!])[0],
]);

/** The gradient of a reduction, spread over the axes it reduced. */
function spread(graph: Graph, gradient: Value, x: Value, axes: readonly number[]): Value {
  const shape = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return broadcastLike(graph, sameShape(shape, gradient.shape) ? gradient : reshape(graph, gradient, shape), x);
}

const reducedAxes = (graph: Graph, indices: Value): number[] => {
  const value = graph.node(indices.node).attributes['value'];
  if (value?.kind !== 'tensor') throw new Error('The axes of a reduction are a constant.');
  return [...new Int32Array(value.content.slice().buffer)];
};

registerGradient('Sum', ({ graph, node, gradients: [g] }) => {
  const [x, indices] = node.inputs as [Value, Value];
  return [spread(graph, g!, x, reducedAxes(graph, indices)), undefined];
});

registerGradient('Mean', ({ graph, node, gradients: [g] }) => {
  const [x, indices] = node.inputs as [Value, Value];
  const axes = reducedAxes(graph, indices);
  const count = elementCount(axes.map((axis) => x.shape[axis]!));
  // Dividing before spreading touches the small tensor only.
  const share =
    count > 0
      ? multiply(graph, g!, graph.scalar(1 / count, g!.dtype as FloatType))
      : divide(graph, multiply(graph, g!, runTimeSize(graph, node.outputs[0]!, x.dtype)), runTimeSize(graph, x, x.dtype));
  return [spread(graph, share, x, axes), undefined];
});

const runTimeSize = (graph: Graph, x: Value, dtype: DType): Value => cast(graph, sizeOf(graph, x), dtype);

registerGradient('MatMul', ({ graph, node, gradients, needed }) => {
  const g = gradients[0]!;
  const [a, b] = node.inputs as [Value, Value];
  const flag = (key: string) => {
    const attribute = node.attributes[key];
    return attribute?.kind === 'bool' && attribute.value;
  };
  const [ta, tb] = [flag('transpose_a'), flag('transpose_b')];
  return [
    needed[0] ? (ta ? matMul(graph, b, g, tb, true) : matMul(graph, g, b, false, !tb)) : undefined,
    needed[1] ? (tb ? matMul(graph, g, a, true, ta) : matMul(graph, a, g, !ta, false)) : undefined,
  ];
});

registerGradient('LogSoftmax', ({ graph, node, gradients: [g] }) => {
  // exp of the output is the softmax; the Softmax op finds it without Exp, which a GPU has to compile at run time.
  const total = sum(graph, g!, [1], true);
  return [subtract(graph, g!, multiply(graph, softmax(graph, node.inputs[0]!), total))];
});

