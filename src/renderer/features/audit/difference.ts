/** How far each channel of a pixel is apart: |a − b|, so that equal images are black. RGB bytes in and out; of unlike sizes the shorter's. */
export function pixelDifference(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.min(a.length, b.length));
  for (let i = 0; i < out.length; i++) out[i] = Math.abs(a[i]! - b[i]!);
  return out;
}

/** Left and right exchanged, of `side` × `side` RGB pixels. */
export function mirrored(pixels: Uint8Array, side: number): Uint8Array {
  const out = new Uint8Array(pixels.length);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const from = (row * side + column) * 3;
      out.set(pixels.subarray(from, from + 3), (row * side + side - 1 - column) * 3);
    }
  }
  return out;
}

/** Mean of the differences, in grey levels of 255. */
export const meanDifference = (difference: Uint8Array): number => (difference.length === 0 ? 0 : difference.reduce((sum, value) => sum + value, 0) / difference.length);

/** Small images three times their size, larger ones less: always whole pixels. */
export const tileScale = (side: number): 1 | 2 | 3 => (side <= 40 ? 3 : side <= 64 ? 2 : 1);
