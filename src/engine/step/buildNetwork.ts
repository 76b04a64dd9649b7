import { Graph, type Value } from '../graph/graph';
import { sum, type PaddingRoute } from '../graph/ops';
import { forward } from '../model/forward';
import { ModelVariables } from '../model/variables';
import { parametersOf } from '../../core/model/parameters';
import { batchInputs } from './input';
import { correctCount, crossEntropy } from './loss';
import { architectureOf, type NetworkSpec } from './spec';
import { addStateSignatures, averagePrefix, stateSpecs } from './state';
import { addTraining } from './training';

/**
 * The whole of a network as one graph:
 * - `train` and its kin (./training) move the parameters and the running statistics;
 * - `evaluate` (pixels, labels → lossSum, correct, logits) holds the forward pass alone and takes the running statistics; `evaluateAverage`
 *   takes the moving averages of all of them;
 * - `read` and `write` take the state out and in.
 */
export function buildNetwork(spec: NetworkSpec, padding: PaddingRoute): Graph {
  const graph = new Graph();
  const architecture = architectureOf(spec);
  const variables = new ModelVariables(graph, parametersOf(architecture));
  const inputs = batchInputs(graph, spec);
  const batch = { pixels: inputs.pixels, labels: inputs.labels };

  const judged = forward(graph, architecture, variables, inputs.images, { training: false, padding });
  graph.signature('evaluate', batch, judgedOutputs(graph, judged.logits, inputs.labels));
  const averages = spec.averages ? new ModelVariables(graph, parametersOf(architecture), averagePrefix) : null;
  if (averages) {
    const average = forward(graph, architecture, averages, inputs.images, { training: false, padding });
    graph.signature('evaluateAverage', batch, judgedOutputs(graph, average.logits, inputs.labels));
  }
  const slots = addTraining(graph, { spec, architecture, padding, inputs, variables, averages });
  const named = (of: ModelVariables | null, prefix: string) => (of?.all() ?? []).map(({ spec: { name }, handle }) => [`${prefix}${name}`, handle] as const);
  const handles = new Map([...named(variables, ''), ...slots, ...named(averages, averagePrefix)]);
  addStateSignatures(graph, stateSpecs(spec), handles);
  return graph;
}

/** Without smoothing, so that losses of differently trained networks can be compared. */
const judgedOutputs = (graph: Graph, logits: Value, labels: Value) => ({
  lossSum: sum(graph, crossEntropy(graph, logits, labels, 0), [0]),
  correct: correctCount(graph, logits, labels),
  logits,
});
