import { decimate, visible } from '../../../charts/decimate';

/** A line as it is painted: x never falls; y in the axis' own unit. */
export interface PaintedLine {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly colour: string;
  readonly width: number;
  readonly opacity: number;
  readonly dash: readonly number[];
  /** Range of what a line is the mean of; empty where there is none. */
  readonly band: { readonly x: Float64Array; readonly low: Float64Array; readonly high: Float64Array };
  readonly bandOpacity: number;
}

/** The part of the plane that fills a picture. */
export interface PlaneView {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

type Context = Pick<CanvasRenderingContext2D, 'beginPath' | 'moveTo' | 'lineTo' | 'closePath' | 'stroke' | 'fill' | 'setLineDash' | 'arc'> & { strokeStyle: unknown; fillStyle: unknown; lineWidth: number; globalAlpha: number; lineJoin: CanvasLineJoin };

/**
 * Paints lines and their bands. Of each column of pixels a line keeps its lowest and its highest point, so that no spike is lost, however many
 * points there are and whatever part is shown.
 * @param width of the picture in units of the context; `columns` of them are told apart
 */
export function drawLines(context: Context, lines: readonly PaintedLine[], { from, to, low, high }: PlaneView, width: number, height: number, columns = width): void {
  const left = (x: number) => ((x - from) / (to - from)) * width;
  const top = (y: number) => height - ((y - low) / (high - low)) * height;
  context.lineJoin = 'bevel';
  for (const { band, colour, bandOpacity } of lines) {
    if (band.x.length < 2) continue;
    context.globalAlpha = bandOpacity;
    context.fillStyle = colour;
    context.beginPath();
    band.x.forEach((x, i) => { context.lineTo(left(x), top(band.high[i]!)); });
    for (let i = band.x.length - 1; i >= 0; i--) context.lineTo(left(band.x[i]!), top(band.low[i]!));
    context.closePath();
    context.fill();
  }
  for (const line of lines) {
    const [start, end] = visible(line.x, from, to);
    const points = decimate({ x: line.x.subarray(start, end), y: line.y.subarray(start, end) }, Math.max(1, Math.ceil(columns)));
    context.globalAlpha = line.opacity;
    context.lineWidth = line.width;
    context.setLineDash([...line.dash]);
    context.strokeStyle = context.fillStyle = line.colour;
    context.beginPath();
    if (line.x.length === 1) {
      for (const [x, y] of points) context.arc(left(x), top(y), 2, 0, 2 * Math.PI);
      context.fill();
    } else {
      for (const [x, y] of points) context.lineTo(left(x), top(y));
      context.stroke();
    }
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}
