/**
 * Moves heights apart so that neighbours are at least `distance` from each other, within [low, high], and keeps their order.
 * Heights that are not finite stay as they are. Shapes: one height a label, in any order.
 */
export function pushApart(heights: readonly number[], distance: number, low: number, high: number): number[] {
  const placed = [...heights];
  const order = heights.map((_, i) => i).filter((i) => Number.isFinite(heights[i])).sort((a, b) => heights[a]! - heights[b]!);
  let edge = low - distance;
  for (const i of order) edge = placed[i] = Math.max(placed[i]!, edge + distance);
  edge = high + distance;
  for (const i of order.reverse()) edge = placed[i] = Math.min(placed[i]!, edge - distance);
  return placed;
}
