import type { Graph, Value } from '../graph/graph';
import { add, addAll, divide, l2Loss, minimum, multiply, squareRoot } from '../graph/ops';

/**
 * torch.nn.utils.clip_grad_norm_: every gradient times min(1, maxNorm / (norm + 1e-6)), where norm is that of all gradients
 * together.
 */
export function clipByGlobalNorm(graph: Graph, gradients: readonly Value[], maxNorm: number): Value[] {
  const halfSquares = addAll(graph, gradients.map((gradient) => l2Loss(graph, gradient)));
  const norm = squareRoot(graph, multiply(graph, halfSquares, graph.scalar(2)));
  const ratio = divide(graph, graph.scalar(maxNorm), add(graph, norm, graph.scalar(1e-6)));
  const factor = minimum(graph, ratio, graph.scalar(1));
  return gradients.map((gradient) => multiply(graph, gradient, factor));
}
