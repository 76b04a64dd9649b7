import { expect, it } from 'vitest';
import { completeRun } from '../../../test/support/completedRun';
import { trainingLibrary, waitingRun } from '../../../test/support/trainingLibrary';
import { CultivarError } from '../../contracts/errors';
import { writeEpochAnswers } from '../../library/epochAnswers';
import { storePredictions } from '../../library/predictions';
import { recordTestOpening } from '../../library/testLedger';
import { readRun } from '../../library/runs';
import type { evaluateOnce } from '../../trainer/host/evaluateOnce';
import { predictionHandlers } from './predictionHandlers';

it('names the runs whose predictions are missing or of older weights, and cancels what is computed and what waits for it', async () => {
  const libraryDir = trainingLibrary();
  const [kept, older, none] = await Promise.all([1, 2, 3].map((seed) => waitingRun(libraryDir, { seed }))) as [string, string, string];
  for (const runId of [kept, older, none]) await completeRun(libraryDir, runId, 0.5);
  for (const [runId, behind] of [[kept, 0], [older, 1]] as const) {
    const { dataset: { revision }, summary: { step } } = await readRun(libraryDir, runId);
    await storePredictions(libraryDir, runId, { split: 'validation', step: step - behind, dataRevision: revision, classes: ['a', 'b', 'c'], indices: Uint32Array.of(0), labels: Uint8Array.of(1), probabilities: Float32Array.of(0, 1, 0) });
  }
  // The trainer's process is the outermost edge: here it only ever ends by being cancelled.
  const started: string[] = [];
  const evaluate = ((_library, runId, _split, { signal } = {}) => new Promise((_resolve, reject) => {
    started.push(runId);
    const end = () => { reject(new CultivarError({ code: 'tool-cancelled', message: 'cancelled' })); };
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end);
  })) as typeof evaluateOnce;
  const handlers = predictionHandlers({ libraryDir, push: () => undefined }, evaluate);

  expect(await handlers['predictions.missing'].answer([none, kept, older])).toEqual([none, older]);
  await expect(handlers['predictions.missing'].answer(['no-such-run'])).rejects.toMatchObject({ code: 'run-unknown' });
  const asked = [none, older].map((runId) => Promise.resolve(handlers['predictions.compute'].answer(runId, null)));
  const ended = Promise.allSettled(asked);
  await expect.poll(() => started).toEqual([none]);
  void handlers['predictions.cancel'].answer();
  expect((await ended).map((one) => (one.status === 'rejected' ? (one.reason as CultivarError).code : 'done'))).toEqual(['tool-cancelled', 'tool-cancelled']);
  // What is asked for later is not cancelled by it.
  void Promise.resolve(handlers['predictions.compute'].answer(older, null)).catch(() => undefined);
  await expect.poll(() => started.length).toBe(3);
});

it('says what a run keeps, gives views only of the same weights, and test answers only once the test set was opened for it', async () => {
  const libraryDir = trainingLibrary();
  const runId = await waitingRun(libraryDir);
  const { dataset: { revision } } = await readRun(libraryDir, runId);
  const plain = { split: 'validation', step: 8, dataRevision: revision, classes: ['a', 'b', 'c'], indices: Uint32Array.of(0), labels: Uint8Array.of(1), probabilities: Float32Array.of(0, 1, 0) } as const;
  const tta = { kind: 'flip', msPerImage: { plain: 1, augmented: 2 } } as const;
  await storePredictions(libraryDir, runId, plain, { ...plain, tta, probabilities: Float32Array.of(0.5, 0.5, 0) }, { ...plain, split: 'test' });
  for (const epoch of [1, 2]) await writeEpochAnswers(libraryDir, runId, plain, { epoch, step: epoch * 4, answers: Uint16Array.of(epoch), confidences: Float64Array.of(1) });
  const handlers = predictionHandlers({ libraryDir, push: () => undefined });

  expect(await handlers['predictions.kept'].answer(runId)).toEqual({ splits: (['validation', 'test'] as const).map((split) => ({ split, images: 1, step: 8 })), epochs: [{ epoch: 1, step: 4 }, { epoch: 2, step: 8 }] });
  expect(await handlers['predictions.augmented'].answer(runId, 'validation', 'flip')).toEqual({ ...plain, runId, ...tta, probabilities: Float32Array.of(0.5, 0.5, 0) });
  expect(await handlers['predictions.augmented'].answer(runId, 'validation', 'flip-shift')).toBeNull();
  expect(await handlers['predictions.epochImages'].answer(runId)).toMatchObject({ runId, indices: plain.indices, labels: plain.labels });
  expect(await handlers['predictions.epoch'].answer(runId, 2)).toMatchObject({ step: 8, answers: Uint16Array.of(2) });
  await expect(handlers['predictions.get'].answer(runId, 'test')).rejects.toMatchObject({ code: 'usage' });
  await recordTestOpening(libraryDir, revision, { runId, experimentId: null, purpose: 'evaluate' });
  expect(await handlers['predictions.get'].answer(runId, 'test')).toMatchObject({ split: 'test', step: 8 });
  // Newer plain answers: the views of older weights are none of theirs.
  await storePredictions(libraryDir, runId, { ...plain, step: 12 });
  expect(await handlers['predictions.augmented'].answer(runId, 'validation', 'flip')).toBeNull();
});
