import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { trainingLibrary, waitingRun } from '../../test/support/trainingLibrary';
import { acquireLock } from './lock';
import { runFolder, runLockFile } from './paths';
import { predictionSteps, readPredictions, storePredictions, writePredictions, type RunPredictions } from './predictions';

const predictions: RunPredictions = {
  split: 'validation', step: 120, classes: ['赤', 'a < b & "c"', '青'], dataRevision: 'ab',
  indices: Uint32Array.of(4_000_000_000, 7), labels: Uint8Array.of(2, 0), probabilities: Float32Array.of(0.1, 0.2, 0.7, 1, 0, 0),
};

it('come back as they were, of the last step, each split by itself', async () => {
  const library = trainingLibrary();
  const runId = await waitingRun(library);
  expect(await readPredictions(library, runId, 'validation')).toBeNull();
  await writePredictions(library, runId, { ...predictions, step: 40 });
  await writePredictions(library, runId, predictions);
  await writePredictions(library, runId, { ...predictions, split: 'test', step: 40 });
  expect(await readPredictions(library, runId, 'validation')).toEqual(predictions);
  expect(await predictionSteps(library, runId, 'validation')).toEqual([40, 120]);
  expect(await predictionSteps(library, runId, 'test')).toEqual([40]);
});

it('that have changed, or lack a part, are damage; numbers without a header are none', async () => {
  const library = trainingLibrary();
  const runId = await waitingRun(library);
  await writePredictions(library, runId, predictions);
  const file = (ending: string) => join(runFolder(library, runId), 'predictions', `validation-120.${ending}`);
  const whole = readFileSync(file('bin'));
  writeFileSync(file('bin'), whole.map((byte, i) => (i === 3 ? byte ^ 1 : byte)));
  await expect(readPredictions(library, runId, 'validation')).rejects.toMatchObject({ code: 'run-damaged' });
  writeFileSync(file('bin'), whole.subarray(1));
  await expect(readPredictions(library, runId, 'validation')).rejects.toMatchObject({ code: 'run-damaged' });
  writeFileSync(file('bin'), whole);
  expect(await readPredictions(library, runId, 'validation')).toEqual(predictions);
  appendFileSync(file('json'), '}');
  await expect(readPredictions(library, runId, 'validation')).rejects.toMatchObject({ code: 'run-damaged' });
  rmSync(file('json'));
  expect(await readPredictions(library, runId, 'validation')).toBeNull();
});

it('are not stored while another process is at the run', async () => {
  const library = trainingLibrary();
  const runId = await waitingRun(library);
  const lock = await acquireLock(runLockFile(library, runId), 'a test');
  expect(await storePredictions(library, runId, predictions)).toBe(false);
  await lock.release();
  expect(await storePredictions(library, runId, predictions)).toBe(true);
});
