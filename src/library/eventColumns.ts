import type { RateEvent, StepsEvent, TrainerEvent } from '../core/run/events';

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
export function toColumns(events: readonly TrainerEvent[]): EventColumns {
  let [points, rates] = [0, 0];
  for (const event of events) {
    if (event.type === 'steps') points += event.step.length;
    else if (event.type === 'rate') rates += 1;
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
    } else {
      close();
      list.push(event);
    }
  }
  close();
  return { list, numbers, points, rates };
}

export function fromColumns({ list, numbers, points, rates }: EventColumns): TrainerEvent[] {
  let [point, rate] = [0, 0];
  const steps = (atMs: number, count: number): StepsEvent => {
    const column = (i: number) => plain(numbers, i * points + point, count);
    const event: StepsEvent = { type: 'steps', atMs, step: column(0), loss: column(1), accuracy: column(2), learningRate: column(3), elapsedMs: column(4) };
    point += count;
    return event;
  };
  const rateEvent = (at: number): RateEvent => {
    const value = (i: number) => numbers[points * stepColumns.length + i * rates + at]!;
    return { type: 'rate', atMs: value(0), step: value(1), imagesPerSecond: value(2), inputWaitFraction: value(3), remainingMs: value(4), residentBytes: value(5) };
  };
  const events: TrainerEvent[] = [];
  for (const entry of list) {
    if (entry.type === 'points') events.push(steps(entry.atMs, entry.count));
    else if (entry.type === 'rates') for (const end = rate + entry.count; rate < end; rate++) events.push(rateEvent(rate));
    else events.push(entry);
  }
  return events;
}

/** Array.from takes several times as long. */
function plain(numbers: Float64Array, from: number, count: number): number[] {
  const values = new Array<number>(count);
  for (let i = 0; i < count; i++) values[i] = numbers[from + i]!;
  return values;
}
