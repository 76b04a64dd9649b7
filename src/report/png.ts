import { PNG } from 'pngjs';

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** uint8, height × width × 3. */
  readonly pixels: Uint8Array;
}

/** As a `data:` URI, ready for an image element. */
export function pngDataUri({ width, height, pixels }: Pixels): string {
  const png = new PNG({ width, height, colorType: 2 });
  for (let i = 0; i < width * height; i++) {
    png.data.set(pixels.subarray(i * 3, i * 3 + 3), i * 4);
    png.data[i * 4 + 3] = 255;
  }
  return `data:image/png;base64,${PNG.sync.write(png, { colorType: 2, deflateLevel: 9 }).toString('base64')}`;
}

/**
 * Tiles of one size, row by row, a white line of `gap` pixels between them and a wider one after the first column.
 * @param tiles uint8, height × width × 3 each
 */
export function tiled(tiles: readonly Uint8Array[], size: { readonly width: number; readonly height: number }, columns: number, gap = 2, afterFirst = 6): Pixels {
  const rows = Math.ceil(tiles.length / columns);
  const width = columns * size.width + (columns - 1) * gap + (columns > 1 ? afterFirst - gap : 0);
  const height = rows * size.height + (rows - 1) * gap;
  const pixels = new Uint8Array(width * height * 3).fill(255);
  tiles.forEach((tile, i) => {
    const column = i % columns;
    const left = column * (size.width + gap) + (column > 0 ? afterFirst - gap : 0);
    const top = Math.floor(i / columns) * (size.height + gap);
    for (let y = 0; y < size.height; y++) pixels.set(tile.subarray(y * size.width * 3, (y + 1) * size.width * 3), ((top + y) * width + left) * 3);
  });
  return { width, height, pixels };
}
