import type { Json, SearchRange } from '../config/experimentSchema';
import type { CounterRandom } from '../random/philox';
import { naturalLogarithm } from '../random/logarithm';

/** Four digits are kept: a learning rate of 0.01234 is as good as one with fifteen, and can be read. */
const shortened = (value: number, { low, high }: { low: number; high: number }) => Math.min(high, Math.max(low, Number(value.toPrecision(4))));

/** `low · (high / low)^part` */
const between = (low: number, high: number, part: number) => low * Math.exp(part * (naturalLogarithm(high) - naturalLogarithm(low)));

/** A value of a range. @param random of this trial and field alone */
export function drawFrom(range: SearchRange, random: CounterRandom): Json {
  switch (range.kind) {
    case 'uniform': return shortened(range.low + random.float() * (range.high - range.low), range);
    case 'log-uniform': return shortened(between(range.low, range.high, random.float()), range);
    case 'int': return range.low + random.integer(range.high - range.low + 1);
    case 'choice': return range.values[random.integer(range.values.length)]!;
  }
}

/** Values of a range for a grid: evenly from end to end (in the logarithm for `log-uniform`); one point is the middle. */
export function gridPoints(range: SearchRange): Json[] {
  switch (range.kind) {
    case 'uniform': return parts(range.points).map((part) => shortened(range.low + part * (range.high - range.low), range));
    case 'log-uniform': return parts(range.points).map((part) => shortened(between(range.low, range.high, part), range));
    case 'int': {
      const all = range.high - range.low + 1;
      const values = parts(Math.min(all, range.points ?? all)).map((part) => Math.round(range.low + part * (all - 1)));
      return [...new Set(values)];
    }
    case 'choice': return range.values;
  }
}

const parts = (count: number) => Array.from({ length: count }, (_, i) => (count === 1 ? 0.5 : i / (count - 1)));

/** How many different values a range can give; infinite for real numbers. */
export function sizeOf(range: SearchRange): number {
  switch (range.kind) {
    case 'uniform':
    case 'log-uniform': return range.low === range.high ? 1 : Infinity;
    case 'int': return range.high - range.low + 1;
    case 'choice': return new Set(range.values.map((value) => JSON.stringify(value))).size;
  }
}
