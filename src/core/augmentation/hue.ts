import type { PixelOperation } from './image';

const { fround } = Math;

/** Pillow's rgb2hsv of the hue: in float32 where C is, in double where it widens. */
function hueOf(red: number, green: number, blue: number, high: number, low: number): number {
  const range = high - low;
  const rc = fround((high - red) / range);
  const gc = fround((high - green) / range);
  const bc = fround((high - blue) / range);
  const h = red === high ? fround(bc - gc) : green === high ? fround(2 + rc - bc) : fround(4 + gc - rc);
  // From 5/6 to 11/6: what fmod(…, 1) leaves, without its call.
  const turned = h / 6 + 1;
  return Math.trunc(fround(turned >= 1 ? turned - 1 : turned) * 255);
}

/**
 * Turns the hue: torchvision's adjust_hue on a Pillow image, by way of Pillow's HSV with 8 bits each (a factor of 0 rounds colours too, as there).
 * @param factor turns, -0.5 to 0.5
 */
export const adjustHue: PixelOperation = (input, out, _size, factor) => {
  // numpy: int32(factor × 255) added in uint8, cut off and wrapped.
  const turn = Math.trunc(factor * 255) & 255;
  for (let i = 0; i < input.length; i += 3) {
    const [red, green, blue] = [input[i]!, input[i + 1]!, input[i + 2]!];
    const high = red > green ? (red > blue ? red : blue) : green > blue ? green : blue;
    const low = red < green ? (red < blue ? red : blue) : green < blue ? green : blue;
    const saturation = high === low ? 0 : Math.trunc(fround((high - low) / high) * 255);
    if (saturation === 0) {
      out[i] = out[i + 1] = out[i + 2] = high;
      continue;
    }
    const hue = (hueOf(red, green, blue, high, low) + turn) & 255;
    const sixths = (hue * 6) / 255;
    const sector = Math.floor(sixths);
    const rest = fround(sixths - sector);
    const share = fround(saturation / 255);
    const p = Math.floor(high * (1 - share) + 0.5);
    const q = Math.floor(high * (1 - fround(share * rest)) + 0.5);
    const t = Math.floor(high * (1 - share * (1 - rest)) + 0.5);
    const from = sector === 6 ? 0 : sector;
    out[i] = from === 0 || from === 5 ? high : from === 1 ? q : from === 4 ? t : p;
    out[i + 1] = from === 1 || from === 2 ? high : from === 0 ? t : from === 3 ? q : p;
    out[i + 2] = from === 3 || from === 4 ? high : from === 2 ? t : from === 5 ? q : p;
  }
};
