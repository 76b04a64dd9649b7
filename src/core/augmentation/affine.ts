import { cropped } from './geometry';
import type { PixelOperation, Size } from './image';

/** Output pixel (x, y) takes input pixel (a x + b y + c, d x + e y + f). */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const fixed = (value: number) => Math.floor(value * 65536 + 0.5);

/**
 * Nearest-neighbour affine transform with zero fill, in Pillow's 16.16 fixed point (ImagingTransformAffine, affine_fixed). Sums stay below
 * 2^53, so they are exact; Pillow uses another path only where a coordinate passes 32,768 pixels.
 */
function transform(input: Uint8Array, out: Uint8Array, { width, height }: Size, [a, b, c, d, e, f]: Matrix): void {
  const [stepX, stepY] = [fixed(a), fixed(d)];
  const [rowX, rowY] = [fixed(b), fixed(e)];
  let startX = fixed(c + a * 0.5 + b * 0.5);
  let startY = fixed(f + d * 0.5 + e * 0.5);
  let to = 0;
  for (let y = 0; y < height; y++) {
    let xx = startX;
    let yy = startY;
    for (let x = 0; x < width; x++) {
      const fromX = xx >> 16;
      const fromY = yy >> 16;
      if (fromX >= 0 && fromX < width && fromY >= 0 && fromY < height) {
        const from = (fromY * width + fromX) * 3;
        out[to] = input[from];
        out[to + 1] = input[from + 1];
        out[to + 2] = input[from + 2];
      } else {
        out[to] = 0;
        out[to + 1] = 0;
        out[to + 2] = 0;
      }
      to += 3;
      xx = (xx + stepX) | 0;
      yy = (yy + stepY) | 0;
    }
    startX = (startX + rowX) | 0;
    startY = (startY + rowY) | 0;
  }
}

const degrees = (radians: number) => (radians * 180) / Math.PI;
const radians = (degree: number) => (degree * Math.PI) / 180;
/** torchvision hands the angle over in degrees. */
const shearSlope = (magnitude: number) => Math.tan(radians(degrees(Math.atan(magnitude))));

/** torchvision's ShearX: about the upper left corner. */
export const shearX: PixelOperation = (input, out, size, magnitude) => transform(input, out, size, [1, shearSlope(magnitude), 0, 0, 1, 0]);
export const shearY: PixelOperation = (input, out, size, magnitude) => transform(input, out, size, [1, 0, 0, shearSlope(magnitude), 1, 0]);
/** Whole pixels, cut off towards zero. */
export const translateX: PixelOperation = (input, out, size, magnitude) => cropped(input, out, size, -Math.trunc(magnitude), 0);
export const translateY: PixelOperation = (input, out, size, magnitude) => cropped(input, out, size, 0, -Math.trunc(magnitude));

/** Degrees, counter-clockwise, about the centre: Pillow's Image.rotate with its exact turns and its rounding to 15 decimals. */
export const rotate: PixelOperation = (input, out, size, magnitude) => {
  const { width, height } = size;
  const angle = ((magnitude % 360) + 360) % 360;
  if (angle === 0) return out.set(input);
  if (angle === 180) return turn(input, out, size, (x, y) => (height - 1 - y) * width + (width - 1 - x));
  if (width === height && angle === 90) return turn(input, out, size, (x, y) => x * width + (width - 1 - y));
  if (width === height && angle === 270) return turn(input, out, size, (x, y) => (height - 1 - x) * width + y);
  const turned = -radians(angle);
  const round15 = (value: number) => Number(value.toFixed(15));
  const [a, b, d, e] = [round15(Math.cos(turned)), round15(Math.sin(turned)), round15(-Math.sin(turned)), round15(Math.cos(turned))];
  const [centreX, centreY] = [width / 2, height / 2];
  transform(input, out, size, [a, b, a * -centreX + b * -centreY + 0 + centreX, d, e, d * -centreX + e * -centreY + 0 + centreY]);
};

function turn(input: Uint8Array, out: Uint8Array, { width, height }: Size, source: (x: number, y: number) => number): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [source(x, y) * 3, (y * width + x) * 3];
      for (let c = 0; c < 3; c++) out[to + c] = input[from + c];
    }
  }
}
