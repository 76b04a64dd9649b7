/**
 * A small map as large as an image: bilinear, pixel centres aligned, edges repeated, as
 * torch.nn.functional.interpolate(mode='bilinear', align_corners=False).
 * @param map [height, width]
 * @returns [toHeight, toWidth]
 */
export function enlarge(map: Float32Array, [height, width]: readonly [number, number], [toHeight, toWidth]: readonly [number, number]): Float32Array {
  const out = new Float32Array(toHeight * toWidth);
  for (let y = 0; y < toHeight; y++) {
    const [top, bottom, down] = between(y, height, toHeight);
    for (let x = 0; x < toWidth; x++) {
      const [left, right, across] = between(x, width, toWidth);
      const at = (row: number, column: number) => map[row * width + column]!;
      const upper = at(top, left) * (1 - across) + at(top, right) * across;
      const lower = at(bottom, left) * (1 - across) + at(bottom, right) * across;
      out[y * toWidth + x] = upper * (1 - down) + lower * down;
    }
  }
  return out;
}

/** The two pixels that a position lies between, and how far it is from the first. */
function between(position: number, size: number, toSize: number): readonly [number, number, number] {
  const at = Math.max(0, ((position + 0.5) * size) / toSize - 0.5);
  const first = Math.min(size - 1, Math.floor(at));
  return [first, Math.min(size - 1, first + 1), at - first];
}

/** A map's values as shares of its largest; all zero where none is positive. */
export function relative(map: Float32Array): Float32Array {
  const largest = map.reduce((a, b) => Math.max(a, b), 0);
  return largest > 0 ? map.map((value) => value / largest) : new Float32Array(map.length);
}

/**
 * The colour of heat from 0 to 1, red, green and blue from 0 to 255: inferno's course, dark to light, so that more is lighter in grey too.
 * Sampled from matplotlib's table (van der Walt and Smith), between which it is linear.
 */
export function heatColour(value: number): readonly [number, number, number] {
  const at = Math.min(1, Math.max(0, value)) * (inferno.length - 1);
  const first = Math.min(inferno.length - 2, Math.floor(at));
  const [a, b, t] = [inferno[first]!, inferno[first + 1]!, at - first];
  return [0, 1, 2].map((channel) => Math.round(a[channel]! + (b[channel]! - a[channel]!) * t)) as [number, number, number];
}

const inferno = [[0, 0, 4], [31, 12, 72], [85, 15, 109], [136, 34, 106], [186, 54, 85], [227, 89, 51], [249, 140, 10], [249, 201, 50], [252, 255, 164]] as const;

/** Share of an image's own colour under the heat. */
const imageShare = 0.5;

/** Heat over an image. @param pixels uint8 HWC @param heat from 0 to 1, one a pixel @returns uint8 HWC */
export function overlaid(pixels: Uint8Array, heat: Float32Array): Uint8Array {
  const out = new Uint8Array(pixels.length);
  heat.forEach((value, pixel) => {
    heatColour(value).forEach((colour, channel) => {
      const at = pixel * 3 + channel;
      out[at] = Math.round(imageShare * pixels[at]! + (1 - imageShare) * colour);
    });
  });
  return out;
}
