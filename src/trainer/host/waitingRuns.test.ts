import { join } from 'node:path';
import { expect, it } from 'vitest';
import { trainingLibrary, waitingRun } from '../../../test/support/trainingLibrary';
import { acquireLock } from '../../library/lock';
import { readQueue, updateQueue } from '../../library/queueFile';
import { openRunWriter } from '../../library/runWriter';
import { WaitingRuns } from './waitingRuns';

async function three() {
  const library = trainingLibrary();
  const ids = [await waitingRun(library), await waitingRun(library), await waitingRun(library)] as const;
  const active = new Set<string>();
  const waiting = new WaitingRuns(library, (runId) => active.has(runId));
  await waiting.refresh();
  return { library, ids, active, waiting, order: () => waiting.entries.map(({ runId }) => runId) };
}

/** As the end of a run does that the machine let fall. */
async function fail(library: string, runId: string): Promise<void> {
  const writer = await openRunWriter(library, runId, 'a test');
  await writer.update({ status: 'failed' });
  await writer.close();
}

it('is what the disk says, less what trains', async () => {
  const { library, ids: [a, b, c], active, waiting, order } = await three();
  expect(order()).toEqual([a, b, c]);
  active.add(a);
  await updateQueue(library, ({ entries }) => ({ entries: entries.toReversed(), paused: true }));
  await waiting.refresh();
  expect(order()).toEqual([c, b]);
  expect(waiting.queue).toMatchObject({ paused: true });
  expect([waiting.has(a), waiting.has(b)]).toEqual([false, true]);
});

it('a run that starts is gone at once, and then from the file', async () => {
  const { library, ids: [a, b, c], active, waiting, order } = await three();
  await waiting.change(({ entries }) => ({ entries }));
  active.add(a);
  waiting.take(a);
  expect(order()).toEqual([b, c]);
  expect((await readQueue(library)).entries.map(({ runId }) => runId)).toEqual([a, b, c]);
  await waiting.writeTaken(a);
  expect((await readQueue(library)).entries.map(({ runId }) => runId)).not.toContain(a);
});

it('what the machine let fall stands first, to be resumed, and is kept where the file cannot be written', async () => {
  const { library, ids: [a, b, c], waiting, order } = await three();
  await fail(library, b);
  // Another process keeps the file.
  const lock = await acquireLock(join(library, 'queue.json.lock'), 'a test');
  await waiting.putFirst(b);
  expect((await readQueue(library)).entries).toEqual([]);
  await waiting.refresh();
  expect(order()).toEqual([b, a, c]);
  expect(waiting.entries[0]).toMatchObject({ resume: true });
  await lock.release();
  await waiting.putFirst(b);
  expect((await readQueue(library)).entries[0]).toMatchObject({ runId: b, resume: true });
  // Once it is written the file has the say again.
  waiting.forget(b);
  await waiting.remove(b);
  expect(order()).toEqual([a, c]);
}, 120_000);
