import { PNG } from 'pngjs';

/** A picture in the form of the CIFAR-10 archive: one 32 × 32 image a row. `pixel(image, position, channel)` gives its bytes. */
export function pngOfRows(images: number, pixel: (image: number, position: number, channel: number) => number): Buffer {
  const png = new PNG({ width: 1024, height: images });
  for (let image = 0; image < images; image++) {
    for (let position = 0; position < 1024; position++) {
      const at = (image * 1024 + position) * 4;
      for (let channel = 0; channel < 3; channel++) png.data[at + channel] = pixel(image, position, channel) & 255;
      png.data[at + 3] = 255;
    }
  }
  return PNG.sync.write(png, { deflateLevel: 1, filterType: 0 });
}
