import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { labelBytes, labelsOf } from '../core/data/labels';
import { CultivarError } from '../contracts/errors';
import type { EvaluationSplit, SplitPredictions } from '../contracts/trainer';
import { errorCode, makeFolder, readJson, writeFileAtomic, writeJsonAtomic } from './atomic';
import { acquireLock } from './lock';
import { runFolder, runLockFile } from './paths';

/** `runs/<id>/predictions/<split>-<step>.json`, schema 1; the numbers lie beside it in `.bin`. */
const headerSchema = z.strictObject({
  schemaVersion: z.literal(1),
  split: z.enum(['validation', 'test']),
  /** Of the weights, in steps done. */
  step: z.int().min(0),
  classes: z.array(z.string()).min(2),
  images: z.int().min(0),
  dataRevision: z.string(),
  /** float32 [images, classes] softmax probabilities, uint32 [images] index in the data set, uint8 [images] label (uint16 beyond 256 classes); little endian. */
  bin: z.strictObject({ bytes: z.int().min(0), sha256: z.string() }),
});

export interface RunPredictions extends SplitPredictions {
  readonly split: EvaluationSplit;
  readonly step: number;
  readonly classes: readonly string[];
  readonly dataRevision: string;
}

const folderOf = (library: string, runId: string) => join(runFolder(library, runId), 'predictions');
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

/**
 * Writes a run's predictions; the caller holds the run. The header comes last, so that one that is there has all its numbers.
 * @throws CultivarError a storage error
 */
export async function writePredictions(library: string, runId: string, { split, step, classes, dataRevision, indices, labels, probabilities }: RunPredictions): Promise<void> {
  const folder = folderOf(library, runId);
  await makeFolder(folder);
  const parts = [probabilities, indices, labels].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
  if (endianness() !== 'LE') throw new Error('predictions are written on little-endian machines only');
  const bin = Buffer.concat(parts);
  const name = `${split}-${step}`;
  await writeFileAtomic(join(folder, `${name}.bin`), bin);
  await writeJsonAtomic(join(folder, `${name}.json`), {
    schemaVersion: 1, split, step, classes: [...classes], images: labels.length, dataRevision, bin: { bytes: bin.length, sha256: sha256(bin) },
  } satisfies z.input<typeof headerSchema>);
}

/**
 * Writes predictions of a run that this process does not hold.
 * @returns false where another process is at the run: what it does may make them old
 * @throws CultivarError a storage error
 */
export async function storePredictions(library: string, runId: string, predictions: RunPredictions): Promise<boolean> {
  try {
    const lock = await acquireLock(runLockFile(library, runId), 'storing predictions');
    await writePredictions(library, runId, predictions).finally(() => lock.release());
    return true;
  } catch (error) {
    if (error instanceof CultivarError && error.code === 'run-locked') return false;
    throw error;
  }
}

/** Steps that predictions are stored for, lowest first. */
export async function predictionSteps(library: string, runId: string, split: EvaluationSplit): Promise<number[]> {
  const names = await readdir(folderOf(library, runId)).catch((error: unknown): string[] => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  });
  const pattern = new RegExp(`^${split}-(\\d+)\\.json$`);
  return names.flatMap((name) => pattern.exec(name)?.[1] ?? []).map(Number).sort((a, b) => a - b);
}

/**
 * The predictions of a run's last step that has any; null where none are stored.
 * @throws CultivarError run-damaged where the files are not as they were written
 */
export async function readPredictions(library: string, runId: string, split: EvaluationSplit): Promise<RunPredictions | null> {
  const step = (await predictionSteps(library, runId, split)).at(-1);
  if (step === undefined) return null;
  const name = `${split}-${step}`;
  const damaged = (what: string) => new CultivarError({
    code: 'run-damaged', message: `The predictions ${name} of the run "${runId}" are damaged: ${what}.`, remedy: 'Compute them again from its last checkpoint.',
  });
  const header = headerSchema.safeParse(await readJson(join(folderOf(library, runId), `${name}.json`)).catch(() => null));
  if (!header.success) throw damaged('the header cannot be read');
  const { classes, images: n, dataRevision, bin } = header.data;
  const data = await readFile(join(folderOf(library, runId), `${name}.bin`)).catch(() => null);
  const [probabilityBytes, indexBytes] = [n * classes.length * 4, n * 4];
  if (data?.length !== probabilityBytes + indexBytes + labelBytes(classes.length) * n || data.length !== bin.bytes || sha256(data) !== bin.sha256) throw damaged('the numbers have changed');
  // Copied, so that every array starts where its type may.
  const part = (from: number, bytes: number) => Uint8Array.from(data.subarray(from, from + bytes)).buffer;
  return {
    split, step, classes, dataRevision,
    probabilities: new Float32Array(part(0, probabilityBytes)), indices: new Uint32Array(part(probabilityBytes, indexBytes)), labels: labelsOf(new Uint8Array(part(probabilityBytes + indexBytes, labelBytes(classes.length) * n)), classes.length),
  };
}
