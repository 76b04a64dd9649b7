/** A part of x, from and to; of all there is from 0 to `full`. */
export type Range = readonly [number, number];

/** The deepest zoom: so many times the whole. */
const deepest = 10_000;

/** Closer (factor below 1) or further, with `at` staying where it is. Null: all of x. */
export function zoomed([from, to]: Range, full: number, at: number, factor: number): Range | null {
  const span = Math.max(full / deepest, (to - from) * factor);
  if (span >= full) return null;
  const start = Math.min(full - span, Math.max(0, at - ((at - from) / (to - from)) * span));
  return [start, start + span];
}

/** Along x by `delta`, as far as there is anything. */
export function panned([from, to]: Range, full: number, delta: number): Range {
  const start = Math.min(full - (to - from), Math.max(0, from + delta));
  return [start, start + (to - from)];
}

/** So that `at` is in view. */
export const around = (range: Range, full: number, at: number): Range => (at < range[0] ? panned(range, full, at - range[0]) : at > range[1] ? panned(range, full, at - range[1]) : range);
