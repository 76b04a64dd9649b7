import { niceScale } from '../../core/figures/scale';

export interface LogAxis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/**
 * A logarithmic axis that ends where the values do; ECharts' own would go on to the next power of ten, and a loss between 0.3 and 2 would
 * fill a third of it. Ticks are 1, 2 and 5 times powers of ten, or fewer where those are too many; evenly spaced ones where fewer than two
 * of them are in sight.
 * @param values positive
 * @param most ticks that there is room for
 * @returns null where there are none
 */
export function logAxis(values: readonly number[], most = 5): LogAxis | null {
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
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const ticksOf = (factors: readonly number[], every: number) => Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => first + i * every)
    .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`))).filter((tick) => tick >= low && tick <= high);
  const choices = [ticksOf([1, 2, 5], 1), ticksOf([1, 3], 1), ...[1, 2, 3, 5, 10].map((every) => ticksOf([1], every))];
  const ticks = choices.find((choice) => choice.length > 1 && choice.length <= most);
  // So short a part of a decade is nearly straight.
  return { low, high, ticks: ticks ?? niceScale([low, high], 3).ticks.filter((tick) => tick >= low && tick <= high) };
}
