import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedFolder, tempFolder } from '../../test/support/tempFolder';
import { runConfigSchema, type RunConfigInput } from '../core/config/run';
import { CounterRandom } from '../core/random/philox';
import { askedAndDone } from '../core/run/askedAndDone';
import type { EndedEvent, EpochEvent, TrainerEvent } from '../core/run/events';
import { replay } from '../core/run/view';
import { ensureCifar10 } from '../data/cifar10';
import { saveExcludeList } from '../data/audit/excludeLists';
import { splitOf } from '../data/datasetSplit';
import { newRun } from '../data/newRuns';
import { readDatasetManifest } from '../data/openDataset';
import { encodeSafetensors } from '../engine/checkpoint/safetensors';
import { networkSpec } from '../engine/loop/trainRun';
import { initialState } from '../engine/step/state';
import { averageFile, checkpointSteps, readCheckpointFile, readPosition, weightsFile } from '../library/checkpoints';
import { readEvents } from '../library/events';
import { cacheFolder, datasetFolder, libraryFolder, runFolder } from '../library/paths';
import { readRun } from '../library/runs';
import { runOnce, type RunHandle } from './host/runOnce';

/** 26 steps of real CIFAR-10, with a checkpoint at nearly every one. */
const base: RunConfigInput = {
  seed: 3, data: { trainImages: 200, validationImages: 100 }, model: { architecture: 'resnet18' }, augmentation: 'crop-flip-trivialaugment',
  epochs: 2, batchSize: 16, schedule: { learningRate: 0.01 }, checkpointEveryMinutes: 0.0005,
};

/** All that a resume could lose: weights of a file with a frozen backbone at first, two optimizer slots with counts of their own, parts of a batch, an average. */
const everything = (start: string): RunConfigInput => ({
  ...base, model: { architecture: 'resnet18', start: { kind: 'file', path: start } }, frozenEpochs: 1, optimizer: { kind: 'adamw', weightDecay: 0.01, decayNormAndBias: false },
  schedule: { kind: 'one-cycle', learningRate: 0.002 }, microBatches: 2, emaDecay: 0.9, clipNorm: 1,
});

/** A file of weights that a run from scratch might begin with. */
async function startFile(folder: string): Promise<string> {
  const spec = networkSpec(runConfigSchema.parse(base), await readDatasetManifest(folder, 'cifar10'), 'cpu');
  const path = join(folder, 'start.safetensors');
  writeFileSync(path, Buffer.concat(encodeSafetensors(initialState(spec, 7).filter(({ role }) => role !== 'optimizer'), { format: 'pt' })));
  return path;
}

/** The first test's run that nothing interrupted: the last one differs from it by its seed alone. */
let whole: { readonly config: RunConfigInput; readonly folder: string; readonly weights: Buffer } | null = null;

beforeAll(async () => {
  await ensureCifar10({ libraryDir: libraryFolder(), cacheDir: cacheFolder() });
}, 180_000);

/** A library of its own over the user's images, which nothing here writes to. */
function library(folder = tempFolder()): string {
  const [theirs, own] = [datasetFolder(libraryFolder(), 'cifar10'), datasetFolder(folder, 'cifar10')];
  mkdirSync(own, { recursive: true });
  // File by file: a list of images is written beside them.
  for (const name of readdirSync(theirs)) if (name !== 'audits') symlinkSync(join(theirs, name), join(own, name));
  return folder;
}

async function train(folder: string, config: RunConfigInput, follow: (handle: RunHandle, events: readonly TrainerEvent[]) => void = () => undefined) {
  const { id } = await newRun(folder, config);
  return { id, end: await sit(folder, id, false, follow) };
}

async function sit(folder: string, id: string, resume: boolean, follow: (handle: RunHandle, events: readonly TrainerEvent[]) => void = () => undefined): Promise<EndedEvent> {
  const handle: RunHandle = runOnce(folder, id, resume, (events) => follow(handle, events));
  return handle.ended;
}

/** What a run came to: its weights' bytes and its metrics, without times. */
async function result(folder: string, id: string) {
  const position = await readPosition(folder, id, (await checkpointSteps(folder, id)).at(-1)!);
  const [weights, average] = await Promise.all([weightsFile, averageFile].map((name) => (position.files[name] ? readCheckpointFile(folder, id, position, name) : null)));
  const { events, torn } = await readEvents(folder, id);
  const view = replay(events);
  const metrics = ({ epoch, step, train: t, plainTrain, validation, emaValidation }: EpochEvent) => ({ epoch, step, train: t, plainTrain, validation, emaValidation });
  return { torn, weights: weights!, average: average ?? null, losses: [...view.steps.column('loss')], steps: [...view.steps.column('step')], epochs: view.epochs.map(metrics) };
}

describe('a run', () => {
  it('is the same to the last byte when its process is killed again and again and resumed', async () => {
    const folder = library(sharedFolder());
    const config = everything(await startFile(folder));
    const straight = await train(folder, config);
    expect(straight.end).toMatchObject({ outcome: 'completed', error: null });
    const expected = await result(folder, straight.id);
    whole = { config, folder, weights: expected.weights };
    expect(expected.average).not.toBeNull();
    expect(expected.steps).toEqual(Array.from({ length: 26 }, (_, i) => i + 1));

    const kills = 12;
    const random = new CounterRandom(20261125, 'kills');
    const { id } = await newRun(folder, config);
    let killed = 0;
    let resume = false;
    for (let sitting = 0; sitting < 3 * kills; sitting++) {
      // At a random moment after the start: in a step, in an evaluation, in the middle of writing a checkpoint or an event.
      const delayMs = random.integer(900);
      const end = await sit(folder, id, resume, (handle, events) => {
        if (killed < kills && events.some(({ type }) => type === 'started')) setTimeout(() => { if (handle.pid()) process.kill(handle.pid() as number, 'SIGKILL'); }, delayMs);
      });
      if (end.outcome === 'completed') break;
      expect(end).toMatchObject({ outcome: 'failed', error: { code: 'trainer-crashed' }, exit: { signal: 'SIGKILL' } });
      expect((await readRun(folder, id)).status).toBe('failed');
      killed++;
      resume = true;
    }
    console.log(`survived ${killed} kills`);
    expect(killed).toBeGreaterThan(3);
    const found = await result(folder, id);
    expect(found.weights.equals(expected.weights)).toBe(true);
    expect(found.average!.equals(expected.average!)).toBe(true);
    const figures = ({ losses, steps, epochs }: typeof found) => ({ losses, steps, epochs });
    expect(figures(found)).toEqual(figures(expected));
  }, 900_000);

  // Its first filters come from the training images, its products are rounded to bfloat16, and a list leaves images out: all of it has to be the
  // same the second time, though the library has lost the list by then.
  it('of the fast network in bfloat16 with an exclude list, killed, goes on from an older checkpoint where the newest is damaged, says so, and ends alike', async () => {
    const folder = library();
    const manifest = await readDatasetManifest(folder, 'cifar10');
    const fast: RunConfigInput = { ...base, model: { architecture: 'fast', stem: 'own' }, precision: 'bfloat16', epochs: 3, checkpointEveryMinutes: 5 };
    const usual = await splitOf(folder, manifest, runConfigSchema.parse(fast).data, []);
    await saveExcludeList(folder, manifest, 'list', [...usual.train.subarray(0, 40), ...usual.validation.subarray(0, 10)]);
    const config: RunConfigInput = { ...fast, data: { ...fast.data, exclude: { list: 'list' } } };
    const straight = await train(folder, config);
    expect(straight.end).toMatchObject({ outcome: 'completed', error: null });
    const { id, end } = await train(folder, config, (handle, events) => {
      if (events.some((event) => event.type === 'checkpoint' && event.step === 26)) process.kill(handle.pid()!, 'SIGKILL');
    });
    expect(end.exit).toMatchObject({ signal: 'SIGKILL' });
    rmSync(join(datasetFolder(folder, 'cifar10'), 'audits'), { recursive: true });
    const steps = await checkpointSteps(folder, id);
    expect(steps).toContain(26);
    const newest = join(runFolder(folder, id), 'checkpoints', String(steps.at(-1)), 'optimizer.safetensors');
    const bytes = readFileSync(newest);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(newest, bytes);
    expect(await sit(folder, id, true)).toMatchObject({ outcome: 'completed' });
    const { events } = await readEvents(folder, id);
    const told = events.flatMap((event) => (event.type === 'warned' && event.error.code !== 'precision-emulated' ? [event.error] : []));
    expect(told).toMatchObject([{ code: 'checkpoint-damaged', message: expect.stringContaining('optimizer.safetensors has changed') as string }]);
    expect(events.findLast(({ type }) => type === 'resumed')).toMatchObject({ step: steps.at(-2) });
    const [{ weights, ...found }, { weights: expected, ...figures }] = [await result(folder, id), await result(folder, straight.id)];
    expect(weights.equals(expected)).toBe(true);
    expect(found).toEqual(figures);
    // What was done is recorded as what was asked for: no confound.
    const { plan } = replay(events);
    expect(plan).toMatchObject({ trainImages: 200, validationImages: 90 });
    expect(plan!.precision).toBe('bfloat16');
    expect(askedAndDone((await readRun(folder, id)).config.resolved, plan!)).toEqual([]);
    expect((await readRun(folder, id)).environment).toMatchObject({ precision: 'bfloat16' });
  }, 600_000);

  // That the same seed gives the same bytes is the first test.
  it('with another seed differs', async () => {
    if (!whole) throw new Error('the run of the first test is missing');
    const other = await train(whole.folder, { ...whole.config, seed: 4, checkpointEveryMinutes: 5 });
    expect(other.end).toMatchObject({ outcome: 'completed' });
    expect((await result(whole.folder, other.id)).weights.equals(whole.weights)).toBe(false);
  }, 600_000);
});
