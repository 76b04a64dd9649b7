import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { because } from '../../../test/support/because';
import { mountProblem, tempDisk } from '../../../test/support/tempFolder';
import { trainingLibrary, waitingRun } from '../../../test/support/trainingLibrary';
import type { QueueState } from '../../contracts/runs';
import { readEvents } from '../../library/events';
import { readRun } from '../../library/runs';
import { readQueue, updateQueue, withMoved } from '../../library/queueFile';
import { openRunWriter } from '../../library/runWriter';
import { acquireSchedulerLock } from '../../library/schedulerLock';
import { nativeHost } from './nativeHost';
import { Scheduler } from './scheduler';

it('waits for the queue while another has it, trains what waits one after another, and gives the queue back', { timeout: 600_000 }, async () => {
  const library = trainingLibrary();
  const other = await acquireSchedulerLock(library, 'the command line');
  const [first, second] = [await waitingRun(library, { epochs: 1 }), await waitingRun(library, { epochs: 1 })];
  const states: QueueState[] = [];
  const scheduler = new Scheduler(library, 'a test', { events: () => undefined, runChanged: () => undefined, queueChanged: (state) => states.push(state) });
  await scheduler.open();
  expect(scheduler.state).toMatchObject({ activeRunId: null, waitingRunIds: [first, second], held: { code: 'run-locked' } });
  await other.release();

  await expect.poll(() => scheduler.state.activeRunId, { timeout: 300_000 }).toBe(first);
  expect(scheduler.state).toMatchObject({ waitingRunIds: [second], held: null });
  await expect(acquireSchedulerLock(library, 'the command line')).rejects.toMatchObject({ code: 'run-locked' });
  await expect.poll(async () => (await readRun(library, second)).status, { timeout: 300_000, interval: 200 }).toBe('completed');
  const [a, b] = [(await readEvents(library, first)).events, (await readEvents(library, second)).events];
  expect(a.at(-1)!.atMs).toBeLessThanOrEqual(b[0]!.atMs);
  await expect.poll(() => scheduler.state, { timeout: 60_000 }).toMatchObject({ activeRunId: null, waitingRunIds: [], held: null });
  await scheduler.close();
  expect(states.some(({ activeRunId }) => activeRunId === second)).toBe(true);
  await (await acquireSchedulerLock(library, 'the command line')).release();
});

it('a waiting run is taken out of the queue by a stop, and kept', async () => {
  const library = trainingLibrary();
  const other = await acquireSchedulerLock(library, 'the command line');
  const runId = await waitingRun(library);
  const scheduler = new Scheduler(library, 'a test', { events: () => undefined, runChanged: () => undefined, queueChanged: () => undefined });
  await scheduler.open();
  await scheduler.stop(runId);
  expect(scheduler.state.waitingRunIds).toEqual([]);
  expect(await readRun(library, runId)).toMatchObject({ status: 'stopped' });
  await scheduler.close();
  await other.release();
});

const quiet = { events: () => undefined, runChanged: () => undefined, queueChanged: () => undefined };

it('pause and order are on disk: a next process keeps them, starts nothing, and goes on when told to', { timeout: 600_000 }, async () => {
  const library = trainingLibrary();
  const first = new Scheduler(library, 'a test', quiet);
  await first.open();
  await first.pauseQueue();
  const [a, b] = [await waitingRun(library, { epochs: 1 }), await waitingRun(library, { epochs: 1 })];
  await first.enqueue([a, b]);
  expect(first.state).toMatchObject({ activeRunId: null, waitingRunIds: [a, b], paused: true, held: null });
  await first.move(b, 0);
  await first.close();

  const told: string[] = [];
  const second = new Scheduler(library, 'a test', { ...quiet, runChanged: ({ id }) => told.push(id) });
  await second.open();
  expect(second.state).toMatchObject({ activeRunId: null, waitingRunIds: [b, a], paused: true });
  // Another process puts one in, first; it is followed without a call.
  const late = await waitingRun(library, { epochs: 1 });
  await updateQueue(library, ({ entries }) => ({ entries: withMoved(entries, late, 0) }));
  await expect.poll(() => second.state.waitingRunIds, { timeout: 60_000 }).toEqual([late, b, a]);
  await expect.poll(() => told, { timeout: 60_000 }).toContain(late); // a window that listens has not heard of it
  await second.stop(late);
  await second.continueQueue();
  expect(second.state).toMatchObject({ activeRunId: b, waitingRunIds: [a], paused: false });
  await second.pauseQueue();
  await expect.poll(async () => (await readRun(library, b)).status, { timeout: 300_000, interval: 200 }).toBe('completed');
  await expect.poll(() => second.state, { timeout: 60_000 }).toMatchObject({ activeRunId: null, waitingRunIds: [a], paused: true });
  await second.close();
  expect((await readRun(library, a)).status).toBe('queued');
});

it('what would fail every run holds the queue with its reason; the run that met it is first when it goes on', { timeout: 600_000 }, async () => {
  const library = trainingLibrary();
  const images = join(library, 'datasets/dots/images.bin');
  const whole = readFileSync(images);
  writeFileSync(images, whole.map((value, i) => (i === 7 ? value ^ 1 : value)));
  const [a, b] = [await waitingRun(library, { epochs: 1 }), await waitingRun(library, { epochs: 1 })];
  const scheduler = new Scheduler(library, 'a test', quiet);
  await scheduler.enqueue([a, b]);
  await expect.poll(() => scheduler.state.held, { timeout: 300_000, interval: 100 }).toMatchObject({ code: 'dataset-damaged' });
  expect(scheduler.state).toMatchObject({ activeRunId: null, waitingRunIds: [a, b], paused: false });
  expect((await readRun(library, b)).status).toBe('queued');
  await expect.poll(async () => (await readQueue(library)).entries[0], { timeout: 60_000 }).toMatchObject({ runId: a, resume: true });
  writeFileSync(images, whole);
  await scheduler.continueQueue();
  expect(scheduler.state).toMatchObject({ activeRunId: a, waitingRunIds: [b], held: null });
  await expect.poll(async () => (await readRun(library, b)).status, { timeout: 300_000, interval: 200 }).toBe('completed');
  expect((await readRun(library, a)).status).toBe('completed');
  await scheduler.close();
});

it('trains as many at once as asked for', { timeout: 600_000 }, async () => {
  const library = trainingLibrary();
  const ids = [await waitingRun(library, { epochs: 500 }), await waitingRun(library, { epochs: 500 }), await waitingRun(library)];
  const scheduler = new Scheduler(library, 'a test', quiet);
  await scheduler.setAtOnce(2);
  expect(scheduler.state).toMatchObject({ activeRunIds: ids.slice(0, 2), waitingRunIds: [ids[2]], atOnce: 2 });
  for (const id of ids.slice(0, 2)) await expect.poll(async () => (await readRun(library, id)).status, { timeout: 300_000, interval: 100 }).toBe('running');
  await scheduler.close();
  expect((await readRun(library, ids[2]!)).status).toBe('queued');
});

test.skipIf(mountProblem)(because(mountProblem, 'a disk with too little room, or one that can only be read, holds the queue before any run is spent'), async () => {
  const { folder, remountReadOnly } = tempDisk(4096);
  const from = trainingLibrary();
  cpSync(join(from, 'datasets'), join(folder, 'datasets'), { recursive: true });
  const [a, b] = [await waitingRun(folder), await waitingRun(folder)];
  const scheduler = new Scheduler(folder, 'a test', quiet);
  await scheduler.enqueue([a, b]);
  expect(scheduler.state).toMatchObject({ activeRunId: null, waitingRunIds: [a, b], held: { code: 'disk-full', message: expect.stringContaining('too little') as string } });
  remountReadOnly();
  expect(await scheduler.continueQueue()).toMatchObject({ waitingRunIds: [a, b], held: { code: 'library-read-only' } });
  await scheduler.close();
  for (const id of [a, b]) expect((await readRun(folder, id)).status).toBe('queued');
});

it('what would get the CPU in the GPU\'s place waits for it, unless that is chosen; what asks for the CPU does not wait', { timeout: 600_000 }, async () => {
  const library = trainingLibrary();
  const [first, second, onCpu] = [await waitingRun(library, { epochs: 1, device: 'auto' }), await waitingRun(library, { epochs: 1, device: 'auto' }), await waitingRun(library, { epochs: 1, device: 'cpu' })];
  const writer = await openRunWriter(library, first, 'a test');
  await writer.update({ environment: { device: { kind: 'gpu', name: 'a GPU' }, gpuNotUsed: null, intraOpThreads: 2, precision: 'float32', versions: { cultivar: '0', tensorflow: '0', node: '0', electron: null, commit: null } } });
  await writer.close();
  let [meanwhile, broken] = [false, true];
  const awaited = { code: 'gpu-unusable', message: 'The driver is not loaded.' } as const;
  const host = async () => ({ ...(await nativeHost()), gpuAwaited: broken ? awaited : null });
  const scheduler = new Scheduler(library, 'a test', quiet, { cpuMeanwhile: () => meanwhile, host });
  /** Nothing of it is trained: that it was begun is what counts here. */
  const beginsThenStop = async (runId: string) => {
    await expect.poll(() => scheduler.state.activeRunId, { timeout: 60_000 }).toBe(runId);
    await scheduler.stop(runId);
    await expect.poll(() => scheduler.state.activeRunId, { timeout: 300_000 }).toBeNull();
  };
  await scheduler.open();
  await beginsThenStop(onCpu);
  await expect.poll(() => scheduler.state, { timeout: 60_000 }).toMatchObject({ activeRunId: null, waitingRunIds: [first, second], held: awaited });
  expect((await readRun(library, first)).status).toBe('queued');

  meanwhile = true;
  await scheduler.deviceChanged();
  await beginsThenStop(second);
  await expect.poll(() => scheduler.state, { timeout: 60_000 }).toMatchObject({ waitingRunIds: [first], held: awaited });

  broken = false;
  await scheduler.deviceChanged();
  await beginsThenStop(first);
  expect(scheduler.state).toMatchObject({ waitingRunIds: [], held: null });
  await scheduler.close();
});
