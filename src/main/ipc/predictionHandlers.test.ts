import { expect, it } from 'vitest';
import { completeRun } from '../../../test/support/completedRun';
import { trainingLibrary, waitingRun } from '../../../test/support/trainingLibrary';
import { CultivarError } from '../../contracts/errors';
import { storePredictions } from '../../library/predictions';
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
