interface TileSize {
  /** Of the pane, CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Tiles, and an image's own pixels across and down. */
  readonly count: number;
  readonly imageWidth: number;
  readonly imageHeight: number;
  /** CSS pixels under an image, for its words. */
  readonly words: number;
  /** CSS pixels of an image pixel, at most: a whole number. */
  readonly largest: number;
}

export interface TileLayout {
  /** CSS pixels of an image pixel: a whole number, or one over a whole number for images that are larger than their tile. */
  readonly scale: number;
  readonly columns: number;
  readonly rows: number;
  /** Of an image as shown, and from one tile to the next, CSS pixels. */
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly stepX: number;
  readonly stepY: number;
  /** Of all rows. */
  readonly height: number;
}

/** Between tiles, CSS pixels: across, and from the words of one row to the next. */
export const gap = { x: 10, y: 8 };
/** A tile narrower than this holds no words. */
const narrowest = 72;
/** Words need no more. */
const widest = 124;

/** Only whole multiples keep pixels square; what is larger than its tile is shown at a half, a third … */
const parts = [1 / 2, 1 / 3, 1 / 4, 1 / 6, 1 / 8, 1 / 12, 1 / 16];
const scalesTo = (largest: number) => [...Array.from({ length: largest }, (_, i) => largest - i), ...parts];

function at(scale: number, { width, count, imageWidth, imageHeight, words }: TileSize): TileLayout {
  const [tileWidth, tileHeight] = [Math.max(1, Math.round(imageWidth * scale)), Math.max(1, Math.round(imageHeight * scale))];
  const least = Math.max(narrowest, tileWidth) + gap.x;
  const most = Math.max(1, Math.floor((width + gap.x) / least));
  const rows = Math.ceil(count / most);
  // No more columns than these rows need: what is left of the width is the words'.
  const columns = Math.max(1, Math.ceil(count / Math.max(1, rows)));
  const stepX = Math.max(least, Math.min(Math.floor((width + gap.x) / columns), widest + gap.x));
  const stepY = tileHeight + words + gap.y;
  return { scale, columns, rows, tileWidth, tileHeight, stepX, stepY, height: Math.max(0, rows * stepY - gap.y) };
}

/** The scale at which one image lies within `room` × `room` CSS pixels: a whole number, `largest` at most, or one over a whole number. */
export function scaleWithin(room: number, { width, height }: { readonly width: number; readonly height: number }, largest: number): number {
  const side = Math.max(width, height);
  return side <= room ? Math.min(largest, Math.floor(room / side)) : 1 / Math.ceil(side / room);
}

/** At one over what whole number images are wanted that are shown at `scale`, device pixels to an image pixel. */
export const reductionOf = (scale: number): number => Math.max(1, Math.floor(1 / scale + 1e-6));

/** The largest scale at which all tiles are in sight; where none does that, the smallest that is still easy to see, and the pane scrolls. */
export function tileLayout(size: TileSize): TileLayout {
  const scales = scalesTo(size.largest);
  const layouts = scales.map((scale) => at(scale, size)).filter(({ tileWidth }) => tileWidth <= Math.max(size.width, narrowest));
  const whole = layouts.find(({ height }) => height <= size.height);
  if (whole && whole.tileWidth >= Math.min(64, size.imageWidth * 2)) return whole;
  return layouts.filter(({ tileWidth }) => tileWidth >= 64).at(-1) ?? layouts[0] ?? at(scales.at(-1)!, size);
}
