import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resultBytes, trainingLibrary, waitingRun } from '../../test/support/trainingLibrary';
import type { RunConfigInput } from '../core/config/run';
import { Session, type DrawnImage } from '../core/inspection';
import type { EndedEvent, StoredEvent, TrainerEvent } from '../core/run/events';
import { numericsVersion } from '../core/run/numericsVersion';
import { readPredictions as readingOf } from '../core/predictions/reading';
import { replay } from '../core/run/view';
import { inspectionImages, openInspection } from '../data/inspection';
import { checkpointSteps, readFirstBatch, readPosition } from '../library/checkpoints';
import { readEvents } from '../library/events';
import { readPredictions } from '../library/predictions';
import { processStart } from '../library/lock';
import { runFolder } from '../library/paths';
import { readRun } from '../library/runs';
import { runOnce, type RunHandle } from './host/runOnce';

/** Trains to the end of the process; `on` sees every batch of events and may act on the run. */
async function train(library: string, runId: string, { resume = false, on }: { resume?: boolean; on?: (events: readonly TrainerEvent[], handle: RunHandle) => void } = {}): Promise<EndedEvent> {
  const handle = runOnce(library, runId, resume, (events) => on?.(events, handle));
  return handle.ended;
}

/** A run's first batch as the inspector shows it, image by image: the window's own way from the library to the pixels. */
async function inspected(library: string, runId: string): Promise<{ fed: Uint8Array; drawn: DrawnImage[] }> {
  const { indices, width, height } = (await readFirstBatch(library, runId))!;
  const data = await openInspection(library, { runId });
  const [session, imageBytes] = [new Session(data), width * height * 3];
  const places = indices.map((index) => ({ epoch: 1, index }));
  const { augmentation, seed } = data.run!;
  const needed = session.needs(augmentation, seed, places);
  const { pixels } = await inspectionImages(library, data.datasetId, data.revision, needed);
  const fed = new Uint8Array(indices.length * imageBytes);
  const pixelsOf = (index: number) => pixels.subarray(needed.indexOf(index) * imageBytes, (needed.indexOf(index) + 1) * imageBytes);
  return { fed, drawn: session.draws(augmentation, seed, places, pixelsOf, (tile, i) => { fed.set(tile, i * imageBytes); }) };
}

const types = (events: readonly StoredEvent[]) => events.map(({ type }) => type).filter((type) => type !== 'steps' && type !== 'rate');

describe('a run in a process of its own', () => {
  it('records what it does, keeps the last and the best weights, and shows its first batch as fed', async () => {
    const library = trainingLibrary();
    const runId = await waitingRun(library);
    const streamed: TrainerEvent[] = [];
    expect(await train(library, runId, { on: (events) => streamed.push(...events) })).toMatchObject({ outcome: 'completed', error: null, exit: { code: 0, signal: null } });

    const { events } = await readEvents(library, runId);
    expect(events).toEqual(streamed);
    expect(types(events)).toEqual(['started', 'firstBatch', 'epoch', 'checkpoint', 'epoch', 'checkpoint', 'epoch', 'checkpoint', 'checkpoint', 'ended']);
    expect(events[0]).toMatchObject({ totalSteps: 12, stepsPerEpoch: 4, trainImages: 64, validationImages: 30, plainTrainImages: 64, parameterCount: 11_178_051, intraOpThreads: 2, workers: 1 });
    const view = replay(events);
    expect([...view.steps.column('step')]).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(view.steps.last('learningRate')).toBeGreaterThan(0);

    const manifest = await readRun(library, runId);
    expect(manifest).toMatchObject({ status: 'completed', failure: null, summary: { epochsDone: 3, step: 12 }, environment: { device: { kind: 'cpu' }, intraOpThreads: 2 } });
    const steps = await checkpointSteps(library, runId);
    expect(steps.at(-1)).toBe(12);
    expect(steps.length).toBeLessThanOrEqual(2);
    expect(steps).toContain(manifest.summary.bestValidation!.epoch * 4);
    for (const step of steps) expect(Object.keys((await readPosition(library, runId, step)).files)).toEqual(['weights.safetensors']);

    // The last epoch's answers, image by image: they give the accuracy that was recorded.
    const predictions = await readPredictions(library, runId, 'validation');
    expect(predictions).toMatchObject({ step: 12, classes: ['赤', 'green', 'blue'], dataRevision: manifest.dataset.revision });
    expect(new Set(predictions!.indices).size).toBe(30);
    expect(readingOf(predictions!).right / 30).toBe(manifest.summary.lastValidation!.accuracy);
    for (let i = 0; i < 90; i += 3) expect(predictions!.probabilities.subarray(i, i + 3).reduce((a, b) => a + b)).toBeCloseTo(1, 6);

    const batch = await readFirstBatch(library, runId);
    expect(batch).toMatchObject({ width: 32, height: 32 });
    expect(batch!.pixels.length).toBe(16 * 32 * 32 * 3);
    expect(new Set(batch!.indices).size).toBe(16);
    expect(batch!.labels).toEqual(batch!.indices.map((index) => index % 3));
    expect(Buffer.compare((await inspected(library, runId)).fed, batch!.pixels)).toBe(0);
    expect(existsSync(join(runFolder(library, runId), 'lock'))).toBe(false);
  });

  it('stopped in the middle of an epoch and resumed, with other worker threads, ends in the same bytes', { timeout: 180_000 }, async () => {
    const library = trainingLibrary();
    const augmentation: RunConfigInput['augmentation'] = [{ kind: 'randomCrop' }, { kind: 'flip' }, { kind: 'trivialAugmentWide' }, { kind: 'mixup', alpha: 0.4 }, { kind: 'cutmix', switchProbability: 0.6 }];
    const whole = await waitingRun(library, { workers: 0, augmentation });
    await train(library, whole);

    const halves = await waitingRun(library, { workers: 3, checkpointEveryMinutes: 0.0001, augmentation });
    const stopped = await train(library, halves, {
      // The first checkpoint is made within the first epoch.
      on: (events, handle) => { if (events.some(({ type }) => type === 'checkpoint')) handle.stop(); },
    });
    expect(stopped).toMatchObject({ outcome: 'stopped', exit: { code: 3, signal: null } });
    const reached = (await checkpointSteps(library, halves)).at(-1)!;
    expect(reached).toBeLessThan(12);
    expect(await readRun(library, halves)).toMatchObject({ status: 'stopped', summary: { step: reached } });
    expect(await train(library, halves, { resume: true })).toMatchObject({ outcome: 'completed' });
    expect((await readEvents(library, halves)).events).toContainEqual(expect.objectContaining({ type: 'resumed', step: reached }));
    expect(await resultBytes(library, halves)).toBe(await resultBytes(library, whole));

    // The first batch is kept as it was fed, mixed.
    const { mix, pixels } = (await readFirstBatch(library, whole))!;
    const { fed, drawn } = await inspected(library, whole);
    expect(mix).not.toBeNull();
    expect(drawn.map((one) => one.mix?.draw)).toEqual(drawn.map(() => mix));
    expect(Buffer.compare(fed, pixels)).toBe(0);
  });

  it('pauses with a checkpoint, takes notes, and goes on', async () => {
    const library = trainingLibrary();
    const runId = await waitingRun(library, { epochs: 2 });
    // It was made by another version of Cultivar, which has been updated while it waited.
    const file = join(runFolder(library, runId), 'manifest.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"numericsVersion": 1', '"numericsVersion": 7'));
    expect((await readRun(library, runId)).numericsVersion).toBe(7);
    const ended = await train(library, runId, {
      on: (events, handle) => {
        for (const { type } of events) {
          if (type === 'firstBatch') handle.pause();
          if (type === 'paused') handle.note('お茶');
          if (type === 'paused') handle.continue();
        }
      },
    });
    expect(ended.outcome).toBe('completed');
    expect((await readRun(library, runId)).numericsVersion).toBe(numericsVersion);
    const { events } = await readEvents(library, runId);
    const order = types(events).filter((type) => ['checkpoint', 'paused', 'continued'].includes(type));
    expect(order.slice(0, 3)).toEqual(['checkpoint', 'paused', 'continued']);
    expect(events).toContainEqual(expect.objectContaining({ type: 'noted', text: 'お茶' }));
  });

  it('that diverges fails with the step, the learning rate and what to try', async () => {
    const library = trainingLibrary();
    const runId = await waitingRun(library, { schedule: { kind: 'constant', learningRate: 100, warmupEpochs: 0 }, optimizer: { kind: 'sgd', weightDecay: 1 }, epochs: 40 });
    const ended = await train(library, runId);
    expect(ended).toMatchObject({ outcome: 'failed', exit: { code: 1, signal: null }, error: { code: 'loss-not-finite' } });
    expect(ended.error).toMatchObject({ message: expect.stringMatching(/step \d+.*learning rate 100/), remedy: expect.stringMatching(/smaller|tenth/) });
    const view = replay((await readEvents(library, runId)).events);
    expect(Number.isFinite(view.steps.last('loss'))).toBe(false);
    expect(await readRun(library, runId)).toMatchObject({ status: 'failed', failure: { code: 'loss-not-finite' } });
  });

  it('that crashes shows the signal and keeps what was recorded', async () => {
    const library = trainingLibrary();
    const runId = await waitingRun(library, { epochs: 200 });
    const seen: TrainerEvent[] = [];
    const ended = await train(library, runId, {
      on: (events, handle) => {
        seen.push(...events);
        if (events.some(({ type }) => type === 'checkpoint')) process.kill(handle.pid()!, 'SIGSEGV');
      },
    });
    expect(ended).toMatchObject({ outcome: 'failed', exit: { code: null, signal: 'SIGSEGV' }, error: { code: 'trainer-crashed', message: expect.stringContaining('SIGSEGV') } });
    expect(await readRun(library, runId)).toMatchObject({ status: 'failed', failure: { code: 'trainer-crashed' } });
    const stored = (await readEvents(library, runId)).events;
    expect(stored.length).toBeGreaterThanOrEqual(seen.length);
  });

  it('stops at a checkpoint when its process is asked to end, as a shutdown asks them all', async () => {
    const library = trainingLibrary();
    const runId = await waitingRun(library, { epochs: 200 });
    const ended = await train(library, runId, { on: (events, handle) => { if (events.some(({ type }) => type === 'firstBatch')) process.kill(handle.pid()!, 'SIGTERM'); } });
    expect(ended).toMatchObject({ outcome: 'stopped', error: null, exit: { code: 3, signal: null } });
    expect(await readRun(library, runId)).toMatchObject({ status: 'stopped', summary: { step: (await checkpointSteps(library, runId)).at(-1)! } });
  });

  it('ends when its host is killed', async () => {
    const library = trainingLibrary();
    const runId = await waitingRun(library, { epochs: 2000 });
    const host = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, '../../test/support/hostProcess.ts'), library, runId], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(host.stdout, 'data')) as [Buffer];
    const trainer = Number(String(line).trim());
    expect(processStart(trainer)).not.toBeNull();
    host.kill('SIGKILL');
    await expect.poll(() => processStart(trainer), { timeout: 30_000, interval: 50 }).toBeNull();
    expect(await readRun(library, runId)).toMatchObject({ status: 'interrupted' });
    // What it wrote last is whole.
    readFileSync(join(runFolder(library, runId), 'events.jsonl'), 'utf8').trimEnd().split('\n').forEach((text) => { JSON.parse(text); });
  });
});
