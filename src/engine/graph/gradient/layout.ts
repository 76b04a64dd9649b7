import type { Graph, GraphNode, Value } from '../graph';
import { pad, reshape, shapeOf, slice, transpose } from '../ops/layout';
import { type } from '../attributes';
import { registerGradient, type GradientRule } from './registry';

/** The numbers of a constant int32 input. */
function constantInput(graph: Graph, node: GraphNode, index: number): number[] {
  const value = graph.node(node.inputs[index]!.node).attributes['value'];
  if (value?.kind !== 'tensor') throw new Error(`Input ${index} of ${node.op} (node "${node.name}") is not a constant.`);
  return [...new Int32Array(value.content.slice().buffer)];
}

registerGradient('Reshape', ({ graph, node, gradients: [g] }) => {
  const x = node.inputs[0]!;
  const open = x.shape.filter((size) => size === -1).length;
  if (open <= 1) return [reshape(graph, g!, x.shape), undefined];
  const attributes = { T: type(x.dtype), Tshape: type('int32') };
  return [graph.add('Reshape', [g!, shapeOf(graph, x)], attributes, [x])[0], undefined];
});

const padRule: GradientRule = ({ graph, node, gradients: [g] }) => {
  const x = node.inputs[0]!;
  const amounts = constantInput(graph, node, 1);
  const begin = x.shape.map((_, axis) => amounts[axis * 2]!);
  const grows = (axis: number) => begin[axis]! + amounts[axis * 2 + 1]! > 0;
  if (x.shape.some((size, axis) => size === -1 && grows(axis))) throw new Error(`Node "${node.name}" pads an axis of unknown size.`);
  return [slice(graph, g!, begin, x.shape), ...node.inputs.slice(1).map(() => undefined)];
};
registerGradient('Pad', padRule);
registerGradient('PadV2', padRule);

registerGradient('Slice', ({ graph, node, gradients: [g] }) => {
  const [x, y] = [node.inputs[0]!, node.outputs[0]!];
  const begin = constantInput(graph, node, 1);
  const paddings = x.shape.map((size, axis): [number, number] => {
    if (size !== -1) return [begin[axis]!, size - begin[axis]! - y.shape[axis]!];
    if (begin[axis] !== 0 || y.shape[axis] !== -1) throw new Error(`Node "${node.name}" cuts an axis of unknown size.`);
    return [0, 0];
  });
  return [pad(graph, g!, paddings), undefined, undefined];
});

registerGradient('ConcatV2', ({ graph, node, gradients: [g] }) => {
  const parts = node.inputs.slice(0, -1);
  const [axis] = constantInput(graph, node, parts.length);
  let at = 0;
  return [
    ...parts.map((part) => {
      const begin = part.shape.map((_, i) => (i === axis ? at : 0));
      at += part.shape[axis!]!;
      return slice(graph, g!, begin, part.shape);
    }),
    undefined,
  ];
});

registerGradient('Transpose', ({ graph, node, gradients: [g] }) => {
  const order = constantInput(graph, node, 1);
  const inverse = order.map((_, axis) => order.indexOf(axis));
  return [transpose(graph, g! as Value, inverse), undefined];
});
