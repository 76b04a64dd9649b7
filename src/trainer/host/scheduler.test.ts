import { expect, it } from 'vitest';
import { trainingLibrary, waitingRun } from '../../../test/support/trainingLibrary';
import type { QueueState } from '../../contracts/runs';
import { readEvents } from '../../library/events';
import { readRun } from '../../library/runs';
import { acquireSchedulerLock } from '../../library/schedulerLock';
import { Scheduler } from './scheduler';

it('waits for the queue while another has it, trains what waits one after another, and gives the queue back', { timeout: 180_000 }, async () => {
  const library = trainingLibrary();
  const other = await acquireSchedulerLock(library, 'the command line');
  const [first, second] = [await waitingRun(library, { epochs: 1 }), await waitingRun(library, { epochs: 1 })];
  const states: QueueState[] = [];
  const scheduler = new Scheduler(library, 'a test', { events: () => undefined, runChanged: () => undefined, queueChanged: (state) => states.push(state) });
  await scheduler.open();
  expect(scheduler.state).toMatchObject({ activeRunId: null, waitingRunIds: [first, second], held: { code: 'run-locked' } });
  await other.release();

  await expect.poll(() => scheduler.state.activeRunId, { timeout: 30_000 }).toBe(first);
  expect(scheduler.state).toMatchObject({ waitingRunIds: [second], held: null });
  await expect(acquireSchedulerLock(library, 'the command line')).rejects.toMatchObject({ code: 'run-locked' });
  await expect.poll(async () => (await readRun(library, second)).status, { timeout: 120_000, interval: 200 }).toBe('completed');
  const [a, b] = [(await readEvents(library, first)).events, (await readEvents(library, second)).events];
  expect(a.at(-1)!.atMs).toBeLessThanOrEqual(b[0]!.atMs);
  await expect.poll(() => scheduler.state).toMatchObject({ activeRunId: null, waitingRunIds: [], held: null });
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
