/** Where points of a map lie on the screen: `x * scale + left`, and y downwards. */
export interface View {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

export type Point = readonly [x: number, y: number];

/** Space between the outermost points and the edge, in pixels. */
const padding = 16;

/** The view in which all points are seen, with one scale for both axes. @param points [images, 2] */
export function fitted(points: ArrayLike<number>, width: number, height: number): View {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]!);
    right = Math.max(right, points[i]!);
    bottom = Math.min(bottom, points[i + 1]!);
    top = Math.max(top, points[i + 1]!);
  }
  if (left > right) return { scale: 1, left: width / 2, top: height / 2 };
  const across = Math.max(right - left, 1e-9);
  const down = Math.max(top - bottom, 1e-9);
  const scale = Math.min((width - 2 * padding) / across, (height - 2 * padding) / down);
  return { scale, left: width / 2 - (scale * (left + right)) / 2, top: height / 2 + (scale * (top + bottom)) / 2 };
}

/** @returns [images, 2] in pixels */
export const onScreen = (points: ArrayLike<number>, { scale, left, top }: View): Float32Array =>
  Float32Array.from({ length: points.length }, (_, i) => (i % 2 === 0 ? left + scale * points[i]! : top - scale * points[i]!));

/** The view from nearer (`factor` above 1) or farther, with what lies at a pixel staying there. */
export const zoomed = ({ scale, left, top }: View, factor: number, [x, y]: Point): View => ({ scale: scale * factor, left: x + (left - x) * factor, top: y + (top - y) * factor });

export const moved = (view: View, dx: number, dy: number): View => ({ ...view, left: view.left + dx, top: view.top + dy });

/** The point nearest to a pixel, at most `reach` away; -1 where there is none. */
export function nearest(screen: ArrayLike<number>, [x, y]: Point, reach: number): number {
  let [best, distance] = [-1, reach * reach];
  for (let i = 0; i < screen.length; i += 2) {
    const d = (screen[i]! - x) ** 2 + (screen[i + 1]! - y) ** 2;
    if (d <= distance) [best, distance] = [i / 2, d];
  }
  return best;
}

/**
 * The next point in a direction: what lies ahead counts by its distance, and what lies aside twice more. Points more than 45 degrees aside
 * are none. @returns -1 at the edge
 */
export function nextTowards(screen: ArrayLike<number>, from: number, [dx, dy]: Point): number {
  const [x, y] = [screen[2 * from]!, screen[2 * from + 1]!];
  let [best, cost] = [-1, Infinity];
  for (let i = 0; i < screen.length; i += 2) {
    const [right, down] = [screen[i]! - x, screen[i + 1]! - y];
    const ahead = right * dx + down * dy;
    const aside = Math.abs(right * dy) + Math.abs(down * dx);
    if (ahead <= 0 || aside > ahead) continue;
    if (ahead + 2 * aside < cost) [best, cost] = [i / 2, ahead + 2 * aside];
  }
  return best;
}

/** Whether a pixel lies in a polygon, by the even-odd rule. */
export function inPolygon(polygon: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [polygon[i]!, polygon[j]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Places of the points inside a polygon. */
export function within(screen: ArrayLike<number>, polygon: readonly Point[]): number[] {
  const found: number[] = [];
  for (let i = 0; i < screen.length; i += 2) if (inPolygon(polygon, [screen[i]!, screen[i + 1]!])) found.push(i / 2);
  return found;
}

export const rectangle = ([x1, y1]: Point, [x2, y2]: Point): Point[] => [[x1, y1], [x2, y1], [x2, y2], [x1, y2]];

/** Where each class has its middle: the median of its points on each axis; null for a class without points. @param points [images, 2] */
export function middles(points: ArrayLike<number>, labels: ArrayLike<number>, classes: number): (Point | null)[] {
  const each = Array.from({ length: classes }, () => [[], []] as [number[], number[]]);
  for (let i = 0; i < labels.length; i++) {
    each[labels[i]!]![0].push(points[2 * i]!);
    each[labels[i]!]![1].push(points[2 * i + 1]!);
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return each.map(([x, y]) => (x.length === 0 ? null : [median(x), median(y)]));
}
