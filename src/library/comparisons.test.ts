import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareExperiment, compareExperiments, comparePickedRuns } from './comparisons';
import { EpochRecords } from './epochRecords';
import { createExperiment } from './experiments';
import { createRun, eventsFile } from './runs';
import { runFolder } from './paths';
import { parseExperiment } from '../core/config/experiment';

let library: string;
beforeEach(async () => { library = await mkdtemp(join(tmpdir(), 'comparisons-')); });
afterEach(() => rm(library, { recursive: true, force: true }));

const given = { name: 'Flip', question: 'Does it help?', base: { epochs: 2 }, factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }], seeds: [1, 2, 3] };
const score = (accuracy: number) => ({ loss: 1, accuracy, images: 5000 });
const epoch = (at: number, accuracy: number) => JSON.stringify({ type: 'epoch', atMs: 1, epoch: at, step: at * 10, train: score(0.5), plainTrain: score(0.9), validation: score(accuracy), trainMs: 1, evaluateMs: 1, imagesPerSecond: 1, elapsedMs: at * 1000 });
const steps = JSON.stringify({ type: 'steps', atMs: 1, step: [1], loss: ['NaN'], accuracy: [0.1], learningRate: [0.1], elapsedMs: [1] });
const started = JSON.stringify({ type: 'started', atMs: 1, totalSteps: 20, stepsPerEpoch: 10, epochs: 2 });

async function completed(runId: string, accuracy: number): Promise<void> {
  await writeFile(eventsFile(library, runId), [started, steps, epoch(1, 0.3), steps, epoch(2, accuracy), ''].join('\n'));
  const path = join(runFolder(library, runId), 'manifest.json');
  await writeFile(path, JSON.stringify({ ...(JSON.parse(await readFile(path, 'utf8')) as object), status: 'completed' }));
}

async function flip(accuracies: readonly (readonly number[])[]): Promise<string> {
  const parsed = parseExperiment(given);
  if (!parsed.ok) throw new Error('the experiment is wrong');
  const arms = await Promise.all(parsed.value.arms.map(async ({ key, levels, runs }, arm) => ({
    key, levels, seeds: [1, 2, 3],
    runIds: await Promise.all(runs.map(async (config, seed) => {
      const { id } = await createRun(library, { name: config.name, config: { given: {}, resolved: config }, dataset: { id: 'cifar10', revision: 'a' }, numericsVersion: 1 });
      await completed(id, accuracies[arm]![seed]!);
      return id;
    })),
  })));
  return (await createExperiment(library, { name: 'Flip', question: given.question, given, arms })).id;
}

describe('comparisons from the library', () => {
  it('an experiment, its list, and its runs picked by hand say the same', async () => {
    const id = await flip([[0.8, 0.804, 0.797], [0.815, 0.8185, 0.8125]]);
    const comparison = await compareExperiment(library, id);
    expect(comparison.answer).toMatchObject({ kind: 'better', level: 'crop-flip' });
    expect(comparison.subject).toMatchObject({ kind: 'experiment', experimentId: id, question: 'Does it help?' });
    expect(comparison.arms[0]).toMatchObject({ n: 3, gapPoints: expect.closeTo(9.9667, 3) as number, trainMs: 2000 });
    const runIds = comparison.arms.flatMap(({ runs }) => runs.map(({ runId }) => runId!));
    expect((await comparePickedRuns(library, runIds)).contrasts[0]!.p).toBe(comparison.contrasts[0]!.p);
    expect((await compareExperiment(library, id, { marginPoints: 5 })).answer.kind).toBe('same');
    const listed = await compareExperiments(library, [id, 'no-such']);
    expect(listed.get(id)).toMatchObject({ answer: comparison.answer });
    expect(listed.get('no-such')).toMatchObject({ code: 'experiment-unknown' });
    // Runs that were deleted leave the rest standing.
    await rm(runFolder(library, runIds[5]!), { recursive: true });
    const holed = await compareExperiment(library, id);
    expect(holed.contrasts[0]!.n).toBe(2);
    expect(holed.arms[1]!.runs[2]).toMatchObject({ status: 'missing', leftOut: 'not-completed', seed: 3 });
  });

  it('given results need no run', async () => {
    const results = { ...given, factors: [...given.factors, { field: 'epochs', levels: [2, 8] }], seeds: [], given: [
      { levels: { augmentation: 'none', epochs: 2 }, validationAccuracy: 0.8, trainAccuracy: 0.9, source: 'a table' }, { levels: { augmentation: 'crop-flip', epochs: 8 }, validationAccuracy: 0.85, source: 'a table' },
    ] };
    const parsed = parseExperiment(results);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { id } = await createExperiment(library, { name: 'Given', question: '', given: JSON.parse(JSON.stringify(results)) as never, arms: parsed.value.arms.map(({ key, levels }) => ({ key, levels, runIds: [], seeds: [] })) });
    const comparison = await compareExperiment(library, id);
    expect(comparison.answer).toMatchObject({ kind: 'confounded', fields: ['augmentation', 'epochs'] });
    expect(comparison.confounds[0]!.offered).toHaveLength(4);
  });

  it('epochs are read without steps, again when the file changes, and kept in an index that may be lost', async () => {
    const id = (await compareExperiment(library, await flip([[0.8, 0.8, 0.8], [0.8, 0.8, 0.8]]))).arms[0]!.runs[0]!.runId!;
    expect((await stat(join(library, 'index', 'epochs.json'))).size).toBeGreaterThan(100);
    const records = new EpochRecords(library);
    expect(await records.read(id)).toMatchObject({ epochs: [{ epoch: 1, validation: 0.3 }, { epoch: 2, validation: 0.8 }], plan: { totalSteps: 20 } });
    // A resumed run records again what came after its checkpoint; a torn last line is none.
    await appendFile(eventsFile(library, id), `${JSON.stringify({ type: 'resumed', atMs: 1, step: 10 })}\n${epoch(2, 0.7)}\n{"type":"epoch","atMs":1,`);
    expect((await records.read(id)).epochs.map(({ validation }) => validation)).toEqual([0.3, 0.7]);
    // One that was killed between the record of an epoch and its checkpoint evaluates that epoch again.
    await appendFile(eventsFile(library, id), `\n${JSON.stringify({ type: 'resumed', atMs: 1, step: 20 })}\n${epoch(2, 0.6)}\n`);
    expect((await records.read(id)).epochs.map(({ validation }) => validation)).toEqual([0.3, 0.6]);
    await writeFile(join(library, 'index', 'epochs.json'), 'no index');
    expect((await new EpochRecords(library).read(id)).epochs).toHaveLength(2);
  });
});
