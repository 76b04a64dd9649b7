import { resnet, type Architecture, type ArchitectureName, type StemName } from '../../core/model/architecture';

export type OptimizerSpec =
  | { readonly kind: 'sgd'; readonly momentum: number; readonly nesterov: boolean; readonly weightDecay: number }
  | {
      readonly kind: 'adam' | 'adamw';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly weightDecay: number;
    };

/** Everything that shapes the graph of a network. The learning rate is not part of it: it is fed with each step. */
export interface NetworkSpec {
  readonly architecture: ArchitectureName;
  readonly stem: StemName;
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
  readonly device: 'cpu' | 'gpu';
}

/** Images as bytes, n · height · width · channels (NHWC), and a class for each. */
export interface Batch {
  readonly pixels: Uint8Array;
  readonly labels: Int32Array;
}

/**
 * A named part of what a network knows, under torchvision's name and in its layout (convolutions OIHW, linear [out, in]).
 * What the optimizer keeps is named 'optimizer.<slot>.<parameter>', with torch's names for slots; 'optimizer.step' counts
 * the steps of Adam.
 */
export interface StateTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
  readonly role: 'parameter' | 'statistic' | 'optimizer';
}

export const architectureOf = (spec: NetworkSpec): Architecture =>
  resnet(spec.architecture, spec.stem, spec.channels, spec.classes);

export const imageBytes = (spec: NetworkSpec): number => spec.height * spec.width * spec.channels;
