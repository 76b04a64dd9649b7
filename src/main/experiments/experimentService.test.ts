import { expect, it } from 'vitest';
import { completeRun, testMachine } from '../../../test/support/completedRun';
import { tempFolder } from '../../../test/support/tempFolder';
import { writeTinyDataset } from '../../../test/support/tinyDataset';
import type { QueueState } from '../../contracts/runs';
import type { ExperimentConfigInput } from '../../core/config/experiment';
import { readExperiment } from '../../library/experiments';
import { openRunWriter } from '../../library/runWriter';
import { ExperimentService } from './experimentService';

/** The host's queue starts processes; here it only keeps what it is given, in order. */
function setUp() {
  const library = tempFolder();
  writeTinyDataset(library);
  let state: QueueState = { activeRunId: null, activeRunIds: [], waitingRunIds: [], paused: false, atOnce: 1, held: null };
  const changed: string[] = [];
  const queue = {
    get state() { return state; },
    enqueue: (runIds: readonly string[]) => { state = { ...state, waitingRunIds: [...state.waitingRunIds, ...runIds] }; return Promise.resolve(); },
    stop: async (runId: string) => {
      if (state.waitingRunIds.includes(runId)) await setStatus(runId, 'stopped');
      state = { ...state, waitingRunIds: state.waitingRunIds.filter((id) => id !== runId) };
    },
    resume: (runId: string) => queue.enqueue([runId]),
  };
  const setStatus = async (runId: string, status: 'stopped' | 'queued') => {
    const writer = await openRunWriter(library, runId, 'a test');
    await writer.update({ status });
    await writer.close();
  };
  const make = () => new ExperimentService({ libraryDir: library, version: '1', queue, machine: () => Promise.resolve(testMachine), leaveOneCore: () => false, changed: (id) => { changed.push(id); } });
  /** Trains what is first in the queue. */
  const trainNext = async (service: ExperimentService, accuracy: number) => {
    const [runId] = state.waitingRunIds;
    await queue.stop(runId!);
    await completeRun(library, runId!, accuracy);
    return service.runChanged(runId!, null, true);
  };
  return { library, queue, changed, make, trainNext, train: (runId: string) => { state = { ...state, activeRunId: runId, activeRunIds: [runId] }; } };
}

const base = { data: { dataset: 'tiny', validationImages: 10 }, batchSize: 4, epochs: 4, schedule: { warmupEpochs: 0 } };
const two = { name: 'two', base, factors: [{ field: 'epochs', levels: [1, 2] }], seeds: [1, 2] } satisfies ExperimentConfigInput;
const halving = {
  name: 'halving', base, factors: [], design: 'halving', halving: { firstEpochs: 2, reductionFactor: 2 }, seeds: [1],
  search: { space: [{ field: 'labelSmoothing', kind: 'uniform', low: 0, high: 0.5 }], trials: 2 },
} satisfies ExperimentConfigInput;

it('says once that an experiment is over, and again after it has gone on', async () => {
  const { make, trainNext } = setUp();
  const service = make();
  const { id } = await service.start({ ...two, seeds: [1] });
  expect(await trainNext(service, 0.5)).toEqual([]);
  const [run] = (await service.record(id)).summary.arms.flatMap(({ runIds }) => runIds);
  expect(await trainNext(service, 0.7)).toEqual([{ id, name: 'two', completed: 2, failed: 0 }]);
  expect(await service.runChanged(run!, null, true)).toEqual([]);
  await service.extend(id, { ...two, seeds: [1, 2] });
  expect(await service.runChanged(run!, null, false)).toEqual([]);
  expect(await trainNext(service, 0.5)).toEqual([]);
  expect(await trainNext(service, 0.5)).toEqual([{ id, name: 'two', completed: 4, failed: 0 }]);
});

it('queues an experiment, and its next rung as results come, also after a restart', async () => {
  const { queue, changed, make, trainNext } = setUp();
  const service = make();
  const { id } = await service.start(halving);
  expect(queue.state.waitingRunIds).toHaveLength(2);
  await trainNext(service, 0.5);
  expect(queue.state.waitingRunIds).toHaveLength(1);
  // The app goes away while the last run of the rung ends; the next start finds what it decided.
  const [last] = queue.state.waitingRunIds;
  await queue.stop(last!);
  await completeRun(service['host'].libraryDir, last!, 0.7);
  const next = make();
  await next.resume();
  expect(queue.state.waitingRunIds).toHaveLength(1);
  await next.resume();
  expect(queue.state.waitingRunIds).toHaveLength(1);
  await trainNext(next, 0.8);
  expect(await next.record(id)).toMatchObject({ progress: { completed: 3, planned: 3 }, comparison: { arms: [{ n: 1 }, { n: 1 }, { n: 1 }] }, config: { seeds: [1], marginPoints: 0.5, given: [] } });
  expect(changed).toContain(id);
});

it('cuts short, extends, notes, deletes and restores', async () => {
  const { library, queue, make, trainNext } = setUp();
  const service = make();
  const { id } = await service.start(two);
  await trainNext(service, 0.5);
  await service.cutShort(id);
  expect(queue.state.waitingRunIds).toEqual([]);
  expect((await service.list())[0]).toMatchObject({ id, seeds: 2, progress: { completed: 1 } });
  await service.extend(id, { ...two, seeds: [1, 2, 3] });
  // The three that were taken out, and the two of the new seed.
  expect(queue.state.waitingRunIds).toHaveLength(5);
  await service.note(id, 'メモ');
  expect(await readExperiment(library, id)).toMatchObject({ given: two, extensions: [{}], cutShortAt: null, notes: [{ text: 'メモ' }] });
  expect(await service.record(id)).toMatchObject({ plans: [{ given: two }, { given: { seeds: [1, 2, 3] } }], notes: [{ text: 'メモ' }], cutShortAt: null });
  const gone = await service.remove(id);
  expect({ gone: gone.length, waiting: queue.state.waitingRunIds }).toEqual({ gone: 6, waiting: [] });
  expect(await service.list()).toEqual([]);
  expect(await service.restore(id)).toHaveLength(6);
  expect((await service.record(id)).summary.arms).toHaveLength(2);
});

it('leaves runs to the other experiment that counts them, and keeps what trains', async () => {
  const { queue, make, trainNext, train } = setUp();
  const service = make();
  const first = await service.start(two);
  for (let i = 0; i < 4; i++) await trainNext(service, 0.5 + i / 100);
  const second = await service.start({ ...two, name: 'more', seeds: [2, 3] });
  expect(queue.state.waitingRunIds).toHaveLength(2);
  expect(await service.remove(first.id)).toHaveLength(2);
  expect((await service.record(second.id)).progress).toMatchObject({ completed: 2, waiting: 2, planned: 4 });
  train(queue.state.waitingRunIds[0]!);
  await expect(service.remove(second.id)).rejects.toMatchObject({ code: 'run-locked' });
});

it('the example is added once, trains nothing, and opens as confounded with all four arms offered', async () => {
  const { queue, make } = setUp();
  const service = make();
  const { id } = await service.addExample();
  expect((await service.addExample()).id).toBe(id);
  expect(queue.state.waitingRunIds).toEqual([]);
  const { comparison, progress } = await service.record(id);
  expect(comparison.answer).toMatchObject({ kind: 'confounded', fields: ['augmentation', 'epochs'] });
  expect(comparison.confounds[0]!.offered).toHaveLength(4);
  expect(comparison.arms.map(({ n }) => n)).toEqual([0, 0, 0, 0]);
  expect(progress).toEqual({ completed: 0, failed: 0, running: 0, waiting: 0, planned: 0 });
});
