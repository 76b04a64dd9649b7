/** torch.nn.Conv2d(in, out, size, stride, padding, bias=False). */
export interface ConvolutionLayer {
  readonly kind: 'convolution';
  /** Of its module; its weights are `<name>.weight`. */
  readonly name: string;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
  /** Its first weights (engine/model/initialWeights). `whitening` is taken from the training images and never trained. */
  readonly start: 'fanOut' | 'dirac' | 'whitening';
}

/** torch.nn.BatchNorm2d with ε = 1e-5. */
export interface NormLayer {
  readonly kind: 'norm';
  readonly name: string;
  readonly channels: number;
  /** Share of a batch in the running statistics, as torch counts it. */
  readonly momentum: number;
  /** `fixed`: the scale stays 1. */
  readonly scale: 'trained' | 'fixed';
  /** Learning rate of the offset, as a multiple of the run's (SGD); its weight decay a step is everybody's. */
  readonly offsetRate: number;
}

interface ActivationLayer {
  readonly kind: 'activation';
  /** `silu`: x · sigmoid(x). */
  readonly of: ActivationName;
}
export type ActivationName = 'relu' | 'silu';

/** torch.nn.MaxPool2d. */
export interface PoolLayer {
  readonly kind: 'maxPool';
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
}

/** Two ways from one input, added up. An empty shortcut is the input itself. */
interface ResidualLayer {
  readonly kind: 'residual';
  readonly path: readonly Layer[];
  readonly shortcut: readonly Layer[];
}

export type Layer = ConvolutionLayer | NormLayer | ActivationLayer | PoolLayer | ResidualLayer;

/** The end of every network: each map becomes one number, and `fc` (with bias) makes logits of them. */
interface Classifier {
  readonly pool: 'mean' | 'max';
  readonly features: number;
  readonly classes: number;
  /** Logits are multiplied by it. */
  readonly factor: number;
}

/** A network as data: what is trained, exported and counted is read from it. */
export interface NetworkPlan {
  readonly layers: readonly Layer[];
  readonly classifier: Classifier;
}

/** torch.nn.BatchNorm2d's defaults. */
export const torchNorm = { momentum: 0.1, scale: 'trained', offsetRate: 1 } as const;

type Window = Pick<PoolLayer, 'size' | 'stride' | 'padding'>;

/** Height (or width) after a window: floor((n + 2p - k) / s) + 1. */
const sizeAfter = (size: number, window: Window): number => Math.floor((size + 2 * window.padding - window.size) / window.stride) + 1;

/** Visits every layer in the order in which it is computed, with the height (or width) of the maps that come in and go out. */
export function walkLayers(layers: readonly Layer[], imageSize: number, visit: (layer: Layer, before: number, after: number) => void): number {
  return layers.reduce((size, layer) => {
    let after = size;
    if (layer.kind === 'convolution' || layer.kind === 'maxPool') after = sizeAfter(size, layer);
    if (layer.kind === 'residual') {
      after = walkLayers(layer.path, size, visit);
      walkLayers(layer.shortcut, size, visit);
    }
    visit(layer, size, after);
    return after;
  }, imageSize);
}

/** Height (or width) of the maps that reach the classifier, for images of that size. No earlier map is smaller. */
export const lastMapSize = ({ layers }: NetworkPlan, imageSize: number): number => walkLayers(layers, imageSize, () => undefined);

/** Height (or width) of the smallest images that leave at least one pixel of every map. */
export function smallestImage({ layers }: NetworkPlan): number {
  for (let size = 1; ; size++) {
    let smallest = size;
    walkLayers(layers, size, (_, __, after) => { smallest = Math.min(smallest, after); });
    if (smallest >= 1) return size;
  }
}

/**
 * Floating-point operations of convolutions and classifier to train on one image: a product and its sum count as two, and there are three
 * passes (forward, gradient of the input, gradient of the filter). The first trained convolution needs no gradient of its input, one that
 * is not trained takes the forward pass alone. Taps that only meet padding count.
 */
export function trainingFlops({ layers, classifier }: NetworkPlan, imageSize: number): number {
  let total = 3 * 2 * classifier.features * classifier.classes;
  let begun = false;
  walkLayers(layers, imageSize, (layer, _, after) => {
    if (layer.kind !== 'convolution') return;
    const trained = layer.start !== 'whitening';
    total += 2 * after ** 2 * layer.size ** 2 * layer.inChannels * layer.outChannels * (!trained ? 1 : begun ? 3 : 2);
    begun ||= trained;
  });
  return total;
}
