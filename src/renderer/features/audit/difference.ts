import type { DuplicatePair } from '../../../core/audit/types';

/**
 * How far each channel of a pixel is apart, |a − b|, once b is mirrored and moved as the pair says: equal images are black, and so is the edge that
 * the move leaves without a partner. RGB bytes of `side` × `side` pixels, in and out.
 */
export function pairDifference(a: Uint8Array, b: Uint8Array, side: number, { mirrored, shift: [right, down] }: Pick<DuplicatePair, 'mirrored' | 'shift'>): Uint8Array {
  const out = new Uint8Array(a.length);
  if (b.length < a.length) return out;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [fromRow, moved] = [row - down, column - right];
      if (fromRow < 0 || fromRow >= side || moved < 0 || moved >= side) continue;
      const [to, from] = [(row * side + column) * 3, (fromRow * side + (mirrored ? side - 1 - moved : moved)) * 3];
      for (let channel = 0; channel < 3; channel++) out[to + channel] = Math.abs(a[to + channel]! - b[from + channel]!);
    }
  }
  return out;
}

/** Mean of the differences, in grey levels of 255. */
export const meanDifference = (difference: Uint8Array): number => (difference.length === 0 ? 0 : difference.reduce((sum, value) => sum + value, 0) / difference.length);

/** Small images three times their size, larger ones less: always whole pixels. */
export const tileScale = (side: number): 1 | 2 | 3 => (side <= 40 ? 3 : side <= 64 ? 2 : 1);
