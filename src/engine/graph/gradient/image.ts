import type { GraphNode, Value } from '../graph';
import { shapeOf } from '../ops/layout';
import { filterGradientByProducts } from './filterGradient';
import { onlyGradient, registerGradient } from './registry';

const pick = (node: GraphNode, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(node.attributes).filter(([key]) => keys.includes(key)));

const convolutionKeys = ['T', 'strides', 'padding', 'explicit_paddings', 'data_format'];

registerGradient('Conv2D', ({ graph, node, gradients: [g], needed }) => {
  const [x, filter] = node.inputs as [Value, Value];
  const attributes = pick(node, convolutionKeys);
  const gradient = (op: string, inputs: Value[], like: Value) => graph.add(op, inputs, attributes, [like], { name: `${node.name}/${op}` })[0];
  return [
    needed[0] ? gradient('Conv2DBackpropInput', [shapeOf(graph, x), filter, g!], x) : undefined,
    needed[1]
      ? filterGradientByProducts(graph, node, g!) ?? gradient('Conv2DBackpropFilter', [x, graph.constant('int32', [4], filter.shape), g!], filter)
      : undefined,
  ];
});

registerGradient('MaxPool', ({ graph, node, gradients: [g] }) => {
  const x = node.inputs[0]!;
  const attributes = pick(node, ['T', 'ksize', 'strides', 'padding', 'explicit_paddings', 'data_format']);
  return [graph.add('MaxPoolGrad', [x, node.outputs[0]!, g!], attributes, [x])[0]];
});

registerGradient('FusedBatchNormV3', ({ graph, node, gradients }) => {
  const g = onlyGradient(node, gradients);
  const [x, scale, , mean, variance] = node.inputs as [Value, Value, Value, Value, Value];
  const training = node.attributes['is_training'];
  // In training the kernel left the batch's mean and inverse deviation in outputs 3 and 4; else the running ones count.
  const reserves =
    training?.kind === 'bool' && training.value ? node.outputs.slice(3, 6) : [mean, variance, node.outputs[5]!];
  const attributes = pick(node, ['T', 'U', 'epsilon', 'data_format', 'is_training']);
  const outputs = [x, scale, scale, mean, mean];
  const [dx, dScale, dOffset] = graph.add('FusedBatchNormGradV3', [g, x, scale, ...reserves], attributes, outputs);
  return [dx, dScale, dOffset, undefined, undefined];
});

registerGradient('BiasAdd', ({ graph, node, gradients: [g] }) => [
  g,
  graph.add('BiasAddGrad', [g!], pick(node, ['T', 'data_format']), [node.inputs[1]!])[0],
]);
