import { thumbnailBytes, thumbnailSide } from './thumbnail';

/** Frequencies taken of each plane in each direction: brightness carries the picture, colour only its rough places. */
const frequencies = [8, 4, 4] as const;

interface Term {
  readonly plane: 0 | 1 | 2;
  /** Half waves across and down. */
  readonly across: number;
  readonly down: number;
}

const terms: readonly Term[] = ([0, 1, 2] as const)
  .flatMap((plane) => grid(frequencies[plane]).map(([across, down]): Term => ({ plane, across, down })))
  .filter(({ across, down }) => across + down > 0);
const even = terms.filter(({ across }) => across % 2 === 0);
const odd = terms.filter(({ across }) => across % 2 === 1);

/** Numbers of each kind, filled up with zeros: first those that a mirror image has too, then those whose sign it turns. */
export const featuresEach = Math.ceil(Math.max(even.length, odd.length) / 4) * 4;
export const featureCount = 2 * featuresEach;

/** Type-II cosine transform, orthonormal: [frequency][pixel]. */
const cosines = Array.from({ length: frequencies[0] }, (_, k) =>
  Float64Array.from({ length: thumbnailSide }, (_unused, x) => Math.sqrt((k === 0 ? 1 : 2) / thumbnailSide) * Math.cos((Math.PI * k * (2 * x + 1)) / (2 * thumbnailSide))));

/** Below this norm (of pixels from 0 to 255) an image is so flat that its shape is noise. */
const flatNorm = 32;

const plane = new Float64Array(thumbnailSide * thumbnailSide);
const partly = new Float64Array(frequencies[0] * thumbnailSide);
const coefficients = [0, 1, 2].map((p) => new Float64Array(frequencies[p]! ** 2));

/**
 * What a picture looks like from afar, as a unit vector: low frequencies of the cosine transform in opponent colours (Ohta's, made orthonormal),
 * without the means and divided by the norm, so that brightness, contrast and a colour cast do not count. The squared distance of two vectors is
 * 2 (1 − r) with r the correlation of both blurred pictures. Mirroring left to right changes the sign of the numbers from `featuresEach` on.
 * @param thumbnail uint8 RGB, `thumbnailSide`²
 * @param out `featureCount` numbers are written from `at` on; all 0 for a flat picture
 * @returns false for a flat picture: it resembles nothing
 */
export function writeFeatures(thumbnail: Uint8Array, out: Float32Array, at: number): boolean {
  for (const p of [0, 1, 2] as const) transform(thumbnail, p);
  let squares = 0;
  out.fill(0, at, at + featureCount);
  for (const [kind, from] of [[even, at], [odd, at + featuresEach]] as const) {
    for (let i = 0; i < kind.length; i++) {
      const { plane: p, down, across } = kind[i]!;
      const value = coefficients[p]![down * frequencies[p] + across]!;
      out[from + i] = value;
      squares += value * value;
    }
  }
  const norm = Math.sqrt(squares);
  if (norm < flatNorm) {
    out.fill(0, at, at + featureCount);
    return false;
  }
  for (let i = 0; i < featureCount; i++) out[at + i]! /= norm;
  return true;
}

function transform(thumbnail: Uint8Array, p: 0 | 1 | 2): void {
  const [r, g, b] = [[1 / Math.sqrt(3), 1 / Math.sqrt(3), 1 / Math.sqrt(3)], [1 / Math.SQRT2, 0, -1 / Math.SQRT2], [1 / Math.sqrt(6), -2 / Math.sqrt(6), 1 / Math.sqrt(6)]][p] as [number, number, number];
  for (let i = 0, k = 0; i < thumbnailBytes; i += 3, k++) plane[k] = r * thumbnail[i]! + g * thumbnail[i + 1]! + b * thumbnail[i + 2]!;
  const count = frequencies[p];
  for (let y = 0; y < thumbnailSide; y++) {
    for (let u = 0; u < count; u++) {
      const wave = cosines[u]!;
      let sum = 0;
      for (let x = 0; x < thumbnailSide; x++) sum += plane[y * thumbnailSide + x]! * wave[x]!;
      partly[u * thumbnailSide + y] = sum;
    }
  }
  for (let v = 0; v < count; v++) {
    const wave = cosines[v]!;
    for (let u = 0; u < count; u++) {
      let sum = 0;
      for (let y = 0; y < thumbnailSide; y++) sum += partly[u * thumbnailSide + y]! * wave[y]!;
      coefficients[p]![v * count + u] = sum;
    }
  }
}

function grid(side: number): [number, number][] {
  return Array.from({ length: side * side }, (_, i): [number, number] => [i % side, Math.floor(i / side)]);
}
