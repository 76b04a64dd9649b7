/** Where the cells of a drawn matrix lie, in pixels. */
export interface MatrixGeometry {
  /** Side of a cell. */
  readonly cell: number;
  /** Left edge of the first column, and upper edge of the first row: beside and above stand the names, where there is room for them. */
  readonly left: number;
  readonly top: number;
  readonly named: boolean;
}

const [smallest, largest, least] = [4, 20, 9];
const names = { left: 120, top: 92 } as const;

/** The largest whole cells that fit the width; cells too low for a line of words leave the names out. @param count classes a side */
export function matrixGeometry(width: number, count: number): MatrixGeometry {
  const cellIn = (room: number) => Math.max(smallest, Math.min(largest, Math.floor(room / count)));
  const named = cellIn(width - names.left);
  return named >= least ? { cell: named, ...names, named: true } : { cell: cellIn(width), left: 0, top: 0, named: false };
}

/** Row and column under a point; null beside the cells. */
export function cellUnder({ cell, left, top }: MatrixGeometry, count: number, x: number, y: number): readonly [number, number] | null {
  const [row, column] = [Math.floor((y - top) / cell), Math.floor((x - left) / cell)];
  return row >= 0 && row < count && column >= 0 && column < count ? [row, column] : null;
}

/** A text that is not wider than the room, with an ellipsis where it was. */
export function shortened(text: string, room: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= room) return text;
  const letters = Array.from(text);
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(`${letters.slice(0, middle).join('')}…`) <= room) low = middle; else high = middle - 1;
  }
  return `${letters.slice(0, low).join('')}…`;
}
