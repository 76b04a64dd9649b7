import { mkdir, open, stat, type FileHandle } from 'node:fs/promises';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { CultivarError } from '../contracts/errors';
import { labelBytes, labelsOf, type Labels } from '../core/data/labels';
import { asStorageError, readJson, writeJsonAtomic } from './atomic';
import { runFolder } from './paths';

// Answers to the validation images after each epoch, small enough to keep all of them: docs/formats.md.

const headerSchema = z.strictObject({
  schemaVersion: z.literal(1),
  split: z.literal('validation'),
  classes: z.array(z.string()).min(2),
  images: z.int().min(1),
  dataRevision: z.string(),
  /** Of the first record. */
  firstEpoch: z.int().min(1),
});
type Header = z.output<typeof headerSchema>;

/** Confidences are kept as whole steps of this size: half of one is the largest error. */
const confidenceSteps = 65_535;
const recordHead = 8;
/** Longer runs on larger splits keep none. */
const mostBytes = 64e6;

/** What a run's answers after each epoch take on the disk; 0 where it keeps none. */
export function epochAnswersBytes(images: number, epochs: number): number {
  const bytes = images === 0 ? 0 : epochs * recordBytes(images);
  return bytes > mostBytes ? 0 : bytes;
}

const recordBytes = (images: number) => recordHead + 4 * images;
const headBytes = ({ images, classes }: Pick<Header, 'images' | 'classes'>) => (4 + labelBytes(classes.length)) * images;
const fileOf = (library: string, runId: string, ending: 'json' | 'bin') => join(runFolder(library, runId), 'predictions', `validation-epochs.${ending}`);

/** What the images of a run's kept answers are. */
export interface AnsweredImages {
  readonly classes: readonly string[];
  readonly dataRevision: string;
  /** Index of each image in its data set. */
  readonly indices: Uint32Array;
  readonly labels: Labels;
}

export interface EpochAnswers {
  readonly epoch: number;
  /** Of the weights, in steps done. */
  readonly step: number;
  /** Top class of each image. */
  readonly answers: Uint16Array;
  /** Its probability, from 0 to 1. */
  readonly confidences: Float64Array;
}

/**
 * Adds one epoch's answers; the caller holds the run. Each epoch has its place in the file, so that one that is trained again after a
 * resume replaces what was there, and what came after it is dropped.
 * @throws CultivarError a storage error
 */
export async function writeEpochAnswers(library: string, runId: string, of: AnsweredImages, { epoch, step, answers, confidences }: EpochAnswers): Promise<void> {
  if (endianness() !== 'LE') throw new Error('answers are written on little-endian machines only');
  const folder = join(runFolder(library, runId), 'predictions');
  try {
    await mkdir(folder, { recursive: true });
    const known = await readHeader(library, runId);
    const fits = known !== null && known.dataRevision === of.dataRevision && known.images === of.labels.length && known.firstEpoch <= epoch;
    const header: Header = fits ? known : { schemaVersion: 1, split: 'validation', classes: [...of.classes], images: of.labels.length, dataRevision: of.dataRevision, firstEpoch: epoch };
    const file = await open(fileOf(library, runId, 'bin'), fits ? 'r+' : 'w');
    try {
      if (!fits) await file.write(Buffer.concat([bytesOf(of.indices), bytesOf(of.labels)]), 0, undefined, 0);
      const record = recordOf(step, answers, confidences);
      const at = headBytes(header) + (epoch - header.firstEpoch) * record.length;
      await file.write(record, 0, record.length, at);
      await file.truncate(at + record.length);
      await file.datasync();
    } finally {
      await file.close();
    }
    if (!fits) await writeJsonAtomic(fileOf(library, runId, 'json'), header);
  } catch (error) {
    throw asStorageError(error, folder);
  }
}

function recordOf(step: number, answers: Uint16Array, confidences: Float64Array): Buffer {
  const payload = Buffer.concat([bytesOf(answers), bytesOf(Uint16Array.from(confidences, (value) => Math.round(value * confidenceSteps)))]);
  const head = Buffer.alloc(recordHead);
  head.writeUInt32LE(step, 0);
  head.writeUInt32LE(crc32(payload), 4);
  return Buffer.concat([head, payload]);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);

/** A header that cannot be read is as none: these answers are made again, or done without. */
async function readHeader(library: string, runId: string): Promise<Header | null> {
  const found = headerSchema.safeParse(await readJson(fileOf(library, runId, 'json')).catch(() => null));
  if (!found.success) return null;
  const bytes = await stat(fileOf(library, runId, 'bin')).then(({ size }) => size, () => 0);
  return bytes < headBytes(found.data) ? null : found.data;
}

/** The images of a run's kept answers, and the epochs that have some, ascending; null where a run keeps none. */
export async function keptEpochs(library: string, runId: string): Promise<(AnsweredImages & { readonly epochs: readonly { readonly epoch: number; readonly step: number }[] }) | null> {
  const header = await readHeader(library, runId);
  if (!header) return null;
  const { classes, dataRevision, images, firstEpoch } = header;
  const from = headBytes(header);
  const size = recordBytes(images);
  const file = await open(fileOf(library, runId, 'bin'), 'r');
  try {
    const head = await readExactly(file, 0, from);
    if (!head) return null;
    const epochs: { epoch: number; step: number }[] = [];
    const kept = Math.floor(((await file.stat()).size - from) / size);
    for (let i = 0; i < kept; i++) {
      // Only where a record begins: all of them are read by nobody at once. A place that was never written has step 0.
      const step = (await readExactly(file, from + i * size, 4))?.readUInt32LE(0) ?? 0;
      if (step > 0) epochs.push({ epoch: firstEpoch + i, step });
    }
    const part = (start: number, bytes: number) => Uint8Array.from(head.subarray(start, start + bytes)).buffer;
    return { classes, dataRevision, indices: new Uint32Array(part(0, 4 * images)), labels: labelsOf(new Uint8Array(part(4 * images, labelBytes(classes.length) * images)), classes.length), epochs };
  } finally {
    await file.close();
  }
}

/**
 * The answers after one epoch.
 * @throws CultivarError run-damaged where they are not there, or not as they were written
 */
export async function readEpochAnswers(library: string, runId: string, epoch: number): Promise<EpochAnswers> {
  const damaged = () => new CultivarError({ code: 'run-damaged', message: `The answers of the run "${runId}" after epoch ${epoch} are gone or damaged.`, remedy: 'The other epochs can still be looked at.' });
  const header = await readHeader(library, runId);
  if (!header || epoch < header.firstEpoch) throw damaged();
  const size = recordBytes(header.images);
  const file = await open(fileOf(library, runId, 'bin'), 'r');
  try {
    const record = await readExactly(file, headBytes(header) + (epoch - header.firstEpoch) * size, size);
    if (!record || record.readUInt32LE(4) !== crc32(record.subarray(recordHead))) throw damaged();
    const numbers = new Uint16Array(Uint8Array.from(record.subarray(recordHead)).buffer);
    return { epoch, step: record.readUInt32LE(0), answers: numbers.slice(0, header.images), confidences: Float64Array.from(numbers.subarray(header.images), (value) => value / confidenceSteps) };
  } finally {
    await file.close();
  }
}

async function readExactly(file: FileHandle, position: number, bytes: number): Promise<Buffer | null> {
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, position);
  return bytesRead === bytes ? buffer : null;
}
