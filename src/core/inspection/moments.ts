/** Mean and spread of each byte over the images added so far, exact: sums of whole numbers. */
export class Moments {
  private readonly sums: Float64Array;
  private readonly squares: Float64Array;
  private images = 0;

  /** @param bytes of an image */
  constructor(bytes: number) {
    this.sums = new Float64Array(bytes);
    this.squares = new Float64Array(bytes);
  }

  get count(): number {
    return this.images;
  }

  add(pixels: Uint8Array): void {
    this.images++;
    for (let i = 0; i < pixels.length; i++) {
      const value = pixels[i]!;
      this.sums[i]! += value;
      this.squares[i]! += value * value;
    }
  }

  /** Mean of each byte, in grey levels. NaN while nothing was added. */
  mean(): Float64Array {
    return this.sums.map((sum) => sum / this.images);
  }

  /** Variance of each byte over the images (divided by their count less one), in squared grey levels; 0 for one image. */
  variance(): Float64Array {
    const n = this.images;
    // Whole numbers below 2^53 for any count that fits a screen's patience: no cancellation.
    return this.sums.map((sum, i) => (n < 2 ? 0 : (n * this.squares[i]! - sum * sum) / n / (n - 1)));
  }
}

/** The mean as an image: rounded to whole grey levels. */
export const meanPixels = (mean: Float64Array): Uint8Array => Uint8Array.from(mean, (value) => Math.round(value));

/**
 * The standard deviation as an image: black where nothing changes, white where it is `whiteAt` grey levels or more.
 * @param whiteAt 127.5 is the most there can be, of a byte that is 0 as often as 255
 */
export const deviationPixels = (variance: Float64Array, whiteAt = 127.5): Uint8Array => Uint8Array.from(variance, (value) => Math.min(255, Math.round((Math.sqrt(Math.max(0, value)) / whiteAt) * 255)));
