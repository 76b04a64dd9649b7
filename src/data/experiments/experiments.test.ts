import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completeRun, testMachine as machine } from '../../../test/support/completedRun';
import { tempFolder } from '../../../test/support/tempFolder';
import { writeTinyDataset } from '../../../test/support/tinyDataset';
import type { Machine } from '../../contracts/machine';
import type { ExperimentConfigInput } from '../../core/config/experiment';
import { deleteExperiment, restoreExperiment } from '../../library/experimentBin';
import { changeExperiment, listExperimentIds, readExperiment, type ExperimentManifest } from '../../library/experiments';
import { listBin } from '../../library/bin';
import { listRuns, readRun } from '../../library/runs';
import { openRunWriter } from '../../library/runWriter';
import { extendExperiment } from './extend';
import { advanceExperiment } from './fill';
import { ExperimentList } from './list';
import { planExperiment } from './plan';
import { startExperiment } from './start';
import { unfinishedExperiment } from './unfinished';

function tinyLibrary(): string {
  const library = tempFolder();
  writeTinyDataset(library);
  return library;
}

const base = { data: { dataset: 'tiny', validationImages: 10 }, batchSize: 4, model: { architecture: 'resnet18' } } satisfies ExperimentConfigInput['base'];
const two: ExperimentConfigInput = { name: '二つ', base, factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }, { field: 'epochs', levels: [1, 2] }], seeds: [1, 2] };
const surroundings = { machine, freeBytes: 1e12, ahead: 3 };

const runIdsOf = ({ arms }: ExperimentManifest) => arms.flatMap(({ runIds }) => runIds);
const complete = async (library: string, runIds: readonly string[], accuracy: (i: number) => number = (i) => 0.5 + i / 100) => {
  for (const [i, runId] of runIds.entries()) await completeRun(library, runId, accuracy(i));
};

describe('a start', () => {
  it('stores the plan and writes every run, seed by seed', async () => {
    const library = tinyLibrary();
    const { experiment, newRunIds, then } = await startExperiment(library, two, machine);
    expect(then).toBe('complete');
    expect(experiment).toMatchObject({ given: two, extensions: [], arms: [{ key: 'augmentation none, epochs 1', seeds: [1, 2] }, {}, {}, {}] });
    const order = await Promise.all(newRunIds.map(async (id) => (await readRun(library, id)).seed));
    expect(order).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
    expect(await readExperiment(library, experiment.id)).toEqual(experiment);
    expect((await advanceExperiment(library, experiment.id, machine)).newRunIds).toEqual([]);
  });

  it('that was cut off between its runs and their list takes them up again', async () => {
    const library = tinyLibrary();
    const { experiment, newRunIds } = await startExperiment(library, two, machine);
    // What a kill leaves: the plan, runs on disk, none of them listed; one half-made folder.
    await changeExperiment(library, experiment.id, (manifest) => ({ ...manifest, arms: manifest.arms.map((arm) => ({ ...arm, runIds: [], seeds: [] })) }));
    rmSync(join(library, 'runs', newRunIds[7]!), { recursive: true });
    const again = await advanceExperiment(library, experiment.id, machine);
    expect(again.newRunIds.slice(0, 7)).toEqual(newRunIds.slice(0, 7));
    expect(again.reused).toEqual([]);
    expect(await listRuns(library)).toHaveLength(8);
  });

  it('of two processes at once makes no run twice', async () => {
    const library = tinyLibrary();
    const { experiment } = await startExperiment(library, { ...two, seeds: [1] }, machine);
    await changeExperiment(library, experiment.id, (manifest) => ({ ...manifest, extensions: [{ at: manifest.createdAt, given: { ...two, seeds: [1, 2, 3] } as never }] }));
    const advances = await Promise.all([1, 2, 3].map(() => advanceExperiment(library, experiment.id, machine)));
    expect(advances.map(({ newRunIds }) => newRunIds.length).sort()).toEqual([0, 0, 8]);
    expect(await listRuns(library)).toHaveLength(12);
  });
});

describe('reuse', () => {
  const one: ExperimentConfigInput = { ...two, factors: [{ field: 'epochs', levels: [1, 2] }], seeds: [1] };
  const reused = async (library: string, document: ExperimentConfigInput, on: Machine | null = machine) => {
    const { experiment, newRunIds, reused: counted } = await startExperiment(library, document, on);
    return { counted: counted.length, fresh: newRunIds.length, experiment };
  };

  it('counts runs that are equal in every cause and surroundings, of another experiment too', async () => {
    const library = tinyLibrary();
    const first = await startExperiment(library, one, machine);
    expect(await reused(library, { ...one, name: 'while it waits' })).toMatchObject({ counted: 0, fresh: 2 });
    await complete(library, first.newRunIds);
    const second = await reused(library, { ...one, name: 'again', base: { ...base, workers: 3, checkpointEveryMinutes: 1 } });
    expect(second).toMatchObject({ counted: 2, fresh: 0 });
    expect(runIdsOf(second.experiment)).toEqual(first.newRunIds);
    expect((await readRun(library, first.newRunIds[0]!)).experimentId).toBe(first.experiment.id);
    // The same run is the first level here, and no level at all there.
    expect(await reused(library, { ...one, factors: [{ field: 'labelSmoothing', levels: [0, 0.1] }], base: { ...base, epochs: 2 } })).toMatchObject({ counted: 1, fresh: 1 });
  });

  it.each<[string, ExperimentConfigInput, Machine | null]>([
    ['another config', { ...one, base: { ...base, labelSmoothing: 0.1 } }, machine],
    ['another seed', { ...one, seeds: [2] }, machine],
    ['another TensorFlow', one, { ...machine, tensorflow: '2.22.0' }],
    ['another processor', one, { ...machine, cpu: 'another one' }],
    ['a GPU', one, { ...machine, gpu: 'a GPU' }],
    ['other threads', one, { ...machine, threads: 4 }],
    ['threads named in the config', { ...one, base: { ...base, intraOpThreads: 1 } }, machine],
    ['a machine that is not known', one, null],
  ])('never with %s', async (_, document, on) => {
    const library = tinyLibrary();
    await complete(library, (await startExperiment(library, one, machine)).newRunIds);
    expect(await reused(library, document, on)).toMatchObject({ counted: 0, fresh: 2 });
  });

  it('the device that was used counts, not the one that was asked for', async () => {
    const library = tinyLibrary();
    await complete(library, (await startExperiment(library, one, machine)).newRunIds);
    expect(await reused(library, { ...one, base: { ...base, device: 'cpu', intraOpThreads: 2 } }, { ...machine, gpu: 'a GPU', threads: 8 })).toMatchObject({ counted: 2 });
  });

  it('never with other numerics, other data, a failed run or one without a result', async () => {
    const change = async (edit: (manifest: Record<string, never>) => object) => {
      const library = tinyLibrary();
      const { newRunIds } = await startExperiment(library, one, machine);
      await complete(library, newRunIds);
      for (const id of newRunIds) {
        const path = join(library, 'runs', id, 'manifest.json');
        const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, never>;
        writeFileSync(path, JSON.stringify({ ...manifest, ...edit(manifest) }));
      }
      return reused(library, { ...one, name: 'again' });
    };
    for (const edit of [
      () => ({ numericsVersion: 99 }), () => ({ dataset: { id: 'tiny', revision: 'of before' } }), () => ({ status: 'failed' }), () => ({ environment: null }),
      (manifest: Record<string, never>) => ({ summary: { ...(manifest['summary'] as object), lastValidation: null } }),
      (manifest: Record<string, never>) => ({ summary: { ...(manifest['summary'] as object), lastValidation: { accuracy: 'NaN', epoch: 1 } } }),
    ]) expect(await change(edit)).toMatchObject({ counted: 0, fresh: 2 });
    expect(await change(() => ({ name: 'renamed' }))).toMatchObject({ counted: 2, fresh: 0 });
  });

  it('a run that is counted costs a budget nothing', async () => {
    const library = tinyLibrary();
    await complete(library, (await startExperiment(library, two, machine)).newRunIds);
    const { experiment, newRunIds, reused: counted, then, leftOut } = await startExperiment(library, { ...two, name: 'more', seeds: [1, 2, 3, 4], budget: { maxRuns: 4 } }, machine);
    expect({ fresh: newRunIds.length, counted: counted.length, then, leftOut }).toEqual({ fresh: 4, counted: 8, then: 'budget-used', leftOut: 4 });
    expect(experiment.arms.map(({ seeds }) => seeds)).toEqual([[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3]]);
  });
});

describe('an extension', () => {
  it('adds seeds and levels, counts what is there, and keeps the first plan', async () => {
    const library = tinyLibrary();
    const { experiment } = await startExperiment(library, two, machine);
    await complete(library, runIdsOf(experiment));
    const levels = [{ field: 'augmentation', levels: ['none', 'crop-flip', 'crop-flip-trivialaugment'] }, { field: 'epochs', levels: [1, 2] }];
    const extended = await extendExperiment(library, experiment.id, { ...two, factors: levels, seeds: [1, 2, 3] }, machine);
    expect(extended.newRunIds).toHaveLength(6 * 3 - 8);
    expect(extended.experiment).toMatchObject({ given: two, extensions: [{ given: { seeds: [1, 2, 3] } }] });
    for (const { seeds } of extended.experiment.arms) expect([...seeds].sort()).toEqual([1, 2, 3]);
    expect(runIdsOf(extended.experiment)).toEqual(expect.arrayContaining(runIdsOf(experiment)));
  });

  it('adds a factor: the runs of before are the arms of its level', async () => {
    const library = tinyLibrary();
    const { experiment } = await startExperiment(library, two, machine);
    const factors = [...two.factors, { field: 'labelSmoothing', levels: [0.1, 0] }];
    const extended = await extendExperiment(library, experiment.id, { ...two, factors }, machine);
    expect(extended.newRunIds).toHaveLength(8);
    expect(extended.experiment.arms.find(({ key }) => key === 'augmentation none, epochs 1, labelSmoothing 0')!.runIds).toEqual(experiment.arms[0]!.runIds);
  });

  it.each<[string, Partial<ExperimentConfigInput>, RegExp]>([
    ['drops a seed', { seeds: [1, 3] }, /the run of "augmentation none, epochs 1" with seed 2 would have no place/],
    ['drops a level', { factors: [{ field: 'augmentation', levels: ['none', 'crop-flip-trivialaugment'] }, { field: 'epochs', levels: [1, 2] }] }, /the run of "augmentation crop-flip, epochs 1" with seed 1/],
    ['changes the base', { base: { ...base, batchSize: 8 } }, /would have no place/],
    ['is no experiment', { seeds: [] }, /seeds: must be at least 1/],
  ])('that %s is refused and changes nothing', async (_, change, message) => {
    const library = tinyLibrary();
    const { experiment } = await startExperiment(library, two, machine);
    await expect(extendExperiment(library, experiment.id, { ...two, ...change }, machine)).rejects.toMatchObject({ code: 'config-invalid', message: expect.stringMatching(message) as string });
    expect(await readExperiment(library, experiment.id)).toEqual(experiment);
    expect(await listRuns(library)).toHaveLength(8);
  });

  it('makes one that was cut short go on', async () => {
    const library = tinyLibrary();
    const { experiment: { id } } = await startExperiment(library, two, machine);
    await changeExperiment(library, id, (manifest) => ({ ...manifest, cutShortAt: manifest.createdAt, extensions: [{ at: manifest.createdAt, given: { ...two, seeds: [1, 2, 3] } as never }] }));
    expect((await advanceExperiment(library, id, machine)).newRunIds).toEqual([]);
    expect((await extendExperiment(library, id, { ...two, seeds: [1, 2, 3] }, machine)).newRunIds).toHaveLength(4);
  });
});

const halving: ExperimentConfigInput = {
  name: 'halving', base: { ...base, epochs: 4, schedule: { warmupEpochs: 0 } }, factors: [], design: 'halving', seeds: [1],
  search: { space: [{ field: 'schedule.learningRate', kind: 'log-uniform', low: 0.001, high: 1 }], trials: 4 }, halving: { firstEpochs: 1, reductionFactor: 2 },
};

describe('a halving', () => {
  it('goes on rung by rung as results come, and a failed trial stands last', async () => {
    const library = tinyLibrary();
    const { experiment, newRunIds, then } = await startExperiment(library, halving, machine);
    expect({ count: newRunIds.length, then }).toEqual({ count: 4, then: 'waiting' });
    await complete(library, newRunIds.slice(0, 3), (i) => [0.2, 0.9, 0.5][i]!);
    expect((await advanceExperiment(library, experiment.id, machine)).newRunIds).toEqual([]);
    const writer = await openRunWriter(library, newRunIds[3]!, 'a test');
    await writer.update({ status: 'failed', failure: { code: 'loss-not-finite', message: 'The loss was NaN.' } });
    await writer.close();
    const second = await advanceExperiment(library, experiment.id, machine);
    const configs = await Promise.all(second.newRunIds.map(async (id) => (await readRun(library, id)).config.resolved));
    const firsts = await Promise.all(newRunIds.map(async (id) => (await readRun(library, id)).config.resolved));
    expect(configs.map(({ epochs, schedule }) => [epochs, schedule.learningRate])).toEqual([[2, firsts[1]!.schedule.learningRate], [2, firsts[2]!.schedule.learningRate]]);
    await complete(library, second.newRunIds, (i) => [0.3, 0.95][i]!);
    const third = await advanceExperiment(library, experiment.id, machine);
    expect(third.experiment.arms.map(({ levels }) => levels['epochs'])).toEqual([1, 1, 1, 1, 2, 2, 4]);
    await complete(library, third.newRunIds);
    expect(await advanceExperiment(library, experiment.id, machine)).toMatchObject({ newRunIds: [], then: 'complete' });
    const [row] = await new ExperimentList(library, '1').rows();
    expect(row!.progress).toEqual({ completed: 6, failed: 1, running: 0, waiting: 0, planned: 7 });
    // The same again: but for the failed trial all of it is there, the later rungs too.
    const again = await startExperiment(library, { ...halving, name: 'again' }, machine);
    expect({ counted: again.reused.length, fresh: again.newRunIds.length, then: again.then }).toEqual({ counted: 3, fresh: 1, then: 'waiting' });
    await completeRun(library, again.newRunIds[0]!, 0.1);
    expect(await advanceExperiment(library, again.experiment.id, machine)).toMatchObject({ newRunIds: [], reused: { length: 3 }, then: 'complete' });
    await expect(extendExperiment(library, experiment.id, { ...halving, search: { ...halving.search!, trials: 5 } }, machine)).rejects.toMatchObject({ code: 'config-invalid' });
    expect((await extendExperiment(library, experiment.id, { ...halving, seeds: [1, 2] }, machine)).newRunIds).toHaveLength(7);
  });
});

it('a budget of minutes begins the next seed while there is time left', async () => {
  const library = tinyLibrary();
  const { experiment, newRunIds } = await startExperiment(library, { ...two, seeds: [1, 2, 3], budget: { maxMinutes: 6 } }, machine);
  expect(newRunIds).toHaveLength(4);
  await complete(library, newRunIds); // a minute each
  const second = await advanceExperiment(library, experiment.id, machine);
  expect(second.newRunIds).toHaveLength(4);
  await complete(library, second.newRunIds);
  expect(await advanceExperiment(library, experiment.id, machine)).toMatchObject({ newRunIds: [], then: 'budget-used', leftOut: 4 });
});

describe('a preview', () => {
  it('says runs, time, disk and what is there, and writes nothing', async () => {
    const library = tinyLibrary();
    expect(await planExperiment(library, two, surroundings)).toMatchObject({ runs: 8, reused: [], durationMs: null, ahead: 3, leftOut: 0, earlierDeviation: null, freeBytes: 1e12 });
    expect(readdirSync(library)).toEqual(['datasets']);
    await complete(library, (await startExperiment(library, two, machine)).newRunIds);
    const plan = await planExperiment(library, { ...two, seeds: [1, 2, 3] }, surroundings);
    expect(plan).toMatchObject({ runs: 12, earlierDeviation: { experiments: 1 } });
    expect(plan.reused).toHaveLength(8);
    // Each arm has one run left: two epochs take twice as long as one.
    const [short, long] = ['augmentation none, epochs 1', 'augmentation none, epochs 2'].map((key) => plan.durationByArm[key]!);
    expect(short).toBeGreaterThan(0);
    expect(plan.durationMs).toBeCloseTo(Object.values(plan.durationByArm).reduce((sum: number, ms) => sum + ms!, 0), 6);
    expect(long).toBeGreaterThan(short!);
    // ResNet18 for this data: 11.2 million parameters and statistics, 44.8 MB; kept once or twice, and eight times while one trains.
    expect(plan.diskBytes / 1e6).toSatisfy((megabytes: number) => megabytes > 44 * (2 + 4 + 8) && megabytes < 46 * (2 + 4 + 8));
  });

  it('says what a budget leaves out, as the start will do', async () => {
    const library = tinyLibrary();
    const budget = { ...two, seeds: [1, 2, 3], budget: { maxRuns: 9 } };
    expect(await planExperiment(library, budget, surroundings)).toMatchObject({ runs: 8, leftOut: 4 });
    await complete(library, (await startExperiment(library, two, machine)).newRunIds);
    // Events say 60 s a run (a minute of training, 1 s of evaluation an epoch): one seed of four arms does not fit three minutes twice.
    const timed = await planExperiment(library, { ...two, base: { ...base, labelSmoothing: 0.1 }, seeds: [1, 2, 3], budget: { maxMinutes: 3 } }, surroundings);
    expect(timed.runs + timed.leftOut).toBe(12);
    expect(timed.leftOut % 4).toBe(0);
    expect(timed.leftOut).toBeGreaterThan(0);
  });

  it('knows the deviation of paired differences from experiments of before, on these data alone', async () => {
    const library = tinyLibrary();
    const { newRunIds } = await startExperiment(library, { ...two, factors: [{ field: 'epochs', levels: [1, 2] }] }, machine);
    // Of ten validation images. Seed by seed: differences of 10 and 30 points, which scatter by 20 / √2.
    await complete(library, newRunIds, (i) => [0.5, 0.6, 0.6, 0.9][i]!);
    const { earlierDeviation } = await planExperiment(library, two, surroundings);
    expect(earlierDeviation!.experiments).toBe(1);
    expect(earlierDeviation!.points).toBeCloseTo(20 / Math.SQRT2, 9);
    writeTinyDataset(library, 'other', { classes: ['a', 'b'] });
    expect(await planExperiment(library, { ...two, base: { ...base, data: { ...base.data, dataset: 'other' } } }, surroundings)).toMatchObject({ earlierDeviation: null, reused: [] });
  });

  it('of a halving counts every rung', async () => {
    expect(await planExperiment(tinyLibrary(), halving, surroundings)).toMatchObject({ runs: 7, rungs: [{ epochs: 1, arms: 4 }, { epochs: 2, arms: 2 }, { epochs: 4, arms: 1 }] });
  });
});

it('the bin takes an experiment with its own runs, leaves those that others count, and gives all back', async () => {
  const library = tinyLibrary();
  const first = await startExperiment(library, two, machine);
  await complete(library, first.newRunIds);
  const second = await startExperiment(library, { ...two, name: 'other', seeds: [2, 3] }, machine);
  expect(second.reused).toHaveLength(4);
  const gone = await deleteExperiment(library, first.experiment.id, new Set(runIdsOf(second.experiment)));
  expect([...gone].sort()).toEqual(runIdsOf(first.experiment).filter((id) => !runIdsOf(second.experiment).includes(id)).sort());
  expect(await listExperimentIds(library)).toEqual([second.experiment.id]);
  expect((await listBin(library)).sort()).toEqual([...gone].sort());
  expect(await listRuns(library)).toHaveLength(8);
  await restoreExperiment(library, first.experiment.id);
  expect(await readExperiment(library, first.experiment.id)).toEqual(first.experiment);
  expect(await listRuns(library)).toHaveLength(12);
  expect(await listBin(library)).toEqual([]);
  await expect(restoreExperiment(library, 'not-there-abcdef')).rejects.toMatchObject({ code: 'experiment-unknown' });
  await expect(deleteExperiment(library, '../x', new Set())).rejects.toMatchObject({ code: 'experiment-unknown' });
});

it('the same file again goes on with what is unfinished, on the data as they are', async () => {
  const library = tinyLibrary();
  const told: string[] = [];
  const again = (document: unknown) => unfinishedExperiment(library, document, machine, (message) => { told.push(message); });
  expect(await again(two)).toBeNull();
  const { experiment, newRunIds } = await startExperiment(library, two, machine);
  await complete(library, newRunIds.slice(0, 3));
  expect(await again(two)).toMatchObject({ todo: 5, complete: false, advance: { experiment: { id: experiment.id } } });
  expect(await again({ ...two, seeds: [1, 2, 3] })).toBeNull();
  await complete(library, newRunIds.slice(3));
  expect(await again(two)).toMatchObject({ todo: 0, complete: true });
  writeFileSync(join(library, 'experiments', experiment.id, 'manifest.json'), '{}');
  expect(await again(two)).toBeNull();
  expect(told.at(-1)).toContain('cannot be read');
});

it('the list holds every experiment, damaged ones with their reason, and says how far each is', async () => {
  const library = tinyLibrary();
  const { experiment, newRunIds } = await startExperiment(library, two, machine);
  await complete(library, newRunIds.slice(0, 5));
  const other = await startExperiment(library, { ...two, name: 'broken' }, machine);
  writeFileSync(join(library, 'experiments', other.experiment.id, 'manifest.json'), 'x');
  const rows = await new ExperimentList(library, '1').rows();
  expect(rows).toMatchObject([
    { id: experiment.id, name: '二つ', seeds: 2, progress: { completed: 5, waiting: 3, planned: 8 }, comparison: { arms: [{ curve: [] }, {}, {}, {}], answer: { kind: 'running', done: 5, planned: 8 } }, failure: null },
    { id: other.experiment.id, comparison: null, failure: { code: 'library-damaged' } },
  ]);
  // Kept, and made anew where a run, the index or the program has changed.
  const index = join(library, 'index/experiments.json');
  const kept = JSON.parse(readFileSync(index, 'utf8')) as { experiments: Record<string, { comparison: { marginPoints: number } }> };
  kept.experiments[experiment.id]!.comparison.marginPoints = 7;
  writeFileSync(index, JSON.stringify(kept));
  const margin = async (version: string) => (await new ExperimentList(library, version).rows())[0]!.comparison!.marginPoints;
  expect(await margin('1')).toBe(7);
  expect(await margin('2')).toBe(0.5);
  writeFileSync(index, JSON.stringify({ ...kept, version: '2' }));
  expect(await margin('2')).toBe(7);
  await complete(library, newRunIds.slice(5));
  expect((await new ExperimentList(library, '2').rows())[0]).toMatchObject({ comparison: { marginPoints: 0.5 }, progress: { completed: 8 } });
  for (const broken of ['{', '{"schemaVersion":2,"version":"2","experiments":[]}', JSON.stringify({ ...kept, version: '2', schemaVersion: 1 })]) {
    writeFileSync(index, broken);
    expect(await margin('2')).toBe(0.5);
  }
});
