import { applyMix, Augmenter, Policy, type Draw, type MixDraw } from '../augmentation';
import type { Size } from '../augmentation/image';
import type { Augmentation } from '../config/augmentation';
import { stepsPerEpochOf } from '../data/order';
import { DrawCounts } from './histogram';
import { Inspector, type DrawnImage, type PixelsOf } from './inspector';
import { Moments } from './moments';
import { Preview } from './preview';
import { reduced, reducedSize } from './reduced';
import { TrainingOrder } from './trainingOrder';

/** Who is trained with whom, and how large images are. */
export interface SessionData extends Size {
  /** Indices of the images that are trained on, ascending. */
  readonly train: Uint32Array;
  readonly batchSize: number;
}

/** A tile of given draws, or of an image as its batch is mixed. */
export type AppliedTile = readonly Draw[] | { readonly mix: MixDraw; readonly partner: number };
export interface Place { readonly epoch: number; readonly index: number }

/** How large tiles come: at one over `by`, a whole number from 1. `rough`: the image is made smaller first and then augmented, not the other way round. */
export interface Resolution { readonly by: number; readonly rough: boolean }
const asFed: Resolution = { by: 1, rough: false };

/** One data set looked at by many policies and seeds: what the window's workers and the sheet run. One caller at a time. */
export class Session {
  private readonly bytes: number;
  private readonly augmenter: Augmenter;
  private readonly inspectors = new Map<string, Inspector>();
  private readonly orders = new Map<number, TrainingOrder>();
  private preview: Preview | null = null;

  constructor(readonly data: SessionData) {
    this.bytes = data.width * data.height * 3;
    this.augmenter = new Augmenter(data);
  }

  /** Kept for a few policies and seeds: a slider comes back to the same ones. */
  private inspectorOf(augmentation: Augmentation, seed: number): Inspector {
    const key = JSON.stringify([augmentation, seed]);
    const known = this.inspectors.get(key);
    if (known) return known;
    if (this.inspectors.size >= 8) this.inspectors.clear();
    if (this.orders.size >= 4 && !this.orders.has(seed)) this.orders.clear();
    const order = this.orders.get(seed) ?? new TrainingOrder(this.data.train, this.data.batchSize, seed);
    this.orders.set(seed, order);
    const inspector = new Inspector(augmentation, this.data, seed, order);
    this.inspectors.set(key, inspector);
    return inspector;
  }

  /** Images whose pixels `draws` will ask for, each once. */
  needs(augmentation: Augmentation, seed: number, places: readonly Place[]): number[] {
    const inspector = this.inspectorOf(augmentation, seed);
    return [...new Set(places.flatMap(({ epoch, index }) => inspector.needs(epoch, index)))];
  }

  /** @param take gets each tile's pixels, uint8 × 3 of `reducedSize`; they are overwritten by the next */
  draws(augmentation: Augmentation, seed: number, places: readonly Place[], pixelsOf: PixelsOf, take: (pixels: Uint8Array, tile: number) => void, { by, rough }: Resolution = asFed): DrawnImage[] {
    const inspector = this.inspectorOf(augmentation, seed);
    const { width, height } = reducedSize(this.data, by);
    const out = new Uint8Array(this.bytes);
    const small = by === 1 ? out : new Uint8Array(width * height * 3);
    if (rough && this.preview?.by !== by) this.preview = new Preview(this.data, by);
    return places.map(({ epoch, index }, i) => {
      const drawn = rough ? inspector.plan(epoch, index) : inspector.draw(epoch, index, pixelsOf, out);
      if (rough) this.preview!.paint(drawn, pixelsOf, small);
      else if (by > 1) reduced(out, this.data, by, small);
      take(small, i);
      return drawn;
    });
  }

  applied(index: number, tiles: readonly AppliedTile[], pixelsOf: PixelsOf, take: (pixels: Uint8Array, tile: number) => void): void {
    const out = new Uint8Array(this.bytes);
    tiles.forEach((tile, i) => {
      if ('mix' in tile) {
        // A batch of two, the partner first.
        const pair = new Uint8Array(2 * this.bytes);
        pair.set(pixelsOf(tile.partner));
        pair.set(pixelsOf(index), this.bytes);
        applyMix(tile.mix, pair, this.data);
        out.set(pair.subarray(this.bytes));
      } else this.augmenter.apply(tile, pixelsOf(index), out);
      take(out, i);
    });
  }

  /**
   * Mean and spread of an image over epochs, before its batches are mixed: call `more` until it has what is wanted.
   * @returns adds the next draws, as many as asked for, and answers the sums
   */
  moments(augmentation: Augmentation, seed: number, index: number, from: number): (pixels: Uint8Array, draws: number) => Moments {
    // Without an order nothing is mixed. Of its own: the other work goes on meanwhile.
    const inspector = new Inspector(augmentation, this.data, seed, null);
    const moments = new Moments(this.bytes);
    const out = new Uint8Array(this.bytes);
    return (pixels, draws) => {
      for (let i = 0; i < draws; i++) {
        inspector.draw(from + moments.count, index, () => pixels, out);
        moments.add(out);
      }
      return moments;
    };
  }

  /** What is drawn for the images of epochs `from`, `from` + 1, …: adds the next images, and the batches that are full with them, and answers the counts. */
  counts(augmentation: Augmentation, seed: number, from: number): (images: number) => DrawCounts {
    const { train, batchSize } = this.data;
    const policy = new Policy(augmentation, this.data, seed);
    const counts = new DrawCounts(augmentation, this.data);
    const perEpoch = stepsPerEpochOf(train.length, batchSize);
    let [images, batches] = [0, 0];
    return (more) => {
      for (const end = images + more; images < end; images++) {
        const epoch = from + Math.floor(images / train.length);
        const at = images % train.length;
        counts.add(policy.draw(epoch, train[at]!));
        if ((at + 1) % batchSize !== 0 && at + 1 !== train.length) continue;
        counts.addBatch(policy.mix(from + Math.floor(batches / perEpoch), batches % perEpoch));
        batches++;
      }
      return counts;
    };
  }
}

/** RGB to RGBA, opaque. @param out takes width × height × 4 bytes */
export function toRgba(rgb: Uint8Array, out: Uint8ClampedArray): void {
  // Whole pixels at once; the app runs on little-endian machines only (x64).
  const words = new Uint32Array(out.buffer, out.byteOffset, out.byteLength >> 2);
  for (let i = 0, from = 0; i < words.length; i++, from += 3) words[i] = rgb[from]! | (rgb[from + 1]! << 8) | (rgb[from + 2]! << 16) | 0xff000000;
}
