/** Sums over the pixels of uint8 NHWC images, three channels; exact, since they stay whole numbers below 2^53. */
export class ChannelStatistics {
  private readonly sums = [0, 0, 0];
  private readonly squares = [0, 0, 0];
  private pixels = 0;

  add(rgb: Uint8Array): void {
    for (let channel = 0; channel < 3; channel++) {
      let sum = 0;
      let square = 0;
      for (let i = channel; i < rgb.length; i += 3) {
        const value = rgb[i]!;
        sum += value;
        square += value * value;
      }
      this.sums[channel]! += sum;
      this.squares[channel]! += square;
    }
    this.pixels += rgb.length / 3;
  }

  /** Mean and population deviation of each channel, of pixels from 0 to 1. */
  result(): { mean: number[]; deviation: number[] } {
    const mean = this.sums.map((sum) => sum / this.pixels);
    const deviation = this.squares.map((square, channel) => Math.sqrt(square / this.pixels - mean[channel]! ** 2) / 255);
    return { mean: mean.map((value) => value / 255), deviation };
  }
}
