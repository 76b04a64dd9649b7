import type { Graph, Value } from '../graph/graph';
import { argMax, cast, equal, logSoftmax, multiply, oneHot, sum } from '../graph/ops';

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

/** The number of examples whose largest logit is at the label: [], float32. Compared as floats, since int32 runs on the host. */
export function correctCount(graph: Graph, logits: Value, labels: Value): Value {
  const predicted = cast(graph, argMax(graph, logits), 'float32');
  const hits = equal(graph, predicted, cast(graph, labels, 'float32'));
  return sum(graph, cast(graph, hits, 'float32'), [0]);
}
