import type { RgbImage } from './resample';

/** Pixels as a decoder gives them: grey, grey and alpha, RGB or RGBA; 8 bits a channel, or 16 in this machine's order. */
export interface RawImage {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly bits: 8 | 16;
}

/** Grey is repeated, of 16 bits the upper 8 are kept, what is transparent is put on black. */
export function toRgb({ pixels, width, height, channels, bits }: RawImage): RgbImage {
  const step = bits / 8;
  if (channels === 3 && step === 1) return { pixels, width, height };
  const count = width * height;
  const out = new Uint8Array(count * 3);
  const [green, blue] = channels < 3 ? [0, 0] : [step, 2 * step];
  const alphaAt = channels === 2 ? step : channels === 4 ? 3 * step : -1;
  // The upper byte lies second: every machine that Cultivar runs on is little endian.
  for (let i = 0, from = step - 1; i < count; i++, from += channels * step) {
    const alpha = alphaAt < 0 ? 255 : pixels[from + alphaAt]!;
    const on = (value: number) => (alpha === 255 ? value : Math.round((value * alpha) / 255));
    out[i * 3] = on(pixels[from]!);
    out[i * 3 + 1] = on(pixels[from + green]!);
    out[i * 3 + 2] = on(pixels[from + blue]!);
  }
  return { pixels: out, width, height };
}

/** An image as it is to be seen, by the orientation of its EXIF data: 1 as stored, 2 to 4 mirrored or upside down, 5 to 8 turned by a quarter. */
export function oriented(image: RgbImage, orientation: number): RgbImage {
  if (orientation < 2 || orientation > 8) return image;
  const { pixels, width, height } = image;
  const turned = orientation >= 5;
  const mirrorX = [2, 3, 7, 8].includes(orientation);
  const mirrorY = [3, 4, 6, 7].includes(orientation);
  const [outWidth, outHeight] = turned ? [height, width] : [width, height];
  const out = new Uint8Array(pixels.length);
  for (let y = 0, to = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++, to += 3) {
      // Of a turned image the output's row is the stored column.
      const [column, row] = turned ? [y, x] : [x, y];
      const from = ((mirrorY ? height - 1 - row : row) * width + (mirrorX ? width - 1 - column : column)) * 3;
      out[to] = pixels[from]!;
      out[to + 1] = pixels[from + 1]!;
      out[to + 2] = pixels[from + 2]!;
    }
  }
  return { pixels: out, width: outWidth, height: outHeight };
}

/** Whether every pixel is a grey. */
export function isGrey(rgb: Uint8Array): boolean {
  for (let i = 0; i < rgb.length; i += 3) if (rgb[i] !== rgb[i + 1] || rgb[i] !== rgb[i + 2]) return false;
  return true;
}
