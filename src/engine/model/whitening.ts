import type { ImageStore } from '../../contracts/dataset';
import { imageReader } from '../../data/imageReader';
import { symmetricEigen } from './symmetricEigen';

/** Enough that more moves no filter by a part in a hundred. */
const imagesWanted = 5000;
const patchesAtMost = 5_000_000;
/** Added to the eigenvalues, so that directions that hardly vary are not blown up to noise. Jordan's figure. */
const smallest = 5e-4;

export interface WhiteningInput {
  readonly store: ImageStore;
  /** Images of the training split, plain. */
  readonly indices: Uint32Array;
  /** Of each channel, as fractions of 255. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/**
 * Filters that whiten `size` × `size` patches of normalised images: eigenvectors of the patches' second moments over the root of their
 * eigenvalues, largest first, and then the same negated. OIHW: [2 · channels · size², channels, size, size]. It is a pure function of the
 * images: sums run in one order and in double precision.
 * Jordan, arXiv 2404.00498, section 3.2, after Page (2019).
 */
export function whiteningFilters({ store, indices, mean, deviation }: WhiteningInput, size: number): Float32Array {
  const { width, height, channels } = store;
  const length = channels * size ** 2;
  const positions = (width - size + 1) * (height - size + 1);
  const images = Math.max(1, Math.min(indices.length, imagesWanted, Math.floor(patchesAtMost / positions)));
  const moments = new Float64Array(length * length);
  const patch = new Float64Array(length);
  const imageOf = imageReader(store);
  const table = Float64Array.from({ length: channels * 256 }, (_, at) => ((at & 255) / 255 - mean[at >> 8]!) / deviation[at >> 8]!);
  for (let n = 0; n < images; n++) {
    const image = imageOf(indices[Math.floor((n * indices.length) / images)]!);
    for (let y = 0; y <= height - size; y++) {
      for (let x = 0; x <= width - size; x++) {
        readPatch(image, y, x);
        for (let i = 0; i < length; i++) {
          const value = patch[i]!;
          for (let j = i; j < length; j++) moments[i * length + j]! += value * patch[j]!;
        }
      }
    }
  }
  const count = images * positions;
  const matrix = moments.map((_, at) => moments[Math.min(Math.floor(at / length), at % length) * length + Math.max(Math.floor(at / length), at % length)]! / count);
  const pairs = symmetricEigen(matrix, length);
  const filters = new Float32Array(2 * length * length);
  pairs.forEach(({ value, vector }, index) => vector.forEach((component, at) => {
    const scaled = component / Math.sqrt(Math.max(value, 0) + smallest);
    filters[index * length + at] = scaled;
    filters[(length + index) * length + at] = -scaled;
  }));
  return filters;

  /** In the order of a filter: channel, row, column. */
  function readPatch(pixels: Uint8Array, top: number, left: number): void {
    let to = 0;
    for (let channel = 0; channel < channels; channel++) {
      for (let row = 0; row < size; row++) {
        const from = ((top + row) * width + left) * channels + channel;
        for (let column = 0; column < size; column++) patch[to++] = table[channel * 256 + pixels[from + column * channels]!]!;
      }
    }
  }
}
