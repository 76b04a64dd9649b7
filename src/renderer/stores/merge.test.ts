import { expect, it } from 'vitest';
import type { StoredEvent, TrainerEvent } from '../../core/run/events';
import { mergeEvents } from './merge';

const paused = (step: number): TrainerEvent => ({ type: 'paused', atMs: step, step });
const steps = (events: readonly StoredEvent[]) => events.map((event) => event.atMs);

it('applies no event twice and loses none', () => {
  const all = [1, 2, 3, 4, 5].map(paused);
  for (let recorded = 0; recorded <= 5; recorded++) {
    for (let from = 0; from <= recorded; from++) {
      expect(steps(mergeEvents(all.slice(0, recorded), all.slice(from)))).toEqual([1, 2, 3, 4, 5]);
    }
  }
  expect(steps(mergeEvents(all, []))).toEqual([1, 2, 3, 4, 5]);
});
