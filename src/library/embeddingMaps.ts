import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { EmbeddingMap } from '../contracts/calls/tools';
import { CultivarError } from '../contracts/errors';
import type { EvaluationSplit } from '../contracts/evaluationSplit';
import { labelBytes, labelsOf } from '../core/data/labels';
import { projectionMethods, type ProjectionMethod } from '../core/predictions/projectionMethods';
import { binSchema, readNumbers, writeNumbers } from './numbersFile';
import { runFolder } from './paths';
import { whileFree } from './whileFree';

/** `runs/<id>/predictions/map-<split>-<step>-<method>-<seed>.json`, schema 1; beside it `.bin`: float32 [images, 2] points, uint32 [images] index, labels, predicted classes. */
const headerSchema = z.strictObject({
  schemaVersion: z.literal(1),
  split: z.enum(['validation', 'test']),
  step: z.int().min(0),
  epochsDone: z.int().min(0),
  classes: z.array(z.string()).min(2),
  dataRevision: z.string(),
  method: z.enum(projectionMethods),
  seed: z.int().min(0),
  images: z.int().min(0),
  /** Images of the split, of which a large one's map shows a part. */
  splitImages: z.int().min(0),
  explainedVariance: z.tuple([z.number(), z.number()]).nullable(),
  bin: binSchema,
});

interface MapKey {
  readonly split: EvaluationSplit;
  readonly step: number;
  readonly method: ProjectionMethod;
  readonly seed: number;
}

const folderOf = (library: string, runId: string) => join(runFolder(library, runId), 'predictions');
const nameOf = ({ split, step, method, seed }: MapKey) => `map-${split}-${step}-${method}-${seed}`;

/**
 * Keeps a map with its run.
 * @returns false where another process is at the run
 * @throws CultivarError a storage error
 */
export const storeEmbeddingMap = (library: string, { runId, points, indices, labels, predicted, ...header }: EmbeddingMap): Promise<boolean> =>
  whileFree(library, runId, 'storing a map', () => writeNumbers(folderOf(library, runId), nameOf(header), { schemaVersion: 1, ...header, images: indices.length }, [points, indices, labels, predicted]));

/**
 * The map of a run's weights at a step; null where none is stored.
 * @throws CultivarError run-damaged where the files are not as they were written
 */
export async function readEmbeddingMap(library: string, runId: string, key: MapKey): Promise<EmbeddingMap | null> {
  const name = nameOf(key);
  if (!(await stat(join(folderOf(library, runId), `${name}.json`)).then(() => true, () => false))) return null;
  const damaged = (what: string) => new CultivarError({ code: 'run-damaged', message: `The map ${name} of the run "${runId}" is damaged: ${what}.`, remedy: 'Make it again.' });
  const { header: { schemaVersion: _, images: __, bin: ___, ...header }, arrays } = await readNumbers(folderOf(library, runId), name, headerSchema, ({ images: n, classes }) => [8 * n, 4 * n, labelBytes(classes.length) * n, labelBytes(classes.length) * n], damaged);
  const [points, indices, labels, predicted] = arrays as [ArrayBuffer, ArrayBuffer, ArrayBuffer, ArrayBuffer];
  const classesOf = (bytes: ArrayBuffer) => labelsOf(new Uint8Array(bytes), header.classes.length);
  return { runId, ...header, points: new Float32Array(points), indices: new Uint32Array(indices), labels: classesOf(labels), predicted: classesOf(predicted) };
}
