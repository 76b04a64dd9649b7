/** Pixels of images by their index, the least used gone first once there are too many bytes. */
export class PixelCache {
  private readonly images = new Map<number, Uint8Array>();
  private bytes = 0;

  constructor(private readonly most: number) {}

  /** Those of them that are not here; the others count as used. */
  missing(indices: readonly number[]): number[] {
    return indices.filter((index) => {
      const found = this.images.get(index);
      if (!found) return true;
      this.images.delete(index);
      this.images.set(index, found);
      return false;
    });
  }

  /** @param kept none of these goes, however many bytes they are */
  put(index: number, pixels: Uint8Array, kept: ReadonlySet<number>): void {
    this.bytes += pixels.length - (this.images.get(index)?.length ?? 0);
    this.images.set(index, pixels);
    for (const [other, { length }] of this.images) {
      if (this.bytes <= this.most) return;
      if (other === index || kept.has(other)) continue;
      this.images.delete(other);
      this.bytes -= length;
    }
  }

  readonly get = (index: number): Uint8Array => this.images.get(index)!;

  clear(): void {
    this.images.clear();
    this.bytes = 0;
  }
}
