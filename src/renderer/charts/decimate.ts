/** A line as two columns of equal length: x never falls. */
export interface Line {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/**
 * At most about 2 × `buckets` points that draw the same picture: each bucket of x keeps its lowest and its highest point, in order,
 * so no spike is lost. Points that are not finite are left out. Short lines come back whole.
 */
export function decimate({ x, y }: Line, buckets: number): [number, number][] {
  const n = Math.min(x.length, y.length);
  const points: [number, number][] = [];
  if (n <= 2 * buckets) {
    for (let i = 0; i < n; i++) if (Number.isFinite(y[i])) points.push([x[i]!, y[i]!]);
    return points;
  }
  const from = x[0]!;
  const span = x[n - 1]! - from || 1;
  let bucket = -1;
  let low = -1;
  let high = -1;
  const flush = () => {
    if (low < 0) return;
    const [first, second] = low < high ? [low, high] : [high, low];
    points.push([x[first]!, y[first]!]);
    if (second !== first) points.push([x[second]!, y[second]!]);
  };
  let last = -1;
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(y[i])) continue;
    const at = Math.min(buckets - 1, Math.floor(((x[i]! - from) / span) * buckets));
    if (at !== bucket) {
      flush();
      bucket = at;
      low = high = i;
    } else {
      if (y[i]! < y[low]!) low = i;
      if (y[i]! > y[high]!) high = i;
    }
    last = i;
  }
  flush();
  if (last >= 0 && points.at(-1)![0] !== x[last]) points.push([x[last]!, y[last]!]);
  return points;
}

/** First and behind the last index of the points in view, with one neighbour on either side: a line goes on beyond the edge. */
export function visible(x: ArrayLike<number>, from: number, to: number): [number, number] {
  const first = (beyond: (at: number) => boolean) => {
    let [low, high] = [0, x.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (beyond(x[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return [Math.max(0, first((at) => at >= from) - 1), Math.min(x.length, first((at) => at > to) + 1)];
}

/** The part of a line that is in view: what is thinned must not be the rest, or zooming in would show no more than before. */
export function within({ x, y }: Line, [from, to]: readonly [number, number]): Line {
  const [start, end] = visible(x, from, to);
  const part = (column: ArrayLike<number>) => (column instanceof Float64Array ? column.subarray(start, end) : Array.from(column).slice(start, end));
  return { x: part(x), y: part(y) };
}

/** The y of the last point at or before `at`; undefined before the first. Halves its way there. */
export function valueAt({ x, y }: Line, at: number): number | undefined {
  let low = 0;
  let high = Math.min(x.length, y.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (x[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : y[low - 1];
}

/** Exponential moving average with weight `smoothing` (0: none, below 1) on what came before, without the bias of its start. */
export function smooth({ x, y }: Line, smoothing: number): Line {
  if (smoothing <= 0) return { x, y };
  const out = new Float64Array(y.length);
  let mean = 0;
  let weight = 0;
  for (let i = 0; i < y.length; i++) {
    if (Number.isFinite(y[i])) {
      mean = smoothing * mean + (1 - smoothing) * y[i]!;
      weight = smoothing * weight + (1 - smoothing);
      out[i] = mean / weight;
    } else out[i] = Number.NaN;
  }
  return { x, y: out };
}
