import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { trainingLibrary, waitingRun } from '../../test/support/trainingLibrary';
import { epochAnswersBytes, keptEpochs, readEpochAnswers, writeEpochAnswers, type AnsweredImages } from './epochAnswers';
import { runFolder } from './paths';

const images: AnsweredImages = { classes: ['赤', 'green', 'blue'], dataRevision: 'ab', indices: Uint32Array.of(7, 4_000_000_000, 9), labels: Uint8Array.of(2, 0, 1) };
const answersOf = (epoch: number, seed = 0) => ({ epoch, step: epoch * 4, answers: Uint16Array.of((epoch + seed) % 3, 1, 2), confidences: Float64Array.of(0.5, 1, 1 / (epoch + 1)) });
const epochs = (...all: number[]) => all.map((epoch) => ({ epoch, step: epoch * 4 }));
const file = (library: string, runId: string) => join(runFolder(library, runId), 'predictions/validation-epochs.bin');

it('come back as they were, an epoch at a time, to half of a 65,535th', async () => {
  const library = trainingLibrary();
  const runId = await waitingRun(library);
  expect(await keptEpochs(library, runId)).toBeNull();
  for (const epoch of [1, 2, 3]) await writeEpochAnswers(library, runId, images, answersOf(epoch));
  expect(await keptEpochs(library, runId)).toEqual({ ...images, epochs: epochs(1, 2, 3) });
  const read = await readEpochAnswers(library, runId, 2);
  expect(read).toMatchObject({ epoch: 2, step: 8, answers: answersOf(2).answers });
  read.confidences.forEach((value, i) => { expect(Math.abs(value - answersOf(2).confidences[i]!)).toBeLessThanOrEqual(0.5 / 65_535); });
  await expect(readEpochAnswers(library, runId, 4)).rejects.toMatchObject({ code: 'run-damaged' });
});

it('an epoch that is trained again takes its old place, and what came after it is gone: a resumed run ends with the same bytes', async () => {
  const library = trainingLibrary();
  const [whole, resumed] = [await waitingRun(library), await waitingRun(library)];
  for (const epoch of [1, 2, 3]) await writeEpochAnswers(library, whole, images, answersOf(epoch));
  for (const epoch of [1, 2, 3]) await writeEpochAnswers(library, resumed, images, answersOf(epoch, epoch > 1 ? 1 : 0));
  await writeEpochAnswers(library, resumed, images, answersOf(2));
  expect((await keptEpochs(library, resumed))!.epochs).toEqual(epochs(1, 2));
  await writeEpochAnswers(library, resumed, images, answersOf(3));
  expect(readFileSync(file(library, resumed))).toEqual(readFileSync(file(library, whole)));
});

it('one that was cut off or has changed is damage of that epoch alone', async () => {
  const library = trainingLibrary();
  const runId = await waitingRun(library);
  for (const epoch of [5, 6, 8]) await writeEpochAnswers(library, runId, images, answersOf(epoch));
  expect((await keptEpochs(library, runId))!.epochs).toEqual(epochs(5, 6, 8));
  const bytes = readFileSync(file(library, runId));
  writeFileSync(file(library, runId), bytes.map((byte, i) => (i === 3 * 5 + 10 ? byte ^ 1 : byte)));
  await expect(readEpochAnswers(library, runId, 5)).rejects.toMatchObject({ code: 'run-damaged' });
  expect((await readEpochAnswers(library, runId, 6)).step).toBe(24);
  truncateSync(file(library, runId), bytes.length - 1);
  expect((await keptEpochs(library, runId))!.epochs).toEqual(epochs(5, 6));
  await expect(readEpochAnswers(library, runId, 8)).rejects.toMatchObject({ code: 'run-damaged' });
  // Of other data: begun anew.
  await writeEpochAnswers(library, runId, { ...images, dataRevision: 'cd' }, answersOf(7));
  expect(await keptEpochs(library, runId)).toMatchObject({ dataRevision: 'cd', epochs: epochs(7) });
});

it('are kept where they are small', () => {
  expect([epochAnswersBytes(5000, 200), epochAnswersBytes(50_000, 400), epochAnswersBytes(0, 5)]).toEqual([4_001_600, 0, 0]);
});
