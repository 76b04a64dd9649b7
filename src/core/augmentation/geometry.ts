import type { Fill, Window } from './draws';
import type { Size } from './image';

/** The image moved so that its pixel (left, top) comes to the corner, zeros where it does not reach. Both may be negative. */
export function cropped(input: Uint8Array, out: Uint8Array, { width, height }: Size, left: number, top: number): void {
  const first = Math.max(0, -left);
  const last = Math.min(width, width - left);
  const bytes = Math.max(0, last - first) * 3;
  out.fill(0);
  for (let y = Math.max(0, -top); y < Math.min(height, height - top); y++) {
    let from = ((y + top) * width + first + left) * 3;
    let to = (y * width + first) * 3;
    for (const end = to + bytes; to < end; ) out[to++] = input[from++]!;
  }
}

/** A place outside of 0…n-1 mirrored back in, the edge itself not repeated (numpy's and torch's `reflect`), as often as it takes. */
export function reflected(at: number, n: number): number {
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
