import { differentiate } from '../graph/gradient/differentiate';
import { Graph, type Value } from '../graph/graph';
import { mean, sum, type PaddingRoute } from '../graph/ops';
import { forward } from '../model/forward';
import { graphShape, ModelVariables } from '../model/variables';
import { parametersOf } from '../../core/model/parameters';
import { clipByGlobalNorm } from './clip';
import { batchInputs, scalarInput } from './input';
import { correctCount, crossEntropy } from './loss';
import { applyOptimizer, scalarNames, slotNames } from './optimizer';
import { architectureOf, type NetworkSpec } from './spec';
import { addStateSignatures, slotName, stateSpecs } from './state';

/**
 * The whole of a network as one graph:
 * - `train` (pixels, labels, the optimizer's scalars → loss, correct) moves the parameters and the running statistics;
 * - `evaluate` (pixels, labels → lossSum, correct, logits) holds the forward pass alone and takes the running statistics;
 * - `read` and `write` take the state out and in.
 */
export function buildNetwork(spec: NetworkSpec, padding: PaddingRoute): Graph {
  const graph = new Graph();
  const architecture = architectureOf(spec);
  const variables = new ModelVariables(graph, parametersOf(architecture));
  const inputs = batchInputs(graph, spec);
  const batch = { pixels: inputs.pixels, labels: inputs.labels };

  const judged = forward(graph, architecture, variables, inputs.images, { training: false, padding });
  graph.signature('evaluate', batch, {
    // Without smoothing, so that losses of differently trained networks can be compared.
    lossSum: sum(graph, crossEntropy(graph, judged.logits, inputs.labels, 0), [0]),
    correct: correctCount(graph, judged.logits, inputs.labels),
    logits: judged.logits,
  });

  const trained = forward(graph, architecture, variables, inputs.images, { training: true, padding });
  const loss = mean(graph, crossEntropy(graph, trained.logits, inputs.labels, spec.labelSmoothing), [0]);
  const parameters = variables.ofRole('parameter').map((variable) => ({ ...variable, value: trained.parameters.get(variable.spec.name)! }));
  const plain = differentiate(graph, loss, parameters.map(({ value }) => value));
  const gradients = spec.clipNorm === null ? plain : clipByGlobalNorm(graph, plain, spec.clipNorm);

  const handles = new Map(variables.all().map(({ spec: { name }, handle }) => [name, handle]));
  const updates = parameters.map(({ spec: parameter, handle, value }, i) => {
    const slots: Record<string, Value> = {};
    for (const slot of slotNames(spec.optimizer)) {
      const name = slotName(slot, parameter.name);
      handles.set(name, (slots[slot] = graph.variable(name, graphShape(parameter))));
    }
    return { handle, value, gradient: gradients[i]!, slots };
  });
  const scalars = scalarNames(spec.optimizer).map((name) => ({ name, ...scalarInput(graph, name) }));
  const values = Object.fromEntries(scalars.map(({ name, value }) => [name, value]));
  const effects = [...applyOptimizer(graph, spec.optimizer, updates, values), ...trained.updates];
  graph.signature(
    'train',
    { ...batch, ...Object.fromEntries(scalars.map(({ name, placeholder }) => [name, placeholder])) },
    { loss: graph.afterAll(loss, effects), correct: correctCount(graph, trained.logits, inputs.labels) },
  );

  addStateSignatures(graph, stateSpecs(spec), handles);
  return graph;
}
