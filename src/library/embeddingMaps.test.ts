import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { trainingLibrary, waitingRun } from '../../test/support/trainingLibrary';
import type { EmbeddingMap } from '../contracts/calls/tools';
import { readEmbeddingMap, storeEmbeddingMap } from './embeddingMaps';
import { acquireLock } from './lock';
import { runFolder, runLockFile } from './paths';

const mapOf = (runId: string): EmbeddingMap => ({
  runId, split: 'validation', step: 12, epochsDone: 3, classes: ['赤', 'green', 'blue'], dataRevision: 'ab', method: 'umap', seed: 0, splitImages: 5,
  points: Float32Array.of(0.5, -1, 2, 3), indices: Uint32Array.of(4_000_000_000, 7), labels: Uint8Array.of(2, 0), predicted: Uint8Array.of(2, 1), explainedVariance: null,
});

it('a map comes back as it was, of its own weights, method and seed alone; a changed one is damage', async () => {
  const library = trainingLibrary();
  const runId = await waitingRun(library);
  const map = mapOf(runId);
  expect(await readEmbeddingMap(library, runId, map)).toBeNull();
  expect(await storeEmbeddingMap(library, map)).toBe(true);
  expect(await readEmbeddingMap(library, runId, map)).toEqual(map);
  for (const other of [{ step: 13 }, { method: 'pca' as const }, { seed: 1 }, { split: 'test' as const }]) expect(await readEmbeddingMap(library, runId, { ...map, ...other })).toBeNull();
  const file = join(runFolder(library, runId), 'predictions/map-validation-12-umap-0.bin');
  writeFileSync(file, readFileSync(file).subarray(1));
  await expect(readEmbeddingMap(library, runId, map)).rejects.toMatchObject({ code: 'run-damaged' });
});

it('is not stored while another process is at the run', async () => {
  const library = trainingLibrary();
  const runId = await waitingRun(library);
  const lock = await acquireLock(runLockFile(library, runId), 'a test');
  expect(await storeEmbeddingMap(library, mapOf(runId))).toBe(false);
  await lock.release();
});
