import type { Fill, Window } from './draws';
import type { Size } from './image';

/** The image moved so that its pixel (left, top) comes to the corner, zeros where it does not reach. Both may be negative. */
export function cropped(input: Uint8Array, out: Uint8Array, { width, height }: Size, left: number, top: number): void {
  if (Math.abs(left) >= width || Math.abs(top) >= height) {
    out.fill(0);
    return;
  }
  // One move of all the bytes, then the rows and the ends of rows that came from elsewhere.
  const by = (top * width + left) * 3;
  if (by >= 0) out.set(by === 0 ? input : input.subarray(by));
  else out.set(input.subarray(0, input.length + by), -by);
  const row = width * 3;
  if (top > 0) out.fill(0, (height - top) * row);
  else if (top < 0) out.fill(0, 0, -top * row);
  if (left === 0) return;
  const gap = Math.abs(left) * 3;
  for (let start = left > 0 ? row - gap : 0; start < out.length; start += row) {
    for (let i = start; i < start + gap; i++) out[i] = 0;
  }
}

/** A place outside of 0…n-1 mirrored back in, the edge itself not repeated (numpy's and torch's `reflect`), as often as it takes. */
function reflected(at: number, n: number): number {
  if (n === 1) return 0;
  const period = 2 * n - 2;
  const inside = ((at % period) + period) % period;
  return inside < n ? inside : period - inside;
}

/** As `cropped`, with the image reflected at its border. */
export function croppedReflected(input: Uint8Array, out: Uint8Array, { width, height }: Size, left: number, top: number): void {
  let to = 0;
  for (let y = 0; y < height; y++) {
    const row = reflected(y + top, height) * width;
    for (let x = 0; x < width; x++, to += 3) {
      const at = x + left;
      const from = (row + (at >= 0 && at < width ? at : reflected(at, width))) * 3;
      out[to] = input[from]!;
      out[to + 1] = input[from + 1]!;
      out[to + 2] = input[from + 2]!;
    }
  }
}

export function flippedLeftRight(input: Uint8Array, out: Uint8Array, { width, height }: Size): void {
  for (let y = 0; y < height; y++) {
    let from = (y + 1) * width * 3 - 3;
    for (let to = y * width * 3; to < (y + 1) * width * 3; to += 3, from -= 3) {
      out[to] = input[from]!;
      out[to + 1] = input[from + 1]!;
      out[to + 2] = input[from + 2]!;
    }
  }
}

/** The image with one value in a window. */
export function erased(input: Uint8Array, out: Uint8Array, size: Size, { left, top, width, height }: Window, value: Fill): void {
  out.set(input);
  const [red, green, blue] = typeof value === 'number' ? [value, value, value] : value;
  for (let y = top; y < top + height; y++) {
    let to = (y * size.width + left) * 3;
    for (const end = to + width * 3; to < end; to += 3) {
      out[to] = red;
      out[to + 1] = green;
      out[to + 2] = blue;
    }
  }
}
