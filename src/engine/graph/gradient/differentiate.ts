import type { FloatType } from '../attributes';
import type { Graph, Value } from '../graph';
import { addAll } from '../ops/arithmetic';
import { gradientRule } from './registry';
import './arithmetic';
import './image';
import './layout';

const key = (value: Value): string => `${value.node}:${value.index}`;

/**
 * Reverse-mode differentiation: adds the nodes that compute d(loss)/d(target) for each target and returns those gradients in
 * the same order. The gradients that reach a value along several ways are summed. Throws, naming the op, where a rule is
 * missing on the way, and naming the target where the loss does not depend on it.
 * @param loss a scalar of a float type
 */
export function differentiate(graph: Graph, loss: Value, targets: readonly Value[]): Value[] {
  if (loss.shape.length !== 0) throw new Error('Only a scalar can be differentiated.');
  const forward = graph.nodes.slice();
  const leads = leadingTo(graph, loss);

  // Nodes through which a gradient has to flow: those that depend on a target and lead to the loss.
  const targetKeys = new Set(targets.map(key));
  const dependent = new Set<string>();
  const depends = (input: Value) => targetKeys.has(key(input)) || dependent.has(input.node);
  for (const node of forward) if (leads.has(node.name) && node.inputs.some(depends)) dependent.add(node.name);

  const received = new Map<string, Value[]>([[key(loss), [graph.scalar(1, loss.dtype as FloatType)]]]);
  const settled = new Map<string, Value>();
  const total = (value: Value): Value | undefined => {
    const known = settled.get(key(value));
    const parts = received.get(key(value));
    if (known || !parts) return known;
    const sum = addAll(graph, parts);
    settled.set(key(value), sum);
    return sum;
  };

  for (const node of forward.reverse()) {
    if (!dependent.has(node.name)) continue;
    const gradients = node.outputs.map(total);
    if (gradients.every((gradient) => gradient === undefined)) continue;
    const needed = node.inputs.map(depends);
    const inputGradients = gradientRule(node)({ graph, node, gradients, needed });
    node.inputs.forEach((input, i) => {
      const gradient = inputGradients[i];
      if (!needed[i]) return;
      if (!gradient) throw new Error(`Input ${i} of ${node.op} (node "${node.name}") cannot be differentiated.`);
      received.set(key(input), [...(received.get(key(input)) ?? []), gradient]);
    });
  }
  return targets.map((target) => {
    const gradient = total(target);
    if (!gradient) throw new Error(`The loss does not depend on "${target.node}".`);
    return gradient;
  });
}

/** Names of the nodes that `value` is computed from, its own included. */
function leadingTo(graph: Graph, value: Value): Set<string> {
  const found = new Set<string>();
  const open = [value.node];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...graph.node(name).inputs.map((input) => input.node));
  }
  return found;
}
