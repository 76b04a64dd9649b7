/** An axis: its ends and the values that are written on it, all of them round. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly decimals: number;
}

/**
 * Round ticks around the values, about `count` of them (steps of 1, 2 or 5 times a power of ten). Values that are not finite are left
 * out; without any the scale is 0 to 1.
 */
export function niceScale(values: readonly number[], count = 4): Scale {
  const finite = values.filter(Number.isFinite);
  const [least, most] = finite.length === 0 ? [0, 1] : [Math.min(...finite), Math.max(...finite)];
  // One value stands in the middle of a span that suits its size.
  const room = least === most ? Math.abs(most) * 0.05 || 0.5 : 0;
  const [low, high] = [least - room, most + room];
  const span = high - low;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= raw * 0.999)!;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const [from, to] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  const ticks = Array.from({ length: Math.max(1, to - from) + 1 }, (_, i) => Number(((from + i) * step).toFixed(decimals)));
  return { low: ticks[0]!, high: ticks.at(-1)!, ticks, decimals };
}

/** Where a value lies between `from` and `to` pixels. */
export const position = (value: number, { low, high }: Pick<Scale, 'low' | 'high'>, from: number, to: number): number => from + ((value - low) / (high - low)) * (to - from);
