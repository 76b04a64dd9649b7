import type { ActivationName, ConvolutionLayer, Layer, NetworkPlan, NormLayer, PoolLayer } from '../../core/model/layers';

/** What a target format makes of each part of a network. `V` names a value in its graph. */
export interface InferenceTarget<V> {
  /** Convolution, the batch norm after it where there is one, and a relu where one follows. */
  convolution(x: V, layer: ConvolutionLayer, norm: NormLayer | null, relu: boolean): V;
  /** A batch norm that stands alone, and a relu where one follows. */
  norm(x: V, layer: NormLayer, relu: boolean): V;
  activation(x: V, of: ActivationName): V;
  maxPool(x: V, window: PoolLayer): V;
  /** The end of a residual: the sum, and a relu where one follows. */
  add(a: V, b: V, relu: boolean): V;
  /** Mean or largest over height and width: [n, channels] */
  globalPool(x: V, pool: 'mean' | 'max'): V;
  /** The classifier: [n, classes] */
  linear(x: V): V;
}

/** A network over normalised images, written into a format's graph. @returns the logits */
export const buildInference = <V>({ layers, classifier }: NetworkPlan, images: V, target: InferenceTarget<V>): V =>
  target.linear(target.globalPool(sequence(layers, images, target), classifier.pool));

function sequence<V>(given: readonly Layer[], images: V, target: InferenceTarget<V>): V {
  const layers = normsFirst(given);
  let x = images;
  let at = 0;
  /** The next layer, taken where it is of that kind. */
  const take = <K extends Layer['kind']>(kind: K): Extract<Layer, { kind: K }> | null => {
    const next = layers[at];
    if (next?.kind !== kind) return null;
    at++;
    return next as Extract<Layer, { kind: K }>;
  };
  const takeRelu = () => {
    const next = layers[at];
    return next?.kind === 'activation' && next.of === 'relu' && take('activation') !== null;
  };
  while (at < layers.length) {
    const layer = layers[at++]!;
    switch (layer.kind) {
      case 'convolution':
        x = target.convolution(x, layer, take('norm'), takeRelu());
        break;
      case 'norm':
        x = target.norm(x, layer, takeRelu());
        break;
      case 'activation':
        x = target.activation(x, layer.of);
        break;
      case 'maxPool':
        x = target.maxPool(x, layer);
        break;
      case 'residual': {
        const path = sequence(layer.path, x, target);
        x = target.add(path, sequence(layer.shortcut, x, target), takeRelu());
        break;
      }
    }
  }
  return x;
}

/** A norm whose scale is fixed, and so positive, changes no order: it can as well stand before a max pool without a border, where it folds into the convolution. */
function normsFirst(layers: readonly Layer[]): Layer[] {
  const result = [...layers];
  for (let at = 0; at + 1 < result.length; at++) {
    const [pool, norm] = [result[at]!, result[at + 1]!];
    if (pool.kind === 'maxPool' && pool.padding === 0 && norm.kind === 'norm' && norm.scale === 'fixed') result.splice(at, 2, norm, pool);
  }
  return result;
}

/** The same target, with `mark` around every value that it gives but the logits. */
export const marking = <V>(target: InferenceTarget<V>, mark: (x: V) => V): InferenceTarget<V> => ({
  convolution: (x, layer, norm, relu) => mark(target.convolution(x, layer, norm, relu)),
  norm: (x, layer, relu) => mark(target.norm(x, layer, relu)),
  activation: (x, of) => mark(target.activation(x, of)),
  maxPool: (x, window) => mark(target.maxPool(x, window)),
  add: (a, b, relu) => mark(target.add(a, b, relu)),
  globalPool: (x, pool) => mark(target.globalPool(x, pool)),
  linear: (x) => target.linear(x),
});
