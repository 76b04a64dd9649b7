export interface GridSize {
  readonly count: number;
  /** Of the pane and of a tile with its gap, CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly scrolled: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/** Rows beyond the edges that are drawn too, so that a flick of the wheel shows tiles. */
const spare = 2;

/** Which tiles are in sight: items `from` up to `to`, in so many columns; `height` is of all rows. */
export function gridWindow({ count, width, height, scrolled, tileWidth, tileHeight }: GridSize): { columns: number; from: number; to: number; height: number } {
  const columns = Math.max(1, Math.floor(width / tileWidth));
  const rows = Math.ceil(count / columns);
  const first = Math.max(0, Math.min(rows, Math.floor(scrolled / tileHeight)) - spare);
  const last = Math.min(rows, Math.ceil((scrolled + height) / tileHeight) + spare);
  return { columns, from: first * columns, to: Math.min(count, last * columns), height: rows * tileHeight };
}

/** Where a key leads from tile `at`; null for other keys. `page`: rows in sight. */
export function moveInGrid({ key, shiftKey }: { readonly key: string; readonly shiftKey: boolean }, at: number, count: number, columns: number, page: number): number | null {
  const pace = shiftKey ? 10 : 1;
  const to = ({ ArrowRight: at + pace, ArrowLeft: at - pace, ArrowDown: at + pace * columns, ArrowUp: at - pace * columns, PageDown: at + page * columns, PageUp: at - page * columns, Home: 0, End: count - 1 } as Record<string, number | undefined>)[key];
  return to === undefined || count === 0 ? null : Math.max(0, Math.min(count - 1, to));
}
