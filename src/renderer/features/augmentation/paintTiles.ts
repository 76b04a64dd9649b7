import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { TileLayout } from './tileLayout';
import type { Tiles } from './inspection/protocol';

let atlas: HTMLCanvasElement | null = null;

/** The tiles one under the other, at their own size: all of them in one copy. */
function atlasOf({ parts, count }: Tiles, width: number, height: number): HTMLCanvasElement {
  atlas ??= document.createElement('canvas');
  const rows = Math.max(1, count) * height;
  if (atlas.width !== width || atlas.height < rows || atlas.height > rows * 4) [atlas.width, atlas.height] = [width, rows];
  const context = atlas.getContext('2d', { willReadFrequently: true })!;
  let at = 0;
  for (const part of parts) {
    if (part.count > 0) context.putImageData(new ImageData(part.rgba, width, part.count * height), 0, at * height);
    at += part.count;
  }
  return atlas;
}

/** Draws tiles in their places, with square pixels where they are enlarged. @param width of a tile, its own pixels @param ratio device pixels to a CSS pixel */
export function paintTiles(canvas: HTMLCanvasElement, tiles: Tiles, width: number, height: number, layout: TileLayout, ratio: number): void {
  const { columns, stepX, stepY, tileWidth, tileHeight } = layout;
  const [across, down] = [Math.max(1, Math.round(columns * stepX * ratio)), Math.max(1, Math.round(layout.height * ratio))];
  if (canvas.width !== across || canvas.height !== down) [canvas.width, canvas.height] = [across, down];
  const context = canvas.getContext('2d')!;
  context.clearRect(0, 0, across, down);
  // A pixel that only rounding adds or takes is no reason to smooth.
  context.imageSmoothingEnabled = Math.round(tileWidth * ratio) < width - 1;
  context.imageSmoothingQuality = 'high';
  const source = atlasOf(tiles, width, height);
  for (let i = 0; i < tiles.count; i++) {
    const [x, y] = [(i % columns) * stepX, Math.floor(i / columns) * stepY];
    context.drawImage(source, 0, i * height, width, height, Math.round(x * ratio), Math.round(y * ratio), Math.round(tileWidth * ratio), Math.round(tileHeight * ratio));
  }
}

/** Device pixels to a CSS pixel, as it changes when the window moves to another screen or is zoomed. */
export function devicePixelRatioOf(): ShallowRef<number> {
  const ratio = shallowRef(window.devicePixelRatio || 1);
  const take = () => { ratio.value = window.devicePixelRatio || 1; };
  window.addEventListener('resize', take);
  onScopeDispose(() => { window.removeEventListener('resize', take); });
  return ratio;
}
