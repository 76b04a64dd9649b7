import { escapeHtml } from '../tables/markup';
import type { ArmStyle } from './armStyle';
import type { FigureTheme } from './theme';

type Attributes = Readonly<Record<string, string | number | null | undefined>>;

/** Marks that turn the direction of writing would turn what stands beside them too. */
const directionMarks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

export const withoutDirections = (text: string): string => text.replace(directionMarks, '');

/** A name from outside as one line of a drawing. */
export const drawn = (name: string): string => withoutDirections(name).replace(/\s+/g, ' ');

/** Presentation attributes only: a page whose policy forbids inline styles shows it all the same. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escapeHtml(value!)}"`).join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

const round = (value: number) => String(Math.round(value * 100) / 100);

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly fill: string;
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly weight?: number;
}

export const label = (content: string, { x, y, fill, size = 12, anchor = 'start', weight }: Label): string =>
  element('text', { x, y, fill, 'font-size': size, 'text-anchor': anchor === 'start' ? null : anchor, 'font-weight': weight }, escapeHtml(drawn(content)));

/** The drawing with its name for those who do not see it. `id` must be the page's only one. */
export const svgElement = (content: string, of: { readonly width: number; readonly height: number; readonly description: string; readonly font: string }): string =>
  element('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${round(of.width)} ${round(of.height)}`, width: of.width, height: of.height, role: 'img', 'aria-label': drawn(of.description), 'font-family': of.font }, content);

/** An interval's bar with its estimate and the single seeds, around the height `y`. Positions in pixels; null leaves the bar out. */
export function intervalMark(at: { readonly estimate: number; readonly low: number | null; readonly high: number | null; readonly seeds: readonly number[]; readonly y: number }, style: ArmStyle, theme: FigureTheme): string {
  const colour = theme.marks[style.series]!;
  const { estimate, low, high, seeds, y } = at;
  const bar = low === null || high === null ? '' : style.fill === 'hollow'
    ? element('rect', { x: low, y: y - 3.5, width: Math.max(1, high - low), height: 7, fill: 'none', stroke: colour, 'stroke-width': 1 })
    : element('rect', { x: low, y: y - 3.5, width: Math.max(1, high - low), height: 7, fill: colour, 'fill-opacity': style.fill === 'half' ? 0.22 : 0.42 });
  const ticks = seeds.map((x) => element('rect', { x: x - 0.5, y: y - 5, width: 1, height: 10, fill: colour, 'fill-opacity': 0.55 })).join('');
  // Without an interval an open dot: a value, and no verdict.
  const mark = low === null ? element('circle', { cx: estimate, cy: y, r: 3.5, fill: theme.surface, stroke: colour, 'stroke-width': 1.5 }) : element('rect', { x: estimate - 1, y: y - 6, width: 2, height: 12, fill: colour });
  return bar + ticks + mark;
}

/** The round mark that stands before an arm's name. */
export const armDot = (x: number, y: number, style: ArmStyle, theme: FigureTheme): string =>
  element('circle', { cx: x, cy: y, r: 4, fill: style.fill === 'hollow' ? 'none' : theme.marks[style.series]!, 'fill-opacity': style.fill === 'half' ? 0.45 : null, stroke: theme.marks[style.series]!, 'stroke-width': 1.75 });
