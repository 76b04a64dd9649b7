import { createHash } from 'node:crypto';
import { open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { CultivarError } from '../contracts/errors';
import type { MixDraw } from '../core/augmentation';
import type { WeightsKind } from '../core/run/weightsKind';
import { errorCode, syncFolder, writeFileAtomic, writeJsonAtomic } from './atomic';
import { createFolderWhole } from './runs';
import { runFolder } from './paths';

const sumsSchema = z.strictObject({ loss: z.number(), correct: z.number(), images: z.int().min(0) });

/** `position.json` of a checkpoint: where the run stands, and hashes of the other files. */
const positionSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Steps done. */
  step: z.int().min(0),
  /** Epochs whose evaluation is done as well. */
  epochsDone: z.int().min(0),
  /** Of the epoch that is not evaluated yet: sums over its training images. */
  sums: sumsSchema,
  /** Milliseconds of training so far, pauses left out. */
  elapsedMs: z.number().min(0),
  /** Validation accuracy where this checkpoint was made at an epoch's end; null elsewhere. */
  validationAccuracy: z.number().nullable(),
  configHash: z.string(),
  dataRevision: z.string(),
  numericsVersion: z.int(),
  files: z.record(z.string(), z.strictObject({ bytes: z.int().min(0), sha256: z.string() })),
});
export type CheckpointPosition = z.output<typeof positionSchema>;

export const weightsFile = 'weights.safetensors';
export const optimizerFile = 'optimizer.safetensors';
/** Moving averages under torchvision's names, where a run keeps them. */
export const averageFile = 'ema.safetensors';
export const fileOfWeights: Readonly<Record<WeightsKind, string>> = { raw: weightsFile, ema: averageFile };

/** @throws CultivarError config-invalid where the average is asked for of a run that keeps none */
export function checkWeightsKept(runId: string, { emaDecay }: { readonly emaDecay: number | null }, kind: WeightsKind): void {
  if (kind === 'ema' && emaDecay === null) {
    throw new CultivarError({ code: 'config-invalid', message: `The run ${runId} keeps no moving average of its weights.`, remedy: 'Take the weights themselves, or train with emaDecay.' });
  }
}

const checkpointsFolder = (library: string, runId: string) => join(runFolder(library, runId), 'checkpoints');
const checkpointFolder = (library: string, runId: string, step: number) => join(checkpointsFolder(library, runId), String(step));

export const checkpointFile = (library: string, runId: string, step: number, name: string): string => join(checkpointFolder(library, runId, step), name);

/** Steps of a run's checkpoints, oldest first. Throws where a folder that is there cannot be read: that is not "none". */
export async function checkpointSteps(library: string, runId: string): Promise<number[]> {
  const names = await readdir(checkpointsFolder(library, runId)).catch((error: unknown): string[] => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => /^\d+$/.test(name)).map(Number).sort((a, b) => a - b);
}

/**
 * Writes a checkpoint whole: it is there with every byte on the disk, or not at all.
 * @returns bytes written
 */
export async function writeCheckpoint(library: string, runId: string, position: Omit<CheckpointPosition, 'schemaVersion' | 'files'>, files: Readonly<Record<string, readonly Uint8Array[]>>): Promise<number> {
  const folder = checkpointFolder(library, runId, position.step);
  let total = 0;
  const written: CheckpointPosition['files'] = {};
  const aside = asideOf(folder);
  // Unfinished ones of a process that was killed.
  for (const name of await readdir(dirname(folder)).catch((): string[] => [])) {
    if (name.startsWith('.')) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
  await createFolderWhole(folder, async (temporary) => {
    for (const [name, parts] of Object.entries(files)) {
      const hash = createHash('sha256');
      const file = await open(join(temporary, name), 'w');
      let bytes = 0;
      try {
        for (const part of parts) {
          hash.update(part);
          bytes += part.byteLength;
          await file.writeFile(part);
        }
        await file.sync();
      } finally {
        await file.close();
      }
      written[name] = { bytes, sha256: hash.digest('hex') };
      total += bytes;
    }
    await writeJsonAtomic(join(temporary, 'position.json'), { schemaVersion: 1, ...position, files: written } satisfies CheckpointPosition);
    // One of the same step (a stop before the epoch's evaluation) goes only now that the new one is whole.
    await rename(folder, aside).catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw error;
    });
  });
  await rm(aside, { recursive: true, force: true });
  return total;
}

/** Where a checkpoint lies while another of its step takes its place. */
const asideOf = (folder: string) => join(dirname(folder), `.${basename(folder)}.old`);

/**
 * Puts a checkpoint back that a process, killed at that very moment, had moved aside for a new one of its step; the caller holds the run. The new
 * one, whole or not, is made again.
 */
export async function putBackAside(library: string, runId: string): Promise<void> {
  const names = await readdir(checkpointsFolder(library, runId)).catch((): string[] => []);
  for (const step of names.flatMap((name) => /^\.(\d+)\.old$/.exec(name)?.[1] ?? [])) {
    if (names.includes(step)) continue;
    const folder = checkpointFolder(library, runId, Number(step));
    await rename(asideOf(folder), folder);
    await syncFolder(dirname(folder));
  }
}

/** @throws CultivarError checkpoint-damaged, naming the file */
export async function readPosition(library: string, runId: string, step: number): Promise<CheckpointPosition> {
  const path = join(checkpointFolder(library, runId, step), 'position.json');
  try {
    return positionSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw damaged(runId, step, 'position.json', 'cannot be read', error);
  }
}

/** A file of a checkpoint, with the hash it was written with. @throws CultivarError checkpoint-damaged */
export async function readCheckpointFile(library: string, runId: string, position: CheckpointPosition, name: string): Promise<Buffer> {
  const expected = position.files[name];
  if (!expected) throw damaged(runId, position.step, name, 'is not part of it: only its weights were kept');
  const data = await readFile(join(checkpointFolder(library, runId, position.step), name)).catch((error: unknown) => {
    throw damaged(runId, position.step, name, 'cannot be read', error);
  });
  if (data.length !== expected.bytes) throw damaged(runId, position.step, name, `has ${data.length} bytes instead of ${expected.bytes}`);
  if (createHash('sha256').update(data).digest('hex') !== expected.sha256) throw damaged(runId, position.step, name, 'has changed since it was written');
  return data;
}

/** What is not needed of a run's checkpoints any more. */
interface Unneeded {
  readonly dropped: readonly number[];
  /** Positions of those whose optimizer's state goes. */
  readonly stripped: readonly CheckpointPosition[];
}

/**
 * While a run lives and stands `at` a step: all but the last two and the best up to there. One beyond it was damaged and passed over when the run went
 * on from an older one: it takes no sound one's place, and stays as it is until the run comes to its step. When the run is completed: all but the last
 * and the best, and of those the optimizer's state, except that of the last where it is to stay extendable.
 */
export async function unneededCheckpoints(library: string, runId: string, { at = Infinity, completed = false, extendable = false } = {}): Promise<Unneeded> {
  const steps = (await checkpointSteps(library, runId)).filter((step) => step <= at);
  const positions = await Promise.all(steps.map((step) => readPosition(library, runId, step).catch(() => null)));
  const best = bestOf(positions);
  const kept = new Set([...steps.slice(completed ? -1 : -2), ...(best ? [best.step] : [])]);
  const stripped = completed ? positions.filter((position) => position !== null).filter(({ step, files }) => kept.has(step) && files[optimizerFile] && !(extendable && step === steps.at(-1))) : [];
  return { dropped: steps.filter((step) => !kept.has(step)), stripped };
}

export async function removeUnneeded(library: string, runId: string, { dropped, stripped }: Unneeded): Promise<void> {
  for (const step of dropped) await rm(checkpointFolder(library, runId, step), { recursive: true, force: true });
  for (const position of stripped) {
    const { [optimizerFile]: _, ...files } = position.files;
    const folder = checkpointFolder(library, runId, position.step);
    // The list first: a file that is listed and missing would be damage.
    await writeJsonAtomic(join(folder, 'position.json'), { ...position, files });
    await rm(join(folder, optimizerFile), { force: true });
  }
}

/**
 * Removes all but the best epoch's, with its optimizer's state.
 * @returns steps that were removed; null where no epoch's stands, and nothing was
 */
export async function dropAllButBest(library: string, runId: string): Promise<number[] | null> {
  const steps = await checkpointSteps(library, runId);
  const best = bestOf(await Promise.all(steps.map((step) => readPosition(library, runId, step).catch(() => null))));
  if (!best) return null;
  const dropped = steps.filter((step) => step !== best.step);
  for (const step of dropped) await rm(checkpointFolder(library, runId, step), { recursive: true, force: true });
  return dropped;
}

/** By validation accuracy, the first of equals; null where none was made at an epoch's end. */
const bestOf = (positions: readonly (CheckpointPosition | null)[]) => positions.reduce<CheckpointPosition | null>((found, position) =>
  (position && position.validationAccuracy !== null && position.validationAccuracy > (found?.validationAccuracy ?? -1) ? position : found), null);

const damaged = (runId: string, step: number, file: string, what: string, cause?: unknown) => new CultivarError({
  code: 'checkpoint-damaged',
  message: `Checkpoint ${step} of the run ${runId} is damaged: ${file} ${what}.`,
  remedy: 'An older checkpoint is used where there is one.',
  ...(cause !== undefined && { detail: cause instanceof Error ? cause.message : String(cause) }),
});

/** The batch of step 1, as it was fed: pixels in one file, what they are in another. */
export async function writeFirstBatch(library: string, runId: string, batch: { width: number; height: number; pixels: Uint8Array; labels: readonly number[]; indices: readonly number[]; mix: MixDraw | null }): Promise<void> {
  const { pixels, ...rest } = batch;
  await writeFileAtomic(join(runFolder(library, runId), 'firstBatch.bin'), pixels);
  await writeJsonAtomic(join(runFolder(library, runId), 'firstBatch.json'), { schemaVersion: 1, ...rest });
}

const mixSchema: z.ZodType<MixDraw> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mixup'), weight: z.number() }),
  z.object({ kind: z.literal('cutmix'), weight: z.number(), window: z.object({ left: z.int(), top: z.int(), width: z.int(), height: z.int() }) }),
]);
/** `mix`: how each image was mixed with the one before it, the first with the last. */
const firstBatchSchema = z.object({ width: z.int(), height: z.int(), labels: z.array(z.int()), indices: z.array(z.int()), mix: mixSchema.nullable().default(null) });

/** null before the first step. @throws CultivarError run-damaged */
export async function readFirstBatch(library: string, runId: string): Promise<(z.output<typeof firstBatchSchema> & { pixels: Uint8Array }) | null> {
  const folder = runFolder(library, runId);
  if (!(await stat(join(folder, 'firstBatch.json')).catch(() => null))) return null;
  try {
    const batch = firstBatchSchema.parse(JSON.parse(await readFile(join(folder, 'firstBatch.json'), 'utf8')));
    const pixels = await readFile(join(folder, 'firstBatch.bin'));
    if (pixels.length !== batch.labels.length * batch.width * batch.height * 3) throw new Error(`firstBatch.bin has ${pixels.length} bytes`);
    return { ...batch, pixels: new Uint8Array(pixels) };
  } catch (error) {
    throw new CultivarError({ code: 'run-damaged', message: `The first batch of the run ${runId} cannot be shown: its file is damaged.`, detail: (error as Error).message });
  }
}
