import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { labelBytes, labelsOf } from '../core/data/labels';
import { CultivarError } from '../contracts/errors';
import type { EvaluationSplit, SplitPredictions, ViewTimes } from '../contracts/trainer';
import { testTimeAugmentations, type TestTimeAugmentation } from '../core/augmentation/testTime';
import { errorCode } from './atomic';
import { binSchema, readNumbers, writeNumbers } from './numbersFile';
import { runFolder } from './paths';
import { whileFree } from './whileFree';

/** `runs/<id>/predictions/<split>-<step>.json` (with test-time augmentation `<split>-<step>-<kind>.json`), schema 1; the numbers lie beside it in `.bin`. */
const headerSchema = z.strictObject({
  schemaVersion: z.literal(1),
  split: z.enum(['validation', 'test']),
  /** Of the weights, in steps done. */
  step: z.int().min(0),
  classes: z.array(z.string()).min(2),
  images: z.int().min(0),
  dataRevision: z.string(),
  /** float32 [images, classes] softmax probabilities, uint32 [images] index in the data set, uint8 [images] label (uint16 beyond 256 classes); little endian. */
  bin: binSchema,
  /** Where the probabilities are means over views of each image; milliseconds an image, in batches, without and with them. */
  tta: z.strictObject({ kind: z.enum(testTimeAugmentations), msPerImage: z.strictObject({ plain: z.number().min(0), augmented: z.number().min(0) }) }).optional(),
});

export interface RunPredictions extends SplitPredictions {
  readonly split: EvaluationSplit;
  readonly step: number;
  readonly classes: readonly string[];
  readonly dataRevision: string;
  /** Of means over views of each image; absent for plain images. */
  readonly tta?: { readonly kind: TestTimeAugmentation; readonly msPerImage: ViewTimes };
}

const folderOf = (library: string, runId: string) => join(runFolder(library, runId), 'predictions');
const nameOf = (split: EvaluationSplit, step: number, tta?: TestTimeAugmentation) => [split, step, tta].filter((part) => part !== undefined).join('-');

/**
 * Writes a run's predictions; the caller holds the run. The header comes last, so that one that is there has all its numbers.
 * @throws CultivarError a storage error
 */
export async function writePredictions(library: string, runId: string, { split, step, classes, dataRevision, indices, labels, probabilities, tta }: RunPredictions): Promise<void> {
  const header = { schemaVersion: 1, split, step, classes: [...classes], images: labels.length, dataRevision, ...(tta && { tta }) } satisfies Omit<z.input<typeof headerSchema>, 'bin'>;
  await writeNumbers(folderOf(library, runId), nameOf(split, step, tta?.kind), header, [probabilities, indices, labels]);
}

/**
 * Writes predictions of a run that this process does not hold.
 * @returns false where another process is at the run: what it does may make them old
 * @throws CultivarError a storage error
 */
export const storePredictions = (library: string, runId: string, ...predictions: readonly RunPredictions[]): Promise<boolean> =>
  whileFree(library, runId, 'storing predictions', async () => { for (const one of predictions) await writePredictions(library, runId, one); });

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
  return step === undefined ? null : readNamed(library, runId, nameOf(split, step));
}

/**
 * A run's means over views of each image at one step; null where none are stored.
 * @throws CultivarError run-damaged where the files are not as they were written
 */
export async function readAugmentedPredictions(library: string, runId: string, split: EvaluationSplit, step: number, kind: TestTimeAugmentation): Promise<RunPredictions | null> {
  const name = nameOf(split, step, kind);
  const there = await stat(join(folderOf(library, runId), `${name}.json`)).then(() => true, () => false);
  return there ? readNamed(library, runId, name) : null;
}

async function readNamed(library: string, runId: string, name: string): Promise<RunPredictions> {
  const damaged = (what: string) => new CultivarError({
    code: 'run-damaged', message: `The predictions ${name} of the run "${runId}" are damaged: ${what}.`, remedy: 'Compute them again from its last checkpoint.',
  });
  const { header, arrays } = await readNumbers(folderOf(library, runId), name, headerSchema, ({ images: n, classes }) => [n * classes.length * 4, n * 4, labelBytes(classes.length) * n], damaged);
  const [probabilities, indices, labels] = arrays as [ArrayBuffer, ArrayBuffer, ArrayBuffer];
  const { split, step, classes, dataRevision, tta } = header;
  return {
    split, step, classes, dataRevision, ...(tta && { tta }),
    probabilities: new Float32Array(probabilities), indices: new Uint32Array(indices), labels: labelsOf(new Uint8Array(labels), classes.length),
  };
}
