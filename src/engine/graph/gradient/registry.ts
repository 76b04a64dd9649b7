import type { Graph, GraphNode, Value } from '../graph';

/**
 * The gradient of one op: given a node and the gradient of each of its outputs (undefined where nothing flows back), the
 * gradient of each input. `needed[i]` says whether input i leads to something that is differentiated; a rule may return
 * undefined elsewhere and save the work.
 */
export type GradientRule = (context: {
  readonly graph: Graph;
  readonly node: GraphNode;
  readonly gradients: readonly (Value | undefined)[];
  readonly needed: readonly boolean[];
}) => readonly (Value | undefined)[];

const rules = new Map<string, GradientRule>();

/** Makes `rule` the gradient of every op of that name. A second rule for an op is an error. */
export function registerGradient(op: string, rule: GradientRule): void {
  if (rules.has(op)) throw new Error(`The op ${op} already has a gradient rule.`);
  rules.set(op, rule);
}

/** Throws for an op without a rule, naming it and the node. */
export function gradientRule(node: GraphNode): GradientRule {
  const rule = rules.get(node.op);
  if (!rule) throw new Error(`The op ${node.op} (node "${node.name}") has no gradient rule.`);
  return rule;
}

export const registeredOps = (): string[] => [...rules.keys()];

/** The gradient of a node's only differentiable output. Throws where a gradient flows into another one. */
export function onlyGradient(node: GraphNode, gradients: readonly (Value | undefined)[]): Value {
  const extra = gradients.findIndex((gradient, index) => index > 0 && gradient !== undefined);
  if (extra > 0) throw new Error(`Output ${extra} of ${node.op} (node "${node.name}") cannot be differentiated.`);
  return gradients[0]!;
}
