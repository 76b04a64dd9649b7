import { niceScale } from '../../core/figures/scale';

export interface LogAxis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/**
 * A logarithmic axis that ends where the values do; ECharts' own would go on to the next power of ten, and a loss between 0.3 and 2 would
 * fill a third of it. Ticks are 1, 2 and 5 times powers of ten; powers of ten
 * alone over more than two decades; evenly spaced ones where fewer than two of those are in sight.
 * @param values positive
 * @returns null where there are none
 */
export function logAxis(values: readonly number[]): LogAxis | null {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(low > 0) || !Number.isFinite(high)) return null;
  // One value alone has no span of its own: a factor of two on either side.
  const room = high > low ? (high / low) ** 0.04 : 2;
  low /= room;
  high *= room;
  const decades = Math.log10(high / low);
  const every = Math.max(1, Math.ceil(decades / 5));
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const ticks: number[] = [];
  for (let power = first; power <= last; power++) {
    for (const factor of decades > 2 ? [1] : [1, 2, 5]) {
      const tick = Number(`${factor}e${power}`);
      if (tick >= low && tick <= high && (decades <= 2 || (power - first) % every === 0)) ticks.push(tick);
    }
  }
  // So short a part of a decade is nearly straight.
  return { low, high, ticks: ticks.length > 1 ? ticks : niceScale([low, high], 3).ticks.filter((tick) => tick >= low && tick <= high) };
}
