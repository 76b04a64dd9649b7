import { expect, it } from 'vitest';
import { runConfigSchema } from '../config/run';
import { askedAndDone } from './askedAndDone';

const done = { device: { kind: 'cpu', name: 'a processor' }, gpuNotUsed: null, precision: 'float32', batchSize: 128, intraOpThreads: 2, workers: 1 } as const;

it('what was left to the trainer was not asked for, and what is equal is not told', () => {
  expect(askedAndDone(runConfigSchema.parse({}), done)).toEqual([]);
  expect(askedAndDone(runConfigSchema.parse({ device: 'cpu', intraOpThreads: 2, workers: 1 }), done)).toEqual([]);
  const { precision: _, ...old } = done;
  expect(askedAndDone(runConfigSchema.parse({}), old)).toEqual([]);
});

it('a device left open is the GPU where there is one: a CPU in its place is told, one that was asked for is not', () => {
  const meanwhile = { ...done, gpuNotUsed: 'The driver is not loaded.' };
  expect(askedAndDone(runConfigSchema.parse({}), meanwhile)).toEqual([{ field: 'device', asked: 'auto', done: 'cpu' }]);
  expect(askedAndDone(runConfigSchema.parse({ device: 'cpu' }), meanwhile)).toEqual([]);
});

it('each choice that was done another way is told with both', () => {
  const asked = runConfigSchema.parse({ device: 'gpu', precision: 'bfloat16', batchSize: 256, intraOpThreads: 4, workers: 3 });
  expect(askedAndDone(asked, done)).toEqual([
    { field: 'device', asked: 'gpu', done: 'cpu' }, { field: 'precision', asked: 'bfloat16', done: 'float32' }, { field: 'batchSize', asked: '256', done: '128' },
    { field: 'intraOpThreads', asked: '4', done: '2' }, { field: 'workers', asked: '3', done: '1' },
  ]);
});
