import { decimal } from '../../../../core/text/format';
import { niceScale, type Scale } from '../../../../core/figures/scale';
import type { FigureTheme } from '../../../../core/figures/theme';
import { frame, tickText } from './overlay';
import type { Range } from './range';

/** The grid and both axes of the chart, as ECharts draws them for files. Sizes in CSS pixels. */
export function drawAxes(context: CanvasRenderingContext2D, { width, height, range, y, unit, theme }: { readonly width: number; readonly height: number; readonly range: Range; readonly y: Scale; readonly unit: string; readonly theme: FigureTheme }): void {
  const [right, bottom] = [width - frame.right, height - frame.bottom];
  const [from, to] = range;
  context.lineWidth = 1;
  context.font = `11px ${theme.font}`;
  const rule = (x1: number, y1: number, x2: number, y2: number, colour: string) => {
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
    context.lineTo(Math.round(x2) + 0.5, Math.round(y2) + 0.5);
    context.stroke();
  };
  context.fillStyle = theme.tick;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const tick of y.ticks) {
    const top = bottom - ((tick - y.low) / (y.high - y.low)) * (bottom - frame.top);
    rule(frame.left, top, right, top, theme.grid);
    context.fillText(decimal(tick, y.decimals), frame.left - 8, top);
  }
  rule(frame.left, bottom, right, bottom, theme.base);
  context.textAlign = 'center';
  context.textBaseline = 'top';
  const { ticks, decimals } = niceScale(range, 8);
  for (const tick of ticks.filter((one) => one >= from - 1e-9 && one <= to + 1e-9)) {
    const left = frame.left + ((tick - from) / (to - from)) * (right - frame.left);
    rule(left, bottom, left, bottom + 4, theme.base);
    context.fillText(tickText(tick, ticks, decimals, unit, to), left, bottom + 8);
  }
}
