import { thumbnailSide as side } from './thumbnail';

/** Largest shift that is tried, in pixels of a thumbnail. */
export const shiftPixels = 4;

const pixels = side * side;

/** A thumbnail made ready for comparison: its channels, their sum, and what is left of that without its blur. */
export interface Prepared {
  readonly channels: readonly Float64Array[];
  readonly light: Float64Array;
  readonly detail: Float64Array;
}

export const emptyPrepared = (): Prepared => ({ channels: [0, 1, 2].map(() => new Float64Array(pixels)), light: new Float64Array(pixels), detail: new Float64Array(pixels) });

/** Detail (of the sum of three channels of 255) that counts half of the most that any can count. */
const detailHalf = 6;
const detailScale = 100;

const rowSums = new Float64Array(pixels);

/** @param thumbnail uint8 RGB of `thumbnailSide`² @param mirrored turned left to right first */
export function prepare(thumbnail: Uint8Array, mirrored: boolean, { channels, light, detail }: Prepared): void {
  const [red, green, blue] = channels as [Float64Array, Float64Array, Float64Array];
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i++) {
      const from = (mirrored ? y * side + side - 1 - x : i) * 3;
      light[i] = (red[i] = thumbnail[from]!) + (green[i] = thumbnail[from + 1]!) + (blue[i] = thumbnail[from + 2]!);
    }
  }
  // A box of 3 × 3, smaller at the edges: sums along rows, then down.
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i++) rowSums[i] = light[i]! + (x > 0 ? light[i - 1]! : 0) + (x < side - 1 ? light[i + 1]! : 0);
  }
  for (let y = 0, i = 0; y < side; y++) {
    const rows = 3 - Number(y === 0) - Number(y === side - 1);
    for (let x = 0; x < side; x++, i++) {
      const sum = rowSums[i]! + (y > 0 ? rowSums[i - side]! : 0) + (y < side - 1 ? rowSums[i + side]! : 0);
      const rest = light[i]! - sum / (rows * (3 - Number(x === 0) - Number(x === side - 1)));
      // Softly clipped: else one strong edge, a horizon or a frame, outweighs all that tells two photographs apart.
      detail[i] = (detailScale * rest) / (Math.abs(rest) + detailHalf);
    }
  }
}

export interface Match {
  /** From 0 (alike to the last detail) to 1. */
  readonly distance: number;
  /** By how many thumbnail pixels b is moved right and down. */
  readonly right: number;
  readonly down: number;
}

/** A step of the search, and where detail is looked at: half a pixel beside the best shift it is gone, and a neighbour may fit better. */
const neighbours = [[1, 0], [-1, 0], [0, 1], [0, -1]] as const;

/**
 * How alike two pictures are once one is shifted onto the other: 1 less the mean of two correlations over the part that both show, of colours (each
 * channel about its own mean) and of fine detail. Colours say that the same things are in the same places, detail that it is the same photograph: two
 * skies agree in the one alone. The shift is found by brightness, from none, step by step towards the best neighbour.
 * @param giveUp distance from which on nothing more is looked at: what is told then is at least that
 */
export function comparePrepared(a: Prepared, b: Prepared, giveUp: number): Match {
  let [light, right, down] = [correlation(a.light, b.light, 0, 0), 0, 0];
  for (let moved = light > 1 - 2 * giveUp; moved;) {
    const [fromRight, fromDown] = [right, down];
    for (const [r, d] of neighbours) {
      if (Math.abs(fromRight + r) > shiftPixels || Math.abs(fromDown + d) > shiftPixels) continue;
      const found = correlation(a.light, b.light, fromRight + r, fromDown + d);
      if (found > light) [light, right, down] = [found, fromRight + r, fromDown + d];
    }
    moved = right !== fromRight || down !== fromDown;
  }
  let detail = correlation(a.detail, b.detail, right, down);
  for (const [r, d] of neighbours) detail = Math.max(detail, correlation(a.detail, b.detail, right + r, down + d));
  // Colours agree at most about as well as brightness.
  const bound = 1 - (light + detail) / 2;
  if (bound > giveUp) return { distance: Math.min(1, bound), right, down };
  return { distance: Math.min(1, Math.max(0, 1 - (colours(a, b, right, down) + detail) / 2)), right, down };
}

function colours(a: Prepared, b: Prepared, right: number, down: number): number {
  const sums = a.channels.map((channel, c) => moments(channel, b.channels[c]!, right, down));
  return pearson(sums.reduce((all, [own, other, both]) => [all[0] + own, all[1] + other, all[2] + both] as const, [0, 0, 0] as const), (side - Math.abs(right)) * (side - Math.abs(down)));
}

const correlation = (a: Float64Array, b: Float64Array, right: number, down: number) => pearson(moments(a, b, right, down), (side - Math.abs(right)) * (side - Math.abs(down)));

/** Variance below which a part is flat, and nothing can be said of it. */
const flat = 1;

const pearson = ([own, other, both]: Moments, n: number) => (own < flat * n || other < flat * n ? 0 : both / Math.sqrt(own * other));

/** Sums of squares of each, and of products, about the means. */
type Moments = readonly [own: number, other: number, both: number];

/** Of `a` and of `b` moved right and down, over what both show. */
function moments(a: Float64Array, b: Float64Array, right: number, down: number): Moments {
  const [left, top] = [Math.max(0, right), Math.max(0, down)];
  const [across, rows] = [side - Math.abs(right), side - Math.abs(down)];
  let sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  for (let y = top; y < top + rows; y++) {
    let i = y * side + left;
    let j = (y - down) * side + left - right;
    for (let x = 0; x < across; x++, i++, j++) {
      const p = a[i]!, q = b[j]!;
      sa += p;
      sb += q;
      saa += p * p;
      sbb += q * q;
      sab += p * q;
    }
  }
  const n = rows * across;
  return [saa - (sa * sa) / n, sbb - (sb * sb) / n, sab - (sa * sb) / n];
}
