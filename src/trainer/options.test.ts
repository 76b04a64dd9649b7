import { describe, expect, it } from 'vitest';
import { resultBytes, trainingLibrary, waitingRun } from '../../test/support/trainingLibrary';
import type { RunConfigInput } from '../core/config/run';
import { learningRateAt } from '../core/schedule/learningRate';
import { readPredictions as readingOf, topAnswers } from '../core/predictions/reading';
import { extendRun } from '../data/extendRun';
import { averageFile, checkpointSteps, optimizerFile, readCheckpointFile, readFirstBatch, readPosition, weightsFile } from '../library/checkpoints';
import { readEvents } from '../library/events';
import { keptEpochs, readEpochAnswers } from '../library/epochAnswers';
import { readAugmentedPredictions, readPredictions } from '../library/predictions';
import { readRun } from '../library/runs';
import { evaluateOnce } from './host/evaluateOnce';
import { runOnce } from './host/runOnce';

const train = (library: string, runId: string) => runOnce(library, runId, false, () => undefined).ended;
const files = async (library: string, runId: string, ...names: readonly string[]) => {
  const position = await readPosition(library, runId, (await checkpointSteps(library, runId)).at(-1)!);
  return Promise.all(names.map((name) => readCheckpointFile(library, runId, position, name)));
};

describe('options of training', () => {
  it('a run that stopped early and was extended is, to the last byte, one that never stopped', async () => {
    const library = trainingLibrary();
    const options: RunConfigInput = {
      optimizer: { kind: 'adamw', weightDecay: 0.05, decayNormAndBias: false }, schedule: { kind: 'constant', learningRate: 0.002, warmupEpochs: 0 }, clipNorm: 5,
      emaDecay: 0.9, microBatches: 2, keepOptimizerState: true, epochs: 3,
    };
    const whole = await waitingRun(library, options);
    expect(await train(library, whole)).toMatchObject({ outcome: 'completed', error: null });

    // No epoch after the first improves by all of the images.
    const early = await waitingRun(library, { ...options, earlyStopping: { patienceEpochs: 1, minDelta: 1 } });
    expect(await train(library, early)).toMatchObject({ outcome: 'completed', error: null });
    const { events } = await readEvents(library, early);
    expect(events.filter(({ type }) => type === 'planned')).toMatchObject([{ reason: 'early-stopping', epochs: 2, asked: 3, step: 8, totalSteps: 8 }]);
    expect((await readRun(library, early)).summary).toMatchObject({ epochsDone: 2, step: 8, shortened: 'early-stopping' });
    expect(await readPredictions(library, early, 'validation')).toMatchObject({ step: 8 });
    for (const event of events) if (event.type === 'epoch') expect(event.emaValidation).toMatchObject({ images: 30 });

    const added = await extendRun(library, early, 1, options.schedule);
    expect(added.config.resolved.continues).toMatchObject({ runId: early, epochs: 2, steps: 8 });
    expect(await train(library, added.id)).toMatchObject({ outcome: 'completed', error: null });
    const names = [weightsFile, optimizerFile, averageFile];
    const [expected, found] = [await files(library, whole, ...names), await files(library, added.id, ...names)];
    names.forEach((name, i) => expect(found[i]!.equals(expected[i]!), name).toBe(true));
    expect(found[0]!.equals(found[2]!)).toBe(false);
    // Looked at later, the average is what the last epoch's evaluation saw.
    const { result: { passedOver: _, ...ema }, stored } = await evaluateOnce(library, whole, 'validation', { weights: 'ema' });
    expect(ema).toMatchObject({ weights: 'ema', ...(await readEvents(library, whole)).events.findLast((event) => event.type === 'epoch')?.emaValidation });
    expect(stored).toBe(false);
    // Each epoch's answers are kept; the last one's are those of the whole predictions.
    expect((await keptEpochs(library, whole))!.epochs).toEqual([1, 2, 3].map((epoch) => ({ epoch, step: 4 * epoch })));
    // An extension counts its own.
    expect((await keptEpochs(library, added.id))!.epochs).toEqual([{ epoch: 1, step: 4 }]);
    const predictions = (await readPredictions(library, whole, 'validation'))!;
    const [top, last] = [topAnswers(predictions), await readEpochAnswers(library, whole, 3)];
    expect(last.answers).toEqual(top.answers);
    last.confidences.forEach((value, i) => { expect(value).toBeCloseTo(top.confidences[i]!, 4); });
    // Views are stored beside them: the plain answers stay to the last byte.
    const seen: number[] = [];
    const { augmented, result: views } = await evaluateOnce(library, whole, 'validation', { tta: 'flip', told: (done, images) => { seen.push(done); expect(images).toBe(30); } });
    expect(seen.at(-1)).toBe(30);
    expect(await readPredictions(library, whole, 'validation')).toEqual(predictions);
    const kept = (await readAugmentedPredictions(library, whole, 'validation', 12, 'flip'))!;
    expect(kept.probabilities).toEqual(augmented!.probabilities);
    expect(readingOf(kept).right / 30).toBe(views.tta!.accuracy);
    expect(kept.tta!.msPerImage.augmented).toBeGreaterThan(kept.tta!.msPerImage.plain);
    expect(await readAugmentedPredictions(library, whole, 'validation', 12, 'flip-shift')).toBeNull();
    // Order and draws are those of the third epoch.
    expect((await readFirstBatch(library, added.id))!.indices).not.toEqual((await readFirstBatch(library, early))!.indices);
    await expect(extendRun(library, await waitingRun(library), 1)).rejects.toMatchObject({ code: 'config-invalid' });
  }, 900_000);

  it('a time budget plans the epochs that fit before the first step, and presses the schedule together', async () => {
    const library = trainingLibrary();
    const config: RunConfigInput = { epochs: 5, timeBudgetMinutes: 1e-6, schedule: { kind: 'linear', learningRate: 0.02, warmupEpochs: 1 } };
    const runId = await waitingRun(library, config);
    expect(await train(library, runId)).toMatchObject({ outcome: 'completed', error: null });
    const { events } = await readEvents(library, runId);
    const planned = events.find(({ type }) => type === 'planned');
    expect(planned).toMatchObject({ reason: 'time-budget', epochs: 1, asked: 5, step: 0, totalSteps: 4 });
    const rates = events.flatMap((event) => (event.type === 'steps' ? [...event.learningRate] : []));
    const { schedule } = (await readRun(library, runId)).config.resolved;
    expect(rates).toEqual([0, 5, 10, 15].map((step) => learningRateAt(schedule, step, 20, 4)));
    // The measuring left no trace: the same run without a budget, as long as this one came to be, begins alike.
    const plain = await waitingRun(library, { ...config, timeBudgetMinutes: null, epochs: 5 });
    const { losses } = await firstEpoch(library, plain);
    expect(events.flatMap((event) => (event.type === 'steps' ? [...event.loss] : []))[0]).toBe(losses[0]);
    expect((await readRun(library, runId)).summary.shortened).toBe('time-budget');
    expect(await resultBytes(library, runId)).toContain('"weightsStep":4');
  }, 900_000);
});

/** Trains until the first epoch has been evaluated. */
async function firstEpoch(library: string, runId: string): Promise<{ losses: number[] }> {
  const losses: number[] = [];
  const handle = runOnce(library, runId, false, (events) => {
    for (const event of events) if (event.type === 'steps') losses.push(...event.loss);
    if (losses.length > 0) handle.stop();
  });
  await handle.ended;
  return { losses };
}
