/** Images a side of a tile: its two halves of vectors stay in a core's own cache. */
export const tileSide = 1024;

/** Tiles of all pairs of `images` images, those on and right of the diagonal. */
export function tileCount(images: number): number {
  const blocks = Math.ceil(images / tileSide);
  return (blocks * (blocks + 1)) / 2;
}

/** Row and column of a tile, row by row. */
export function tileAt(tile: number, images: number): { readonly row: number; readonly column: number } {
  const blocks = Math.ceil(images / tileSide);
  let [rest, row] = [tile, 0];
  while (rest >= blocks - row) {
    rest -= blocks - row;
    row++;
  }
  return { row, column: row + rest };
}
