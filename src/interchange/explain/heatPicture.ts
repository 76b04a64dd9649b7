import { PNG } from 'pngjs';
import type { ExplainedImage } from '../../contracts/calls/tools';
import { enlarge, overlaid, relative } from '../../core/predictions/heat';

/** Small images are enlarged by whole steps to about so many pixels a side. */
const wantedSide = 256;

/** The image with the heat over it, as a PNG file. Heat is relative to its own largest. */
export function heatPicture({ pixels, width, height, map, mapSize }: Pick<ExplainedImage, 'pixels' | 'width' | 'height' | 'map' | 'mapSize'>): Buffer {
  const scale = Math.max(1, Math.round(wantedSide / Math.max(width, height)));
  const [wide, high] = [width * scale, height * scale];
  const large = new Uint8Array(wide * high * 3);
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const from = (Math.floor(y / scale) * width + Math.floor(x / scale)) * 3;
      large.set(pixels.subarray(from, from + 3), (y * wide + x) * 3);
    }
  }
  const rgb = overlaid(large, relative(enlarge(map, mapSize, [high, wide])));
  const png = new PNG({ width: wide, height: high });
  for (let pixel = 0; pixel < wide * high; pixel++) png.data.set([rgb[pixel * 3]!, rgb[pixel * 3 + 1]!, rgb[pixel * 3 + 2]!, 255], pixel * 4);
  return PNG.sync.write(png);
}
