import type { FigureTheme } from '../../../../../core/figures/theme';
import type { Point } from './geometry';

/** How a class is told from the others: a colour, and a dot or a ring. */
export interface ClassMark {
  readonly series: number;
  readonly ring: boolean;
}

/** Colours times two shapes; more classes than that are not told apart by looks. */
const mostMarks = 14;
const [radius, wrongRadius] = [2.25, 2.75];
/** From this many points on each is drawn smaller. */
const [many, smaller] = [4000, 0.8];
/** Of what is not chosen while something is. */
const faint = 0.18;

export const classMark = (label: number, classes: number): ClassMark | null => (classes > mostMarks ? null : { series: label % 7, ring: label >= 7 });

export interface MapPicture {
  /** [images, 2] in pixels. */
  readonly screen: Float32Array;
  readonly labels: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
  readonly classes: readonly string[];
  readonly colourBy: 'class' | 'right';
  /** Of many classes these alone are in colour: the label in blue, its answer in vermillion. */
  readonly picked: readonly [number, number];
  /** Chosen points; empty: none are, and all are seen alike. */
  readonly chosen: ReadonlySet<number>;
  /** Class names at their places, in pixels. */
  readonly names: readonly (Point | null)[];
}

/** Draws a map: points, and over them the classes' names. */
export function paintMap(context: CanvasRenderingContext2D, width: number, height: number, theme: FigureTheme, { screen, labels, predicted, classes, colourBy, picked, chosen, names }: MapPicture): void {
  context.clearRect(0, 0, width, height);
  // A path a look: ten thousand points are a dozen calls.
  const paths = new Map<string, { readonly path: Path2D; readonly look: Look }>();
  const size = labels.length >= many ? smaller : 1;
  const lookOf = (i: number): Look => {
    const dim = chosen.size > 0 && !chosen.has(i);
    const wrong = labels[i] !== predicted[i];
    if (colourBy === 'right') return { series: wrong ? 2 : 0, ring: false, dim, r: wrong ? wrongRadius : radius, alpha: wrong ? 0.9 : 0.35 };
    const mark = classMark(labels[i]!, classes.length);
    if (mark) return { ...mark, dim, r: radius, alpha: 0.8 };
    const series = labels[i] === picked[0] ? 1 : labels[i] === picked[1] ? 2 : 0;
    return { series, ring: false, dim, r: series === 0 ? radius : wrongRadius, alpha: series === 0 ? 0.25 : 0.9 };
  };
  for (let i = 0; i < labels.length; i++) {
    const [x, y] = [screen[2 * i]!, screen[2 * i + 1]!];
    if (x < -4 || y < -4 || x > width + 4 || y > height + 4) continue;
    const look = lookOf(i);
    const key = `${look.dim ? 0 : 1} ${look.alpha} ${look.series} ${look.ring}`;
    const entry = paths.get(key) ?? { path: new Path2D(), look };
    paths.set(key, entry);
    const r = size * (look.ring ? look.r - 0.25 : look.r);
    entry.path.moveTo(x + r, y);
    entry.path.arc(x, y, r, 0, 2 * Math.PI);
  }
  // What is dimmed lies below, and of the others the rarer, which are the fuller, above.
  for (const [, { path, look }] of [...paths].sort(([, a], [, b]) => Number(b.look.dim) - Number(a.look.dim) || a.look.alpha - b.look.alpha)) {
    context.globalAlpha = look.dim ? faint : look.alpha;
    context.fillStyle = context.strokeStyle = theme.marks[look.series]!;
    context.lineWidth = 1.25;
    if (look.ring) context.stroke(path);
    else context.fill(path);
  }
  context.globalAlpha = 1;
  paintNames(context, theme, classes, names);
}

interface Look extends ClassMark {
  readonly dim: boolean;
  readonly r: number;
  readonly alpha: number;
}

function paintNames(context: CanvasRenderingContext2D, theme: FigureTheme, classes: readonly string[], names: readonly (Point | null)[]): void {
  context.font = `500 12px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  names.forEach((at, label) => {
    if (!at) return;
    context.lineWidth = 4;
    context.strokeStyle = theme.surface;
    context.strokeText(classes[label]!, at[0], at[1]);
    context.fillStyle = theme.ink;
    context.fillText(classes[label]!, at[0], at[1]);
  });
}
