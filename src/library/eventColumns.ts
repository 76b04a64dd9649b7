import type { RatesEvent, StepsEvent, StoredEvent, TrainerEvent } from '../core/run/events';

const stepColumns = ['step', 'loss', 'accuracy', 'learningRate', 'elapsedMs'] as const;
const rateColumns = ['atMs', 'step', 'imagesPerSecond', 'inputWaitFraction', 'remainingMs', 'residentBytes'] as const;

/** Events as a short list and long columns. In the list stand whole events, and in the place of others how many points or rates follow. */
export interface EventColumns {
  readonly list: readonly ListedEvents[];
  /** Of all steps, one column after another; then of all rates. Each is `points` or `rates` long. */
  readonly numbers: Float64Array;
  readonly points: number;
  readonly rates: number;
}

type ListedEvents = TrainerEvent | { readonly type: 'points'; readonly atMs: number; readonly count: number } | { readonly type: 'rates'; readonly count: number };

/**
 * Joins steps that nothing but rates lies between; the rates follow them. A view replayed from either is the same: steps and rates touch
 * different parts of it (core/run/view.ts).
 */
export function toColumns(events: readonly StoredEvent[]): EventColumns {
  let [points, rates] = [0, 0];
  for (const event of events) {
    if (event.type === 'steps') points += event.step.length;
    else if (event.type === 'rate') rates += 1;
    else if (event.type === 'rates') rates += event.columns.step.length;
  }
  const numbers = new Float64Array(points * stepColumns.length + rates * rateColumns.length);
  const list: ListedEvents[] = [];
  let [point, rate, fromPoint, fromRate, atMs] = [0, 0, 0, 0, 0];
  const close = () => {
    if (point > fromPoint) list.push({ type: 'points', atMs, count: point - fromPoint });
    if (rate > fromRate) list.push({ type: 'rates', count: rate - fromRate });
    [fromPoint, fromRate] = [point, rate];
  };
  for (const event of events) {
    if (event.type === 'steps') {
      const count = event.step.length;
      if (stepColumns.some((name) => event[name].length !== count)) throw new RangeError('columns of different length');
      stepColumns.forEach((name, i) => { numbers.set(event[name], i * points + point); });
      point += count;
      atMs = event.atMs;
    } else if (event.type === 'rate') {
      rateColumns.forEach((name, i) => { numbers[points * stepColumns.length + i * rates + rate] = event[name]; });
      rate += 1;
    } else if (event.type === 'rates') {
      rateColumns.forEach((name, i) => { numbers.set(event.columns[name], points * stepColumns.length + i * rates + rate); });
      rate += event.columns.step.length;
    } else {
      close();
      list.push(event);
    }
  }
  close();
  return { list, numbers, points, rates };
}

export function fromColumns({ list, numbers, points, rates }: EventColumns): StoredEvent[] {
  let [point, rate] = [0, 0];
  // Of a buffer of its own: what is sent to a window takes its whole buffer along.
  const part = (from: number, count: number) => numbers.slice(from, from + count);
  const steps = (atMs: number, count: number): StepsEvent<Float64Array> => {
    const column = (i: number) => part(i * points + point, count);
    const event = { type: 'steps', atMs, step: column(0), loss: column(1), accuracy: column(2), learningRate: column(3), elapsedMs: column(4) } as const;
    point += count;
    return event;
  };
  const joinedRates = (count: number): RatesEvent => {
    const column = (i: number) => part(points * stepColumns.length + i * rates + rate, count);
    const columns = { atMs: column(0), step: column(1), imagesPerSecond: column(2), inputWaitFraction: column(3), remainingMs: column(4), residentBytes: column(5) };
    rate += count;
    return { type: 'rates', atMs: columns.atMs.at(-1)!, columns };
  };
  return list.map((entry) => {
    if (entry.type === 'points') return steps(entry.atMs, entry.count);
    return entry.type === 'rates' ? joinedRates(entry.count) : entry;
  });
}
