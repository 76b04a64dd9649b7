import type { Graph, Value } from '../graph/graph';
import { add, argMax, cast, equal, logSoftmax, multiply, oneHot, subtract, sum } from '../graph/ops';
import type { BatchInputs } from './input';

/**
 * Cross entropy of each example, [n], as torch.nn.functional.cross_entropy(reduction='none', label_smoothing): LogSoftmax ×
 * targets, which has deterministic kernels on every device.
 * @param logits [n, classes]
 * @param labels [n] int32
 */
export function crossEntropy(graph: Graph, logits: Value, labels: Value, labelSmoothing: number): Value {
  const classes = logits.shape[1]!;
  const share = labelSmoothing / classes;
  // The minus sign of the loss is in the targets.
  const targets = oneHot(graph, labels, classes, -(1 - labelSmoothing + share), -share);
  return sum(graph, multiply(graph, logSoftmax(graph, logits), targets), [1]);
}

/**
 * Cross entropy of each example with probabilities as targets, [n], as torch's with label_smoothing: (1 - s) targets + s / classes.
 * @param logits [n, classes]
 * @param targets [n, classes], each row of sum 1; no gradient goes there
 */
export function softCrossEntropy(graph: Graph, logits: Value, targets: Value, labelSmoothing: number): Value {
  const share = labelSmoothing / logits.shape[1]!;
  const smoothed = labelSmoothing === 0 ? targets : add(graph, multiply(graph, targets, graph.scalar(1 - labelSmoothing)), graph.scalar(share));
  return sum(graph, multiply(graph, logSoftmax(graph, logits), multiply(graph, smoothed, graph.scalar(-1))), [1]);
}

/** Cross entropy of each example of a training batch, its labels mixed where the network's are. */
export function trainingCrossEntropy(graph: Graph, logits: Value, { labels, mixed }: BatchInputs, labelSmoothing: number): Value {
  if (!mixed) return crossEntropy(graph, logits, labels, labelSmoothing);
  const classes = logits.shape[1]!;
  const rest = subtract(graph, graph.scalar(1), mixed.weight);
  const targets = add(graph, multiply(graph, oneHot(graph, labels, classes, 1, 0), mixed.weight), multiply(graph, oneHot(graph, mixed.others, classes, 1, 0), rest));
  return softCrossEntropy(graph, logits, targets, labelSmoothing);
}

/** The number of examples whose largest logit is at the label: [], float32. Compared as floats, since int32 runs on the host. */
export function correctCount(graph: Graph, logits: Value, labels: Value): Value {
  const predicted = cast(graph, argMax(graph, logits), 'float32');
  const hits = equal(graph, predicted, cast(graph, labels, 'float32'));
  return sum(graph, cast(graph, hits, 'float32'), [0]);
}
