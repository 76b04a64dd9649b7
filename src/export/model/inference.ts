import { stemPool, type Architecture, type ConvolutionNorm } from '../../core/model/architecture';

/** What a target format makes of each part of a network. `V` names a value in its graph. */
export interface InferenceTarget<V> {
  /** Convolution, batch norm, and a relu where one follows. */
  convolution(x: V, layer: ConvolutionNorm, relu: boolean): V;
  maxPool(x: V, window: typeof stemPool): V;
  /** The end of a residual block: the sum, and its relu. */
  addRelu(a: V, b: V): V;
  /** Mean over height and width: [n, channels] */
  globalMean(x: V): V;
  /** The classifier: [n, classes] */
  linear(x: V): V;
}

/** torchvision's ResNet.forward over normalised images, written into a format's graph. @returns the logits */
export function buildInference<V>(architecture: Architecture, images: V, target: InferenceTarget<V>): V {
  let x = target.convolution(images, architecture.stem, true);
  if (architecture.pool) x = target.maxPool(x, stemPool);
  for (const { path, shortcut } of architecture.blocks) {
    const y = path.reduce((value, layer, index) => target.convolution(value, layer, index < path.length - 1), x);
    x = target.addRelu(y, shortcut ? target.convolution(x, shortcut, false) : x);
  }
  return target.linear(target.globalMean(x));
}

/** The same target, with `mark` around every value that it gives but the logits. */
export const marking = <V>(target: InferenceTarget<V>, mark: (x: V) => V): InferenceTarget<V> => ({
  convolution: (x, layer, relu) => mark(target.convolution(x, layer, relu)),
  maxPool: (x, window) => mark(target.maxPool(x, window)),
  addRelu: (a, b) => mark(target.addRelu(a, b)),
  globalMean: (x) => mark(target.globalMean(x)),
  linear: (x) => target.linear(x),
});
