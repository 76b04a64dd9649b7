import { expect, it } from 'vitest';
import type { RunSummary } from '../../contracts/runs';
import { runConfigSchema, type RunConfigInput } from '../../core/config/run';
import type { TrainerEvent } from '../../core/run/events';
import { estimateRate } from './estimate';

const config = (input: RunConfigInput = {}) => runConfigSchema.parse(input);
const run = (id: string, input: RunConfigInput, step = 10) => ({ id, config: config(input), step }) as RunSummary;
const rate = (imagesPerSecond: number): TrainerEvent => ({ type: 'rate', atMs: 0, step: 1, imagesPerSecond, inputWaitFraction: 0, remainingMs: 1, residentBytes: 1 });
const epoch = (imagesPerSecond: number) => ({ type: 'epoch', imagesPerSecond }) as TrainerEvent;

it('takes the newest run of the same work that has measured a rate', async () => {
  const events: Record<string, TrainerEvent[]> = { waiting: [rate(1)], young: [], same: [rate(3), epoch(4), rate(9)], old: [epoch(5)] };
  const runs = [run('waiting', {}, 0), run('other', { batchSize: 64 }), run('young', {}), run('same', { epochs: 90, seed: 7 }), run('old', {})];
  const of = (id: string) => Promise.resolve(events[id]);
  expect(await estimateRate(config(), runs, of)).toEqual({ imagesPerSecond: 4, fromRunId: 'same' });
  expect(await estimateRate(config(), runs.slice(0, 3), of)).toBeNull();
  expect(await estimateRate(config({ model: { stem: 'cifar' } }), runs, of)).toBeNull();
});
