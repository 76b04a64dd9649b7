import { drawLines, type PaintedLine, type PlaneView } from './drawLines';

/** Lines to paint from now on. */
interface Lines { readonly lines: readonly PaintedLine[] }
/** A picture that is wanted: of which part, how large (CSS pixels) and how many device pixels to each. */
export interface Wanted { readonly id: number; readonly view: PlaneView; readonly width: number; readonly height: number; readonly ratio: number }
export type ToPainter = Lines | Wanted;
export interface Painted { readonly id: number; readonly bitmap: ImageBitmap }

// Painting a hundred long lines takes several frames: here it keeps none of the window's waiting.
let lines: readonly PaintedLine[] = [];
addEventListener('message', ({ data }: MessageEvent<ToPainter>) => {
  if ('lines' in data) {
    lines = data.lines;
    return;
  }
  const { id, view, width, height, ratio } = data;
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio)));
  const context = canvas.getContext('2d')!;
  context.scale(canvas.width / width, canvas.height / height);
  drawLines(context, lines, view, width, height, canvas.width);
  const painted: Painted = { id, bitmap: canvas.transferToImageBitmap() };
  (self as unknown as Worker).postMessage(painted, [painted.bitmap]);
});
