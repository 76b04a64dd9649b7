import { applyMix, Augmenter } from '../augmentation';
import type { Size } from '../augmentation/image';
import type { DrawnImage, PixelsOf } from './inspector';
import { reduced, reducedDraw, reducedMix, reducedSize } from './reduced';

const keptImages = 128;

/**
 * Draws painted on a smaller image, `by`² times as fast: what is seen while a slider moves. Positions are rounded to its pixels and sharpness acts on
 * them, so it is close to what training feeds and not equal; the same draws.
 */
export class Preview {
  private readonly size: Size;
  private readonly bytes: number;
  private readonly augmenter: Augmenter;
  private readonly images = new Map<number, Uint8Array>();

  /** @param full of the images as they are */
  constructor(private readonly full: Size, readonly by: number) {
    this.size = reducedSize(full, by);
    this.bytes = this.size.width * this.size.height * 3;
    this.augmenter = new Augmenter(this.size);
  }

  /** @param out takes uint8 of `reducedSize`, × 3 */
  paint({ index, draws, mix }: DrawnImage, pixelsOf: PixelsOf, out: Uint8Array): void {
    this.apply(draws, index, pixelsOf, out);
    if (!mix) return;
    // A batch of two, the partner first.
    const pair = new Uint8Array(2 * this.bytes);
    this.apply(mix.partnerDraws, mix.partner, pixelsOf, pair.subarray(0, this.bytes));
    pair.set(out, this.bytes);
    applyMix(reducedMix(mix.draw, this.by, this.size), pair, this.size);
    out.set(pair.subarray(this.bytes));
  }

  private apply(draws: DrawnImage['draws'], index: number, pixelsOf: PixelsOf, out: Uint8Array): void {
    this.augmenter.apply(draws.map((draw) => reducedDraw(draw, this.by, this.size)), this.smaller(index, pixelsOf), out);
  }

  private smaller(index: number, pixelsOf: PixelsOf): Uint8Array {
    const known = this.images.get(index);
    if (known) return known;
    if (this.images.size >= keptImages) this.images.clear();
    const image = new Uint8Array(this.bytes);
    reduced(pixelsOf(index), this.full, this.by, image);
    this.images.set(index, image);
    return image;
  }
}
