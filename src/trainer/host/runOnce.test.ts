import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CultivarError } from '../../contracts/errors';
import { runConfigSchema } from '../../core/config/run';
import type { EndedEvent } from '../../core/run/events';
import { checkpointSteps, optimizerFile, readCheckpointFile, readPosition, weightsFile, writeCheckpoint } from '../../library/checkpoints';
import { readEvents } from '../../library/events';
import type * as RunWriterModule from '../../library/runWriter';
import { createRun, readRun } from '../../library/runs';
import { keepBestOnly, recordEnd } from './runOnce';

/** Whether the disk takes what the end of a run appends: a stand-in for a host that is gone at that moment. */
const disk = vi.hoisted(() => ({ takes: true }));
vi.mock('../../library/runWriter', async (original) => {
  const { openRunWriter } = await original<typeof RunWriterModule>();
  return {
    openRunWriter: async (...args: Parameters<typeof openRunWriter>) => {
      const writer = await openRunWriter(...args);
      return disk.takes ? writer : { ...writer, manifest: writer.manifest, append: () => Promise.reject(new CultivarError({ code: 'disk-full', message: 'There is no space left.' })) };
    },
  };
});

let library: string;
beforeEach(async () => { library = await mkdtemp(join(tmpdir(), 'cultivar-best-')); });
afterEach(() => rm(library, { recursive: true, force: true }));

async function checkpoint(step: number, validationAccuracy: number | null, runId = 'r'): Promise<void> {
  const position = { step, epochsDone: 0, sums: { loss: 0, correct: 0, images: 0 }, elapsedMs: 0, validationAccuracy, configHash: 'c', dataRevision: 'd', numericsVersion: 1 };
  await writeCheckpoint(library, runId, position, { [weightsFile]: [new Uint8Array([step])], [optimizerFile]: [new Uint8Array([step, step])] });
}

it('a stop that keeps the best leaves one checkpoint, whole, and says which and what went', async () => {
  for (const [step, accuracy] of [[10, 0.4], [20, 0.6], [30, 0.5], [34, null]] as const) await checkpoint(step, accuracy);
  expect(await keepBestOnly(library, 'r', 7)).toEqual([{ type: 'checkpoint', atMs: 7, step: 20, bytes: 3, reason: 'best', dropped: [10, 30, 34] }]);
  expect(await checkpointSteps(library, 'r')).toEqual([20]);
  const position = await readPosition(library, 'r', 20);
  for (const [name, bytes] of [[weightsFile, [20]], [optimizerFile, [20, 20]]] as const) expect([...(await readCheckpointFile(library, 'r', position, name))]).toEqual(bytes);
});

it('before the first epoch has ended it is a plain stop: nothing goes', async () => {
  await checkpoint(4, null);
  expect(await keepBestOnly(library, 'r', 7)).toEqual([]);
  expect(await checkpointSteps(library, 'r')).toEqual([4]);
});

it('a completed run loses what a resume would want only once its end is recorded', async () => {
  const { id } = await createRun(library, { name: 'r', config: { given: {}, resolved: runConfigSchema.parse({}) }, dataset: { id: 'cifar10', revision: 'd' }, numericsVersion: 1 });
  for (const [step, accuracy] of [[10, 0.6], [20, 0.4], [30, 0.5]] as const) await checkpoint(step, accuracy, id);
  const event: EndedEvent = { type: 'ended', atMs: 7, outcome: 'completed', exit: { code: 0, signal: null }, error: null };
  const files = async () => Promise.all((await checkpointSteps(library, id)).map(async (step) => [step, Object.keys((await readPosition(library, id, step)).files).length]));
  disk.takes = false;
  expect(await recordEnd(library, id, event, false, () => undefined)).toMatchObject({ outcome: 'failed', error: { code: 'disk-full' } });
  expect(await files()).toEqual([[10, 2], [20, 2], [30, 2]]);
  disk.takes = true;
  expect(await recordEnd(library, id, event, false, () => undefined)).toEqual(event);
  expect(await files()).toEqual([[10, 1], [30, 1]]);
  expect((await readEvents(library, id)).events).toEqual([{ type: 'checkpoint', atMs: 7, step: 30, bytes: 1, reason: 'end', dropped: [20] }, event]);
  expect((await readRun(library, id)).status).toBe('completed');
});
