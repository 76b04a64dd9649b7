/** An image as uint8 RGB, row by row. */
export interface RgbImage {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Part of an output: first row or column, and how many. */
interface Window {
  readonly start: number;
  readonly count: number;
}

/** Weights are whole numbers of 2⁻²², so that every machine has the same sums. */
const precisionBits = 22;
const half = 1 << (precisionBits - 1);

/**
 * Resizes with a triangle as wide as the reduction (bilinear, antialiased): Pillow's `resize(…, BILINEAR)` byte for byte, which is what
 * torchvision's `Resize` does to a PIL image. https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Resample.c
 * @param columns, rows the part of the output that is wanted; all of it where they are left out
 * @returns uint8 RGB of `columns.count` × `rows.count`
 */
export function resample(image: RgbImage, width: number, height: number, columns: Window = { start: 0, count: width }, rows: Window = { start: 0, count: height }): Uint8Array {
  const down = weightsOf(image.height, height, rows);
  // A pass that changes nothing is left out, as Pillow does.
  const top = down === null ? rows.start : down.first[0]!;
  const bottom = down === null ? rows.start + rows.count : down.first[rows.count - 1]! + down.length[rows.count - 1]!;
  const across = weightsOf(image.width, width, columns);
  const narrow = across === null ? cut(image, columns, top, bottom) : horizontal(image, across, columns.count, top, bottom);
  return down === null ? narrow : vertical(narrow, down, columns.count, rows.count, top);
}

interface Weights {
  /** First input pixel of each output pixel, and how many follow. */
  readonly first: Int32Array;
  readonly length: Int32Array;
  /** `most` a pixel. */
  readonly values: Int32Array;
  readonly most: number;
}

function weightsOf(inputs: number, outputs: number, { start, count }: Window): Weights | null {
  if (inputs === outputs) return null;
  const scale = inputs / outputs;
  const stretch = Math.max(scale, 1);
  const most = Math.ceil(stretch) * 2 + 1;
  const weights: Weights = { first: new Int32Array(count), length: new Int32Array(count), values: new Int32Array(count * most), most };
  const own = new Float64Array(most);
  for (let i = 0; i < count; i++) {
    const centre = (start + i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - stretch + 0.5));
    const length = Math.min(inputs, Math.trunc(centre + stretch + 0.5)) - first;
    let sum = 0;
    for (let k = 0; k < length; k++) sum += own[k] = Math.max(0, 1 - Math.abs((k + first - centre + 0.5) * (1 / stretch)));
    for (let k = 0; k < length; k++) weights.values[i * most + k] = Math.trunc(0.5 + (own[k]! / sum) * (1 << precisionBits));
    weights.first[i] = first;
    weights.length[i] = length;
  }
  return weights;
}

function horizontal({ pixels, width }: RgbImage, { first, length, values, most }: Weights, columns: number, top: number, bottom: number): Uint8Array {
  const out = new Uint8Array((bottom - top) * columns * 3);
  let to = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = 0; x < columns; x++) {
      let [red, green, blue] = [half, half, half];
      let from = (y * width + first[x]!) * 3;
      for (let k = x * most, end = k + length[x]!; k < end; k++, from += 3) {
        const weight = values[k]!;
        red += pixels[from]! * weight;
        green += pixels[from + 1]! * weight;
        blue += pixels[from + 2]! * weight;
      }
      out[to] = Math.min(255, red >> precisionBits);
      out[to + 1] = Math.min(255, green >> precisionBits);
      out[to + 2] = Math.min(255, blue >> precisionBits);
      to += 3;
    }
  }
  return out;
}

function vertical(pixels: Uint8Array, { first, length, values, most }: Weights, columns: number, rows: number, top: number): Uint8Array {
  const stride = columns * 3;
  const out = new Uint8Array(rows * stride);
  const sums = new Int32Array(stride);
  for (let y = 0; y < rows; y++) {
    sums.fill(half);
    for (let k = 0; k < length[y]!; k++) {
      const weight = values[y * most + k]!;
      const from = (first[y]! - top + k) * stride;
      for (let x = 0; x < stride; x++) sums[x]! += pixels[from + x]! * weight;
    }
    for (let x = 0; x < stride; x++) out[y * stride + x] = Math.min(255, sums[x]! >> precisionBits);
  }
  return out;
}

function cut({ pixels, width }: RgbImage, columns: Window, top: number, bottom: number): Uint8Array {
  if (columns.start === 0 && columns.count === width) return pixels.subarray(top * width * 3, bottom * width * 3);
  const out = new Uint8Array((bottom - top) * columns.count * 3);
  for (let y = top; y < bottom; y++) {
    const from = (y * width + columns.start) * 3;
    out.set(pixels.subarray(from, from + columns.count * 3), (y - top) * columns.count * 3);
  }
  return out;
}
