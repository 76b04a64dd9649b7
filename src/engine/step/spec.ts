import type { NetworkPlan } from '../../core/model/layers';
import { networkPlan, type NetworkChoice } from '../../core/model/plan';

interface Momentum {
  readonly momentum: number;
  readonly nesterov: boolean;
}

export type OptimizerSpec = {
  readonly weightDecay: number;
  /** false: weight decay leaves out what has one axis, batch norm's scale and offset and the biases. As torch where it is left out. */
  readonly decayNormAndBias?: boolean;
} & (
  | ({ readonly kind: 'sgd' } & Momentum)
  | { readonly kind: 'adam' | 'adamw'; readonly beta1: number; readonly beta2: number; readonly epsilon: number }
  | ({
      /** Filters of hidden convolutions by Muon, all else by SGD: `momentum` and `weightDecay` are SGD's, `nesterov` is of both. */
      readonly kind: 'muon';
      /** Learning rate of the filters, as a multiple of SGD's. */
      readonly filterRate: number;
      readonly filterMomentum: number;
      readonly filterWeightDecay: number;
      readonly newtonSchulzSteps: number;
      readonly normalizeFilters: boolean;
    } & Momentum)
);

/** Everything that shapes the graph of a network. The learning rate is not part of it: it is fed with each step. */
export interface NetworkSpec extends NetworkChoice {
  readonly classes: number;
  /** Of an image, in pixels. */
  readonly height: number;
  readonly width: number;
  readonly channels: 3;
  /** Of each channel, as fractions of 255: images are fed as (x / 255 - mean) / deviation. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** As torch.nn.CrossEntropyLoss(label_smoothing); 0 is none. It acts on the training loss only. */
  readonly labelSmoothing: number;
  readonly optimizer: OptimizerSpec;
  /** Largest global norm of the gradient, as torch.nn.utils.clip_grad_norm_; null clips nothing. */
  readonly clipNorm: number | null;
  /** Keeps an exponential moving average of parameters and running statistics beside them. */
  readonly averages?: boolean;
  /** Images that go through the network at once; a larger batch is trained on in parts whose gradients add up. Absent or null: all of it. */
  readonly microBatch?: number | null;
  /** Training batches may come with a second label for each image (Mixup, CutMix). */
  readonly mixesLabels?: boolean;
  /** The classifier can be trained alone. */
  readonly freezable?: boolean;
  /** Of convolutions and matrix products in training. Evaluation is float32: it judges the float32 weights that are kept. */
  readonly precision: 'float32' | 'bfloat16';
  readonly device: 'cpu' | 'gpu';
}

/** Images as bytes, n · height · width · channels (NHWC), and a class for each. */
export interface Batch {
  readonly pixels: Uint8Array;
  readonly labels: Int32Array;
  /** Training labels that are mixtures: `weight` of an image's own, the rest of its other label. Needs a network that `mixesLabels`. */
  readonly mix?: { readonly others: Int32Array; readonly weight: number } | null;
}

/**
 * A named part of what a network knows, under torchvision's name and in its layout (convolutions OIHW, linear [out, in]).
 * What the optimizer keeps is named 'optimizer.<slot>.<parameter>', with torch's names for slots; 'optimizer.step' counts
 * the steps of Adam, 'optimizer.frozenSteps' those that left the backbone alone. Moving averages are named 'average.<name>'.
 */
export interface StateTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
  readonly role: 'parameter' | 'statistic' | 'optimizer' | 'average';
}

export const architectureOf = (spec: NetworkSpec): NetworkPlan => networkPlan(spec, spec.channels, spec.classes);

export const imageBytes = (spec: NetworkSpec): number => spec.height * spec.width * spec.channels;
