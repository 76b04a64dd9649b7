import { cpus } from 'node:os';
import { expect, it } from 'vitest';
import { because } from '../../../test/support/because';
import { tempFolder } from '../../../test/support/tempFolder';
import { writeTinyDataset } from '../../../test/support/tinyDataset';
import type { RunConfigInput } from '../../core/config/run';
import { readRun } from '../../library/runs';
import { RunService } from './runService';

/** The host's queue starts processes; here it only takes what it is given. */
function setUp(leaveOneCore = false) {
  const library = tempFolder();
  writeTinyDataset(library);
  const queued: string[] = [];
  const queue = {
    state: { activeRunId: null, activeRunIds: [], waitingRunIds: [], paused: false, atOnce: 1, held: null },
    enqueue: (runIds: readonly string[]) => { queued.push(...runIds); return Promise.resolve(); },
  };
  return { library, queued, service: new RunService(library, queue, () => leaveOneCore, () => Promise.resolve(null)) };
}

const config: RunConfigInput = { name: '魚', data: { dataset: 'tiny', validationImages: 10 }, batchSize: 4 };

it('writes a run, queues it and reads it back', async () => {
  const { library, queued, service } = setUp();
  const summary = await service.start(config);
  expect(queued).toEqual([summary.id]);
  expect(summary).toMatchObject({ name: '魚', status: 'queued', config: { batchSize: 4 }, resumable: false });
  expect(await readRun(library, summary.id)).toMatchObject({ status: 'queued', dataset: { id: 'tiny' }, config: { given: config } });
  expect(await service.record(summary.id)).toMatchObject({ summary, events: [], tornBytes: null });
  expect(await service.firstBatch(summary.id)).toBeNull();
  expect(await service.estimate(config)).toBeNull();
  await service.remove(summary.id);
  await expect(service.record(summary.id)).rejects.toMatchObject({ code: 'run-unknown' });
  await service.restore(summary.id);
  expect((await service.record(summary.id)).summary.id).toBe(summary.id);
});

it('queues nothing that cannot train, and names the field', async () => {
  const { queued, service } = setUp();
  await expect(service.start({ ...config, epochs: 0 })).rejects.toMatchObject({ code: 'config-invalid', message: expect.stringContaining('epochs') as string });
  await expect(service.start({ ...config, data: { dataset: 'tiny', validationImages: 39 } })).rejects.toMatchObject({ code: 'config-invalid' });
  await expect(service.start({ ...config, data: { dataset: 'none' } })).rejects.toMatchObject({ code: 'dataset-unknown' });
  expect(queued).toEqual([]);
});

it.skipIf(cpus().length < 2)(because(cpus().length < 2 ? 'one core alone' : null, 'leaves a core by a field of the config, where none was written'), async () => {
  const { service } = setUp(true);
  expect((await service.start(config)).config.intraOpThreads).toBe(cpus().length - 1);
  expect((await service.start({ ...config, intraOpThreads: 1 })).config.intraOpThreads).toBe(1);
});

it('shows only what it was told of', () => {
  const { library, service } = setUp();
  service.noteWritten(`${library}/out`);
  expect([service.wrote(`${library}/out`), service.wrote(`${library}/other`)]).toEqual([true, false]);
});
