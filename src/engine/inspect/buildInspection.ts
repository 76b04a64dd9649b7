import { parametersOf } from '../../core/model/parameters';
import { differentiate } from '../graph/gradient/differentiate';
import { Graph, type Value } from '../graph/graph';
import { mean, multiply, oneHot, relu, reshape, sum, type PaddingRoute } from '../graph/ops';
import { forward } from '../model/forward';
import { ModelVariables } from '../model/variables';
import { batchInputs } from '../step/input';
import { architectureOf, type NetworkSpec } from '../step/spec';
import { addStateSignatures, stateSpecs } from '../step/state';

/** The state that a trained network answers from: nothing of the optimizer. */
export const inspectedSpecs = (spec: NetworkSpec) => stateSpecs(spec).filter(({ role }) => role === 'parameter' || role === 'statistic');

/**
 * A trained network as a graph to look into, with running statistics:
 * - `logits` (pixels → logits);
 * - `features` (pixels → logits, features: what the classifier sees);
 * - `gradCam` (pixels, labels: a class for each image → logits, maps);
 * - `read` and `write` take the weights out and in.
 * `featureCount` and `mapSize`, height and width, are those of the penultimate layer and the last maps.
 */
export function buildInspection(spec: NetworkSpec, padding: PaddingRoute): { readonly graph: Graph; readonly featureCount: number; readonly mapSize: readonly [number, number] } {
  const graph = new Graph();
  const architecture = architectureOf(spec);
  const variables = new ModelVariables(graph, parametersOf(architecture));
  const { pixels, labels, images } = batchInputs(graph, spec);
  const { logits, features, maps } = forward(graph, architecture, variables, images, { training: false, padding });
  graph.signature('logits', { pixels }, { logits });
  graph.signature('features', { pixels }, { logits, features });
  graph.signature('gradCam', { pixels, labels }, { logits, maps: gradCam(graph, logits, labels, maps) });
  addStateSignatures(graph, inspectedSpecs(spec), new Map(variables.all().map(({ spec: { name }, handle }) => [name, handle])));
  const [, height, width] = maps.shape as [number, number, number, number];
  return { graph, featureCount: features.shape[1]!, mapSize: [height, width] };
}

/**
 * Grad-CAM: the ReLU of the last maps' sum, each weighted by the mean over its pixels of the gradient of the class's logit.
 * With running statistics an image's logit hangs on that image alone, so one gradient of the sum serves the whole batch.
 * Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization" (2017), equations 1 and 2.
 * @param labels [n] int32
 * @param maps [n, h, w, channels]
 * @returns [n, h, w], not negative, as large as the logit's gradient makes it
 */
function gradCam(graph: Graph, logits: Value, labels: Value, maps: Value): Value {
  const chosen = sum(graph, multiply(graph, logits, oneHot(graph, labels, logits.shape[1]!, 1, 0)), [0, 1]);
  const [gradient] = differentiate(graph, chosen, [maps]);
  const weights = reshape(graph, mean(graph, gradient!, [1, 2]), [-1, 1, 1, maps.shape[3]!]);
  return relu(graph, sum(graph, multiply(graph, maps, weights), [3]));
}
