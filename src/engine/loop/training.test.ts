import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { tempFolder } from '../../../test/support/tempFolder';
import type { OpenDataset } from '../../contracts/dataset';
import { runConfigSchema, type RunConfigInput } from '../../core/config/run';
import type { StoredEvent, TrainerEvent } from '../../core/run/events';
import { replay } from '../../core/run/view';
import { checkpointSteps, readPosition } from '../../library/checkpoints';
import { readEvents } from '../../library/events';
import { runFolder } from '../../library/paths';
import { createRun } from '../../library/runs';
import { openRunWriter, type RunWriter } from '../../library/runWriter';
import { startPosition, type CheckpointIdentity, type Position } from '../checkpoint/checkpoint';
import type { Network } from '../step/network';
import { RunControl } from './control';
import { Recorder } from './recorder';
import { Training } from './training';

// The loop alone, over a network that learns nothing: what is recorded and kept when, and what a resume finds.

/** Two steps an epoch of four images of one pixel, and a network whose answers are given. */
const images = { train: Uint32Array.of(0, 1, 2, 3), validation: Uint32Array.of(4, 5), trainCheck: Uint32Array.of(0, 1) };
const dataset = (): OpenDataset => {
  const shared = (values: readonly number[]) => {
    const bytes = new Uint8Array(new SharedArrayBuffer(values.length));
    bytes.set(values);
    return bytes;
  };
  return {
    manifest: null as never, classes: ['a', 'b'], revision: 'd', splits: { train: { start: 0, count: 6 }, test: { start: 6, count: 0 } },
    store: { pixels: shared(Array.from({ length: 18 }, () => 9)), labels: shared([0, 1, 0, 1, 0, 1]), width: 1, height: 1, channels: 3 },
  };
};

/**
 * @param judge called for each batch that is evaluated: the loss of an image
 * @param weight that it has
 */
const network = (judge: () => number = () => 1, weight: () => number = () => 1): Network => ({
  spec: null as never, parameterCount: 0,
  trainStep: ({ labels }) => ({ loss: 0.5, correct: labels.length }),
  evaluate: ({ labels }) => ({ lossSum: judge() * labels.length, correct: 1, logits: new Float32Array(2 * labels.length) }),
  readState: () => [{ name: 'w', shape: [1], role: 'parameter', data: Float32Array.of(weight()) }], writeState: () => undefined, close: () => undefined,
});

interface Sitting {
  readonly network?: Network;
  readonly control?: RunControl;
  readonly position?: Position;
  /** Stands between the loop and the disk. */
  readonly around?: (writer: RunWriter) => RunWriter;
}

async function run(given: RunConfigInput) {
  const library = tempFolder();
  const config = runConfigSchema.parse({ batchSize: 2, workers: 0, ...given });
  const { id } = await createRun(library, { name: '', config: { given: {}, resolved: config }, dataset: { id: 'cifar10', revision: 'd' }, numericsVersion: 1 });
  const identity: CheckpointIdentity = { library, runId: id, config, dataRevision: 'd' };
  const sit = async ({ network: net = network(), control = new RunControl(), position = startPosition, around = (writer) => writer }: Sitting = {}) => {
    const writer = await openRunWriter(library, id, 'a test');
    try {
      const used = around(writer);
      const recorder = new Recorder(used, () => undefined);
      if (position.step > 0) await recorder.record({ type: 'resumed', atMs: 1, step: position.step });
      return await new Training({ identity, network: net, dataset: dataset(), split: images, recorder, writer: used, control, workers: 0, stepsPerEpoch: 2, epochs: config.epochs }, position).run();
    } finally {
      await writer.close();
    }
  };
  const checkpoint = (step: number) => join(runFolder(library, id), 'checkpoints', String(step));
  return { library, id, sit, checkpoint, events: async () => (await readEvents(library, id)).events };
}

/** What goes to the disk is seen first. */
const seeing = (see: (event: TrainerEvent) => void) => (writer: RunWriter): RunWriter => ({
  ...writer, append: (...events) => {
    events.forEach(see);
    return writer.append(...events);
  },
});

const ofType = <T extends TrainerEvent['type']>(events: readonly StoredEvent[], type: T) => events.filter((event): event is Extract<TrainerEvent, { type: T }> => event.type === type);

describe('the loop', () => {
  it('has recorded every step before the checkpoint that a resume goes on from stands', async () => {
    const { sit, checkpoint, events } = await run({ epochs: 2, checkpointEveryMinutes: 1e-9 });
    const early: number[] = [];
    await sit({ around: seeing((event) => { if (event.type === 'steps') early.push(...event.step.filter((step) => existsSync(checkpoint(step)))); }) });
    expect(early).toEqual([]);
    expect(ofType(await events(), 'checkpoint').map(({ step, reason }) => [step, reason])).toEqual([[1, 'time'], [2, 'time'], [2, 'epoch'], [3, 'time'], [4, 'time'], [4, 'epoch']]);
  });

  // The third epoch in a row without an improvement ends the run: an epoch that counts twice would end it earlier.
  it('killed between the record of an epoch and its checkpoint counts that epoch once', async () => {
    const config: RunConfigInput = { epochs: 9, checkpointEveryMinutes: 1e-9, earlyStopping: { patienceEpochs: 3, minDelta: 0.5 } };
    const { library, id, sit, events } = await run(config);
    const killed = sit({ around: (writer) => ({ ...writer, update: () => Promise.reject(new Error('killed')) }) });
    await expect(killed).rejects.toThrow('killed');
    expect(ofType(await events(), 'epoch').map(({ epoch }) => epoch)).toEqual([1]);
    const { step, epochsDone, sums, elapsedMs, validationAccuracy } = await readPosition(library, id, (await checkpointSteps(library, id)).at(-1)!);
    expect([step, epochsDone]).toEqual([2, 0]);

    expect(await sit({ position: { step, epochsDone, sums, elapsedMs, validationAccuracy } })).toBe('completed');
    expect(replay(await events()).epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    expect(ofType(await events(), 'planned')).toMatchObject([{ reason: 'early-stopping', epochs: 4 }]);
    const again = ofType(await events(), 'epoch')[1]!;
    // Nothing of it was trained in the second sitting.
    expect(again.trainMs).toBe(elapsedMs);
    expect(again.imagesPerSecond).toBeCloseTo(4000 / elapsedMs, 6);
  });

  it('ends as diverged where its last step leaves weights that are no numbers, and keeps what was before', async () => {
    const { library, id, sit, events } = await run({ epochs: 2 });
    let evaluations = 0;
    const lossOf = () => (++evaluations > 2 ? Number.NaN : 1);
    const diverging = network(lossOf, () => (evaluations > 2 ? Number.NaN : 1));
    await expect(sit({ network: diverging })).rejects.toMatchObject({ code: 'loss-not-finite', message: expect.stringMatching(/validation images became not a number at step 4, with learning rate 0\.0\d+/) as string });
    expect(await checkpointSteps(library, id)).toEqual([2]);
    expect(replay(await events())).toMatchObject({ step: 4, epochs: [{ epoch: 1 }] });

    // An evaluation that overflows, as with the statistics of a few steps in a deep network, is recorded as it is.
    evaluations = 0;
    const other = await run({ epochs: 2 });
    expect(await other.sit({ network: network(lossOf) })).toBe('completed');
    expect(replay(await other.events()).epochs.map(({ validation }) => validation.loss)).toEqual([1, Number.NaN]);
  });

  it('leaves a pause in the middle of an evaluation out of its time', async () => {
    const { sit, events } = await run({ epochs: 1 });
    const control = new RunControl();
    const pausing = network(() => {
      control.pause();
      return 1;
    });
    // No time passes but in the pause.
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      await sit({ network: pausing, control, around: seeing((event) => {
        if (event.type !== 'paused') return;
        vi.advanceTimersByTime(60_000);
        // Whether the loop waits by then or not.
        setImmediate(() => { control.continue(); });
      }) });
    } finally {
      vi.useRealTimers();
    }
    expect(ofType(await events(), 'paused').length).toBeGreaterThan(0);
    expect(ofType(await events(), 'epoch').map(({ evaluateMs }) => evaluateMs)).toEqual([0]);
  });

  it('records notes that come while its last checkpoint is made', async () => {
    for (const stops of [true, false]) {
      const { sit, events } = await run({ epochs: 1 });
      const control = new RunControl();
      await sit({ control, around: seeing((event) => {
        if (stops && event.type === 'firstBatch') control.stop();
        if (event.type === 'checkpoint') control.note('お茶');
      }) });
      expect(ofType(await events(), 'noted').map(({ text }) => text)).toEqual(['お茶']);
    }
  });
});
