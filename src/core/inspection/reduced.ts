import type { Draw, MixDraw } from '../augmentation';
import type { Size } from '../augmentation/image';
import type { Window } from '../augmentation/draws';

/** Pixels of an image at one over a whole number, the last column and row of a part of a block among them. */
export const reducedSize = ({ width, height }: Size, by: number): Size => ({ width: Math.ceil(width / by), height: Math.ceil(height / by) });

/**
 * An image at one over a whole number: the mean of each block, halves up.
 * @param image uint8, height × width × 3
 * @param out takes uint8 of `reducedSize`, × 3
 */
export function reduced(image: Uint8Array, { width, height }: Size, by: number, out: Uint8Array): void {
  let to = 0;
  for (let top = 0; top < height; top += by) {
    const down = Math.min(by, height - top);
    for (let left = 0; left < width; left += by, to += 3) {
      const across = Math.min(by, width - left);
      let [red, green, blue] = [0, 0, 0];
      for (let y = top; y < top + down; y++) {
        let from = (y * width + left) * 3;
        for (const end = from + across * 3; from < end; from += 3) {
          red += image[from]!;
          green += image[from + 1]!;
          blue += image[from + 2]!;
        }
      }
      const count = down * across;
      out[to] = (red + count / 2) / count;
      out[to + 1] = (green + count / 2) / count;
      out[to + 2] = (blue + count / 2) / count;
    }
  }
}

/** A window in an image that is smaller by `by`: whole pixels inside it, at least one where there was one. */
function reducedWindow({ left, top, width, height }: Window, by: number, size: Size): Window {
  const along = (from: number, length: number, most: number): readonly [number, number] => {
    if (length === 0) return [0, 0];
    const start = Math.min(most - 1, Math.round(from / by));
    return [start, Math.max(1, Math.min(most, Math.round((from + length) / by)) - start)];
  };
  const [[x, across], [y, down]] = [along(left, width, size.width), along(top, height, size.height)];
  return { left: x, top: y, width: across, height: down };
}

/** What a draw is for an image that is smaller by `by`: distances shrink, all else stays. @param size of the smaller image */
export function reducedDraw(draw: Draw, by: number, size: Size): Draw {
  switch (draw.kind) {
    case 'crop': return { ...draw, left: Math.round((draw.left - draw.padding) / by), top: Math.round((draw.top - draw.padding) / by), padding: 0 };
    case 'operation': return draw.name === 'TranslateX' || draw.name === 'TranslateY' ? { ...draw, magnitude: draw.magnitude / by } : draw;
    case 'resizedCrop': return { ...draw, window: reducedWindow(draw.window, by, size) };
    case 'erase': return { ...draw, window: draw.window && reducedWindow(draw.window, by, size) };
    case 'flip':
    case 'adjust': return draw;
  }
}

export const reducedMix = (draw: MixDraw, by: number, size: Size): MixDraw => (draw.kind === 'cutmix' ? { ...draw, window: reducedWindow(draw.window, by, size) } : draw);
