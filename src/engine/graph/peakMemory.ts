import type { DType } from './attributes';
import type { Graph, Value } from './graph';

const bytesOf: Readonly<Record<DType, number>> = { float32: 4, float64: 8, int32: 4, uint8: 1, bool: 1, bfloat16: 2, resource: 0 };
/** Give back their input's memory under another name. */
const views = new Set(['Reshape', 'Identity', 'Bitcast', 'ReadVariableOp']);
/** Run in the memory of an input that nobody wants any more. */
const inPlace = new Set(['Relu', 'ReluGrad', 'AddV2', 'Mul', 'Sub', 'Neg', 'AddN']);

/**
 * Bytes that a call of a signature holds at its fullest, beside the variables: every node's output from when it runs until its last reader has
 * run, nodes in their order. Scratch memory of kernels is not in it.
 * @param batch what stands for sizes that are known only at run time
 */
export function peakBytes(graph: Graph, signature: string, batch: number): number {
  const { inputs, outputs } = graph.signatures[signature]!;
  const wanted = needed(graph, [...Object.values(outputs)]);
  const nodes = graph.nodes.filter(({ name }) => wanted.has(name));
  const size = ({ dtype, shape }: Value) => bytesOf[dtype] * shape.reduce((count, length) => count * (length < 0 ? batch : length), 1);
  // A view keeps its source alive, so readers of a view are readers of the source.
  const source = new Map<string, string>();
  for (const { name, op, inputs: read } of nodes) source.set(name, views.has(op) && read[0] ? source.get(read[0].node) ?? read[0].node : name);
  const readers = new Map<string, number>();
  for (const node of nodes) for (const input of node.inputs) readers.set(source.get(input.node)!, (readers.get(source.get(input.node)!) ?? 0) + 1);
  for (const output of Object.values(outputs)) readers.set(source.get(output.node)!, (readers.get(source.get(output.node)!) ?? 0) + 1);

  const held = new Map<string, number>();
  let [now, peak] = [0, 0];
  for (const value of Object.values(inputs)) now += size(value);
  for (const { name, op, inputs: read, outputs: made } of nodes) {
    const own = source.get(name) === name && op !== 'Placeholder' ? made.reduce((sum, value) => sum + size(value), 0) : 0;
    const isLast = (input: Value) => readers.get(source.get(input.node)!) === 1;
    const reused = inPlace.has(op) && read.some((input) => isLast(input) && held.get(source.get(input.node)!) === own);
    now += own;
    held.set(name, own);
    peak = Math.max(peak, reused ? now - own : now);
    for (const input of read) {
      const from = source.get(input.node)!;
      const left = readers.get(from)! - 1;
      readers.set(from, left);
      if (left === 0) now -= held.get(from) ?? 0;
    }
  }
  return peak;
}

/** Names of the nodes that the values are computed from, and of those that have to run before them. */
function needed(graph: Graph, values: readonly Value[]): Set<string> {
  const found = new Set<string>();
  const open = values.map(({ node }) => node);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const { inputs, control } = graph.node(name);
    open.push(...inputs.map(({ node }) => node), ...control);
  }
  return found;
}
