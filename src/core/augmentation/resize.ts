import type { Window } from './draws';
import type { Size } from './image';

/** For each place of a line, where its source pixels begin and their weights in 2^-22. */
interface Coefficients {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Int32Array;
  /** Weights a place has room for. */
  readonly stride: number;
}

const precision = 22;
const half = 1 << (precision - 1);

/** Pillow's precompute_coeffs and normalize_coeffs_8bpc for the triangle filter, which widens where the line shrinks (antialias). */
function coefficients(from: number, to: number): Coefficients {
  const scale = from / to;
  const support = Math.max(1, scale);
  const stride = Math.ceil(support) * 2 + 1;
  const [first, count, weights] = [new Int32Array(to), new Int32Array(to), new Int32Array(to * stride)];
  const line = new Float64Array(stride);
  for (let place = 0; place < to; place++) {
    const centre = (place + 0.5) * scale;
    const low = Math.max(0, Math.trunc(centre - support + 0.5));
    const high = Math.min(from, Math.trunc(centre + support + 0.5));
    let sum = 0;
    for (let i = 0; i < high - low; i++) {
      const distance = Math.abs((i + low - centre + 0.5) * (1 / support));
      line[i] = distance < 1 ? 1 - distance : 0;
      sum += line[i]!;
    }
    for (let i = 0; i < high - low; i++) weights[place * stride + i] = Math.trunc(0.5 + (sum === 0 ? line[i]! : line[i]! / sum) * (1 << precision));
    first[place] = low;
    count[place] = high - low;
  }
  return { first, count, weights, stride };
}

const cached = new Map<number, Coefficients>();
/** An image size has few pairs of lengths; others make room. */
function coefficientsOf(from: number, to: number): Coefficients {
  const key = from * 65536 + to;
  let found = cached.get(key);
  if (!found) {
    if (cached.size >= 1024) cached.delete(cached.keys().next().value as number);
    cached.set(key, (found = coefficients(from, to)));
  }
  return found;
}

let between = new Uint8Array(0);

/**
 * A window of an image stretched to the image's own size: Pillow's Image.crop(...).resize(size, BILINEAR), columns first, bytes between the two
 * passes, as torchvision's resized_crop on a Pillow image.
 */
export function resizedWindow(input: Uint8Array, out: Uint8Array, { width, height }: Size, window: Window): void {
  if (between.length < width * window.height * 3) between = new Uint8Array(width * window.height * 3);
  stretchRows(input, between, width, window);
  stretchColumns(between, out, width * 3, coefficientsOf(window.height, height));
}

function stretchRows(input: Uint8Array, out: Uint8Array, width: number, window: Window): void {
  const { first, count, weights, stride } = coefficientsOf(window.width, width);
  let to = 0;
  for (let y = 0; y < window.height; y++) {
    const start = ((y + window.top) * width + window.left) * 3;
    for (let x = 0; x < width; x++, to += 3) {
      const n = count[x]!;
      let from = start + first[x]! * 3;
      let at = x * stride;
      // Two pixels a place where a line grows: the usual case.
      if (n === 2) {
        const [own, next] = [weights[at]!, weights[at + 1]!];
        out[to] = (half + input[from]! * own + input[from + 3]! * next) >> precision;
        out[to + 1] = (half + input[from + 1]! * own + input[from + 4]! * next) >> precision;
        out[to + 2] = (half + input[from + 2]! * own + input[from + 5]! * next) >> precision;
        continue;
      }
      let [red, green, blue] = [half, half, half];
      for (const end = at + n; at < end; at++, from += 3) {
        const weight = weights[at]!;
        red += input[from]! * weight;
        green += input[from + 1]! * weight;
        blue += input[from + 2]! * weight;
      }
      out[to] = red >> precision;
      out[to + 1] = green >> precision;
      out[to + 2] = blue >> precision;
    }
  }
}

/** @param line bytes of a row */
function stretchColumns(input: Uint8Array, out: Uint8Array, line: number, { first, count, weights, stride }: Coefficients): void {
  for (let y = 0, to = 0; y < first.length; y++) {
    const n = count[y]!;
    const at = y * stride;
    let from = first[y]! * line;
    if (n === 2) {
      const [own, next] = [weights[at]!, weights[at + 1]!];
      for (const end = to + line; to < end; to++, from++) out[to] = (half + input[from]! * own + input[from + line]! * next) >> precision;
      continue;
    }
    for (const end = to + line; to < end; to++, from++) {
      let sum = half;
      for (let i = 0, place = from; i < n; i++, place += line) sum += input[place]! * weights[at + i]!;
      out[to] = sum >> precision;
    }
  }
}
