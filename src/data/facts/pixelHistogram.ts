const bins = 64;
const binOf = 256 / bins;

/** Counts pixels of uint8 RGB images by value, each channel in 64 bins of 4 values. */
export function pixelHistogram(): { add(rgb: Uint8Array): void; /** Share of the pixels a bin, red, green and blue. */ shares(): number[][] } {
  const counts = new Float64Array(3 * 256);
  let pixels = 0;
  return {
    add: (rgb) => {
      for (let i = 0; i < rgb.length; i += 3) {
        counts[rgb[i]!]! += 1;
        counts[256 + rgb[i + 1]!]! += 1;
        counts[512 + rgb[i + 2]!]! += 1;
      }
      pixels += rgb.length / 3;
    },
    shares: () => [0, 1, 2].map((channel) => Array.from({ length: bins }, (_, bin) => {
      let sum = 0;
      for (let value = bin * binOf; value < (bin + 1) * binOf; value++) sum += counts[channel * 256 + value]!;
      return Number((sum / Math.max(1, pixels)).toFixed(6));
    })),
  };
}
