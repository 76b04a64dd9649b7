import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resultBytes, trainingLibrary } from '../../test/support/trainingLibrary';
import { differingCauses } from '../core/config/diff';
import { runConfigSchema, type RunConfigInput } from '../core/config/run';
import type { TrainerEvent } from '../core/run/events';
import { startExperiment } from '../data/experiments/start';
import { newRun } from '../data/newRuns';
import { readDatasetManifest } from '../data/openDataset';
import { encodeSafetensors } from '../engine/checkpoint/safetensors';
import { networkSpec } from '../engine/loop/trainRun';
import { initialState } from '../engine/step/state';
import { checkpointSteps } from '../library/checkpoints';
import { readEvents } from '../library/events';
import { readRun } from '../library/runs';
import { runOnce } from './host/runOnce';

const given = (change: RunConfigInput = {}): RunConfigInput => ({
  data: { dataset: 'dots', trainImages: 64, validationImages: 30 }, model: { architecture: 'resnet18' }, batchSize: 16, epochs: 2,
  augmentation: 'crop-flip', schedule: { learningRate: 0.02 }, workers: 1, device: 'cpu', intraOpThreads: 2, ...change,
});

/** A file of the weights that a scratch run of seed 1 begins with; `classes` others than the data set's make another head. */
async function startFile(library: string, { classes, names = (name: string) => name }: { classes?: number; names?: (name: string) => string } = {}): Promise<string> {
  const spec = networkSpec(runConfigSchema.parse(given()), await readDatasetManifest(library, 'dots'), 'cpu');
  const tensors = initialState({ ...spec, classes: classes ?? spec.classes }, 1).filter(({ role }) => role !== 'optimizer');
  const path = join(library, '始まり の重み.safetensors');
  writeFileSync(path, Buffer.concat(encodeSafetensors(tensors.map((tensor) => ({ ...tensor, name: names(tensor.name) })), { format: 'pt' })));
  return path;
}

const train = (library: string, runId: string, resume = false, on: (events: readonly TrainerEvent[], stop: () => void) => void = () => undefined) => {
  const handle = runOnce(library, runId, resume, (events) => { on(events, () => { handle.stop(); }); });
  return handle.ended;
};

describe('training from a file', () => {
  it('begins with exactly its weights, is the same however it is cut off, and is known by the hash alone', async () => {
    const library = trainingLibrary();
    const path = await startFile(library, { names: (name) => `module.${name}` });
    const scratch = await newRun(library, given());
    expect(await train(library, scratch.id)).toMatchObject({ outcome: 'completed' });
    const fromFile = await newRun(library, given({ model: { architecture: 'resnet18', start: { kind: 'file', path } } }));
    // The file is not needed any more, nor where it lay kept.
    rmSync(path);
    const { start } = fromFile.config.resolved.model;
    expect(start).toEqual({ kind: 'file', path: '始まり の重み.safetensors', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string, stemMismatch: 'refuse', headMismatch: 'refuse' });
    const stopped = await train(library, fromFile.id, false, (events, stop) => { if (events.some(({ type }) => type === 'epoch')) stop(); });
    expect(stopped).toMatchObject({ outcome: 'stopped' });
    expect((await checkpointSteps(library, fromFile.id)).length).toBeGreaterThan(0);
    expect(await train(library, fromFile.id, true)).toMatchObject({ outcome: 'completed' });
    // Seed 1 drew the file's weights: every step from the first on is that of the run from scratch.
    expect(await resultBytes(library, fromFile.id)).toBe(await resultBytes(library, scratch.id));

    const again = await newRun(library, { ...fromFile.config.resolved, name: 'by its hash' });
    expect(differingCauses(again.config.resolved, fromFile.config.resolved)).toEqual([]);
    expect(differingCauses(again.config.resolved, scratch.config.resolved)).toEqual(['model.start']);
  }, 300_000);

  it('refuses weights of another network before a run is written, naming what differs', async () => {
    const library = trainingLibrary();
    const path = await startFile(library);
    const refused = (model: RunConfigInput['model'], message: RegExp) =>
      expect(newRun(library, given({ model }))).rejects.toMatchObject({ code: 'weights-mismatch', message: expect.stringMatching(message) as string });
    const start = { kind: 'file' as const, path };
    await refused({ architecture: 'resnet34', start }, /resnet34.*layer1\.2\.conv1\.weight is missing/);
    await refused({ architecture: 'resnet18', stem: 'cifar', start }, /the stem: conv1\.weight is \[64, 3, 7, 7\], wanted \[64, 3, 3, 3\]/);
    await refused({ architecture: 'resnet18', start: { ...start, sha256: '0'.repeat(64) } }, /other weights than the config names/);
    await expect(newRun(library, given({ model: { start: { kind: 'file', path: 'none.pth' } } }))).rejects.toMatchObject({ code: 'weights-unreadable' });
    await expect(newRun(library, given({ model: { start: { kind: 'file' } } } as never))).rejects.toMatchObject({ code: 'config-invalid', message: expect.stringContaining('model.start.path: must be a string') as string });
    await expect(newRun(library, given({ model: { start: 'imagenet' } } as never))).rejects.toMatchObject({ code: 'config-invalid', message: expect.stringContaining('model.start:') as string });
  });

  it('initialises another head anew where the config allows, and says so', async () => {
    const library = trainingLibrary();
    const path = await startFile(library, { classes: 10 });
    const start = { kind: 'file' as const, path };
    await expect(newRun(library, given({ model: { architecture: 'resnet18', start } }))).rejects.toMatchObject({ message: expect.stringContaining('the head: fc.weight is [10, 512], wanted [3, 512]') as string });
    const run = await newRun(library, given({ epochs: 1, schedule: { learningRate: 0.02, warmupEpochs: 0 }, model: { architecture: 'resnet18', start: { ...start, headMismatch: 'reinitialise' } } }));
    expect(await train(library, run.id)).toMatchObject({ outcome: 'completed' });
    const { events } = await readEvents(library, run.id);
    expect(events).toContainEqual(expect.objectContaining({ type: 'warned', error: { code: 'weights-mismatch', message: 'The classifier in 始まり の重み.safetensors has another shape; it was initialised anew, as the config allows.' } }));
  }, 300_000);

  it('is a factor of an experiment', async () => {
    const library = trainingLibrary();
    const path = await startFile(library);
    const { experiment: { arms } } = await startExperiment(library, {
      name: 'start', base: given({ model: { architecture: 'resnet18' } }), factors: [{ field: 'model.start', levels: ['scratch', { kind: 'file', path }] }], seeds: [1, 2],
    }, null);
    const starts = await Promise.all(arms.map(({ runIds }) => Promise.all(runIds.map(async (runId) => (await readRun(library, runId)).config.resolved.model.start))));
    expect(starts.map((ofArm) => ofArm.map((start) => (start === 'scratch' ? null : start.sha256?.length)))).toEqual([[null, null], [64, 64]]);
  });

  it('fails with a reason where the library has lost the weights', async () => {
    const library = trainingLibrary();
    const run = await newRun(library, given({ model: { architecture: 'resnet18', start: { kind: 'file', path: await startFile(library) } } }));
    rmSync(join(library, 'weights'), { recursive: true });
    expect(await train(library, run.id)).toMatchObject({ outcome: 'failed', error: { code: 'weights-unreadable' } });
    expect(await readRun(library, run.id)).toMatchObject({ status: 'failed' });
  }, 300_000);
});
