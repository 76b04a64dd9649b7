import { applyMix, Augmenter, augmentImage, mixesLabels, Policy, type Draw, type MixDraw } from '../augmentation';
import type { Size } from '../augmentation/image';
import type { Augmentation } from '../config/augmentation';
import type { TrainingOrder } from './trainingOrder';

/** One image as training feeds it in an epoch, but for its pixels: plain data. */
export interface DrawnImage {
  /** From 1. */
  readonly epoch: number;
  /** Of the image in its data set. */
  readonly index: number;
  /** In the order in which they were applied; what changes nothing is among them. */
  readonly draws: readonly Draw[];
  /** null: its batch is not mixed, or the image is in none (it is not trained on). */
  readonly mix: DrawnMix | null;
}

export interface DrawnMix {
  /** `draw.weight`, λ, is that of the image's own label; 1 − λ its partner's. */
  readonly draw: MixDraw;
  /** Of the epoch, from 0. */
  readonly batch: number;
  /** Index of the partner in the data set, and what was drawn for it before the two were mixed. */
  readonly partner: number;
  readonly partnerDraws: readonly Draw[];
}

/** Pixels of an image by its index: uint8, height × width × 3. */
export type PixelsOf = (index: number) => Uint8Array;

/**
 * What a run with this augmentation and seed feeds of an image in an epoch: the trainer's own functions, one image at a time.
 * Reuses its buffers and serves one caller at a time.
 */
export class Inspector {
  private readonly policy: Policy;
  private readonly augmenter: Augmenter;
  private readonly pair: Uint8Array;
  private readonly mixes: boolean;

  /** @param order null where no batches are known: nothing is mixed then */
  constructor(augmentation: Augmentation, private readonly size: Size, seed: number, private readonly order: TrainingOrder | null) {
    this.policy = new Policy(augmentation, size, seed);
    this.augmenter = new Augmenter(size);
    this.mixes = order !== null && mixesLabels(augmentation);
    this.pair = new Uint8Array(this.mixes ? size.width * size.height * 3 * 2 : 0);
  }

  /** How an image's batch is mixed, and with which image; null where it is not. */
  mixOf(epoch: number, index: number): Omit<DrawnMix, 'partnerDraws'> | null {
    const place = this.mixes ? this.order!.placeOf(epoch, index) : null;
    const draw = place && this.policy.mix(epoch, place.batch);
    return draw && { draw, ...place! };
  }

  /** Images whose pixels `draw` will ask for. */
  needs(epoch: number, index: number): number[] {
    const mix = this.mixOf(epoch, index);
    return mix ? [index, mix.partner] : [index];
  }

  /** What `draw` draws, without a pixel. */
  plan(epoch: number, index: number): DrawnImage {
    const mix = this.mixOf(epoch, index);
    return { epoch, index, draws: this.policy.draw(epoch, index), mix: mix && { ...mix, partnerDraws: this.policy.draw(epoch, mix.partner) } };
  }

  /** @param out takes the pixels: uint8, height × width × 3 */
  draw(epoch: number, index: number, pixelsOf: PixelsOf, out: Uint8Array): DrawnImage {
    const mix = this.mixOf(epoch, index);
    const draws = augmentImage(this.policy, epoch, index, this.augmenter, pixelsOf(index), out);
    if (!mix) return { epoch, index, draws, mix: null };
    // A batch of two, the partner first: the second image is mixed with the first as in any batch.
    const [partner, own] = [this.pair.subarray(0, out.length), this.pair.subarray(out.length)];
    own.set(out);
    const partnerDraws = augmentImage(this.policy, epoch, mix.partner, this.augmenter, pixelsOf(mix.partner), partner);
    applyMix(mix.draw, this.pair, this.size);
    out.set(own);
    return { epoch, index, draws, mix: { ...mix, partnerDraws } };
  }
}

/** A label's part in what the loss is given. */
export interface LabelWeight { readonly label: number; readonly weight: number }

/** The training label as it was mixed, before smoothing: the heavier one first; one label of weight 1 where nothing was mixed or both are of one class. */
export function labelWeights({ index, mix }: Pick<DrawnImage, 'index' | 'mix'>, labelOf: (index: number) => number): LabelWeight[] {
  const own = labelOf(index);
  const other = mix ? labelOf(mix.partner) : own;
  if (!mix || other === own || mix.draw.weight === 1) return [{ label: own, weight: 1 }];
  const { weight } = mix.draw;
  return [{ label: own, weight }, { label: other, weight: 1 - weight }].sort((a, b) => b.weight - a.weight);
}
