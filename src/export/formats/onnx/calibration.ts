import { buildInference, marking } from '../../model/inference';
import type { TrainedModel } from '../../model/trainedModel';
import { OnnxGraph } from './onnxGraph';
import { floatTarget, normalisedImages } from './onnxModel';

/** Smallest and largest value of each quantised point, in the order in which the network is built: the images first. */
export interface Ranges {
  readonly min: Float32Array;
  readonly max: Float32Array;
}

/**
 * The float network, batch norm folded, that tells the smallest and largest value of every quantised point over a batch:
 * outputs `min` and `max`, [points].
 */
export function calibrationModel(model: TrainedModel): OnnxGraph {
  const graph = new OnnxGraph();
  const [minima, maxima]: [string[], string[]] = [[], []];
  const one = graph.initializer('one', 'int64', [1], new Uint8Array(BigInt64Array.of(1n).buffer));
  const extreme = (op: 'ReduceMin' | 'ReduceMax', x: string) => graph.node('Reshape', [graph.node(op, [x], { keepdims: { i: 0 } }), one]);
  const mark = (x: string) => {
    minima.push(extreme('ReduceMin', x));
    maxima.push(extreme('ReduceMax', x));
    return x;
  };
  const images = mark(normalisedImages(graph, model));
  buildInference(model.plan, images, marking(floatTarget(graph, model, { fold: true, type: 'float32' }), mark));
  graph.output(graph.node('Concat', minima, { axis: { i: 0 } }, 'min'), 'float32', [minima.length]);
  graph.output(graph.node('Concat', maxima, { axis: { i: 0 } }, 'max'), 'float32', [maxima.length]);
  return graph;
}
