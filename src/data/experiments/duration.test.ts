import { expect, it } from 'vitest';
import { runConfigSchema, type RunConfigInput } from '../../core/config/run';
import type { TrainerEvent } from '../../core/run/events';
import { Paces, runDurationMs } from './duration';

const config = (input: RunConfigInput = {}) => runConfigSchema.parse(input);
const run = (id: string, input: RunConfigInput, step = 10) => ({ id, config: config(input), step });
const rate = (imagesPerSecond: number): TrainerEvent => ({ type: 'rate', atMs: 0, step: 1, imagesPerSecond, inputWaitFraction: 0, remainingMs: 1, residentBytes: 1 });
const epoch = (imagesPerSecond: number) => ({ type: 'epoch', imagesPerSecond, trainMs: 1, evaluateMs: 1, train: { images: 1 }, validation: { images: 1 }, plainTrain: { images: 1 } }) as TrainerEvent;

it('takes the newest run of the same work that has measured a rate', async () => {
  const events: Record<string, TrainerEvent[]> = { waiting: [rate(1)], young: [], same: [rate(3), epoch(4), rate(9)], old: [epoch(5)] };
  const runs = [run('waiting', {}, 0), run('other', { batchSize: 64 }), run('young', {}), run('same', { epochs: 90, seed: 7 }), run('old', {})];
  const of = (id: string) => Promise.resolve(events[id]);
  const rateOf = (wanted: RunConfigInput, among = runs) => new Paces(among, of, null).of(config(wanted));
  expect(await rateOf({})).toMatchObject({ imagesPerSecond: 4, fromRunId: 'same' });
  expect(await rateOf({}, runs.slice(0, 3))).toBeNull();
  expect(await rateOf({ model: { stem: 'cifar' } })).toBeNull();
});

it('a run takes its images and its evaluations, each epoch', () => {
  const pace = { msPerTrainImage: 10, msPerEvaluatedImage: 2, imagesPerSecond: 100, fromRunId: 'a' };
  // 1,000 trained; 500 validation and 1,000 plain training images looked at; 3 epochs.
  expect(runDurationMs(config({ epochs: 3, data: { trainImages: 1000, validationImages: 500 } }), 49_500, pace)).toBe(3 * (10_000 + 3000));
  expect(runDurationMs(config({ epochs: 1, data: { validationImages: 5000 } }), 45_000, pace)).toBe(450_000 + 2 * 10_000);
});

it('counts the evaluation of an average of the weights, in what was measured and in what is planned', async () => {
  const averaged = [{ ...epoch(100), evaluateMs: 30, emaValidation: { images: 1 } }] as TrainerEvent[];
  expect(await new Paces([run('averaged', {})], () => Promise.resolve(averaged), 'cpu').of(config())).toMatchObject({ msPerEvaluatedImage: 10 });
  const pace = { msPerTrainImage: 10, msPerEvaluatedImage: 2, imagesPerSecond: 100, fromRunId: 'a' };
  expect(runDurationMs(config({ epochs: 1, emaDecay: 0.9, data: { trainImages: 1000, validationImages: 500 } }), 49_500, pace)).toBe(10_000 + 4000);
});

it('within the first epoch the rate alone tells, and an evaluation counts a third of a step', async () => {
  const pace = await new Paces([run('young', {})], () => Promise.resolve([rate(200)]), 'cpu').of(config());
  expect(pace).toMatchObject({ msPerTrainImage: 5 });
  expect(pace!.msPerEvaluatedImage).toBeCloseTo(5 / 3, 12);
});

it('tells no pace of a GPU where the run would train on the CPU, unless it asks for its device by name', async () => {
  const on = (kind: 'cpu' | 'gpu', imagesPerSecond: number) => [{ type: 'started', device: { kind, name: kind } } as TrainerEvent, epoch(imagesPerSecond)];
  const events: Record<string, TrainerEvent[]> = { 'on the GPU': on('gpu', 3000), 'on the CPU': on('cpu', 90) };
  const paceFor = (device: 'cpu' | 'gpu' | null) => new Paces([run('on the GPU', {}), run('on the CPU', {})], (id) => Promise.resolve(events[id]!), device).of(config());
  expect(await paceFor('cpu')).toEqual({ imagesPerSecond: 90, msPerTrainImage: 1, msPerEvaluatedImage: 0.5, fromRunId: 'on the CPU' });
  expect(await paceFor('gpu')).toMatchObject({ imagesPerSecond: 3000 });
  expect(await paceFor(null)).toMatchObject({ imagesPerSecond: 3000 });
  expect(await new Paces([run('on the GPU', {})], (id) => Promise.resolve(events[id]!), 'cpu').of(config())).toBeNull();
});
