import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TrainerEvent } from '../core/run/events';
import { EventBatcher } from './eventBatcher';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const rate = (step: number): TrainerEvent => ({ type: 'rate', atMs: 0, step, imagesPerSecond: 1, inputWaitFraction: 0, remainingMs: 1, residentBytes: 1 });
const paused = (step: number): TrainerEvent => ({ type: 'paused', atMs: 0, step });

it('sends together, in order, each event once', () => {
  const sent: [string, number[]][] = [];
  const batcher = new EventBatcher((runId, events) => { sent.push([runId, events.map((event) => ('step' in event ? Number(event.step) : -1))]); });
  batcher.add('a', [rate(1), rate(2)]);
  batcher.add('b', [rate(7)]);
  batcher.add('a', [rate(3)]);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(sent).toEqual([['a', [1, 2, 3]], ['b', [7]]]);
  batcher.add('a', [rate(4)]);
  batcher.add('a', [paused(5)]);
  expect(sent.at(-1)).toEqual(['a', [4, 5]]);
  vi.advanceTimersByTime(1000);
  expect(sent).toHaveLength(3);
});
