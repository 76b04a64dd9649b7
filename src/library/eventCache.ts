import { createHash } from 'node:crypto';
import { open, readFile, readdir, rm, stat } from 'node:fs/promises';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { asTrainerEvent, type StoredEvent } from '../core/run/events';
import { errorCode, makeFolder, writeFileAtomic } from './atomic';
import { fromColumns, type EventColumns } from './eventColumns';
import { parseJson, stringifyJson } from './json';

/** `index/points/<run>.bin`: a run's events read before, as columns. It may be removed at any time, and is made again. */
const folderOf = (library: string) => join(library, 'index', 'points');
const fileOf = (library: string, runId: string) => join(folderOf(library), `${runId}.bin`);

const counted = z.int().min(0);
const headerSchema = z.strictObject({
  schemaVersion: z.literal(2),
  /** The beginning of events.jsonl that it holds, in whole lines, and that beginning's hash: one that has changed is read anew. */
  bytes: counted, lines: counted, sha256: z.string(),
  points: counted, rates: counted, list: z.array(z.unknown()),
});

/** Size and time of the last change of a file, which nothing that writes to it can leave as they were. */
export interface FileMark {
  readonly bytes: bigint;
  readonly changedNs: bigint;
}
/** In front of the header, which it may be changed without: the mark of events.jsonl when its beginning was last found to be the one that is held. */
const markBytes = 16;
const preambleBytes = markBytes + 8;

/** null where there is no such file. */
export const fileMark = (path: string): Promise<FileMark | null> => stat(path, { bigint: true }).then(({ size, ctimeNs }) => ({ bytes: size, changedNs: ctimeNs }), (error: unknown) => {
  if (errorCode(error) === 'ENOENT') return null;
  throw error;
});

/** Events of the first `bytes` of a run's file. */
export interface CachedEvents {
  readonly bytes: number;
  readonly lines: number;
  /** Whether they stand for a file without a look into it: it is the one that they were compared with. */
  isOf(mark: FileMark): boolean;
  /** Whether they stand for a file of these contents. */
  beginning(data: Buffer): boolean;
  events(): StoredEvent[];
}

const hashOf = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

/** null where there are none and where they are damaged. */
export async function readCachedEvents(library: string, runId: string): Promise<CachedEvents | null> {
  if (endianness() !== 'LE') return null;
  try {
    const file = await readFile(fileOf(library, runId));
    const [size, changedNs, headerBytes] = [file.readBigUInt64LE(0), file.readBigUInt64LE(8), Number(file.readBigUInt64LE(markBytes))];
    const { bytes, lines, sha256, points, rates, list } = headerSchema.parse(parseJson(file.toString('utf8', preambleBytes, preambleBytes + headerBytes)));
    // A copy lies where eight bytes are aligned.
    const numbers = new Float64Array(new Uint8Array(file.subarray(preambleBytes + headerBytes)).buffer);
    if (numbers.length !== points * 5 + rates * 6) return null;
    const listed = list.map(asListed);
    return {
      bytes, lines,
      isOf: (mark) => mark.bytes === size && mark.changedNs === changedNs,
      beginning: (data) => bytes <= data.length && hashOf(data.subarray(0, bytes)) === sha256,
      events: () => fromColumns({ list: listed, numbers, points, rates }),
    };
  } catch {
    return null;
  }
}

function marked(mark: FileMark): Buffer {
  const buffer = Buffer.alloc(markBytes);
  buffer.writeBigUInt64LE(mark.bytes, 0);
  buffer.writeBigUInt64LE(mark.changedNs, 8);
  return buffer;
}

/** Says that a file of this mark was found to begin as they do. @param mark of before it was read */
export async function confirmCachedEvents(library: string, runId: string, mark: FileMark): Promise<void> {
  const file = await open(fileOf(library, runId), 'r+').catch(() => null);
  await file?.write(marked(mark), 0, markBytes, 0).catch(() => null);
  await file?.close();
}

/** Where it cannot be written there is none: it only saves time. Those of runs that are gone go with the next one that is written. @param mark of before `data` was read */
export async function writeCachedEvents(library: string, runId: string, mark: FileMark, data: Buffer, { bytes, lines }: Pick<CachedEvents, 'bytes' | 'lines'>, { list, numbers, points, rates }: EventColumns): Promise<void> {
  if (endianness() !== 'LE') return;
  try {
    const header = Buffer.from(stringifyJson({ schemaVersion: 2, bytes, lines, sha256: hashOf(data.subarray(0, bytes)), points, rates, list: [...list] } satisfies z.input<typeof headerSchema>));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    await makeFolder(folderOf(library));
    await writeFileAtomic(fileOf(library, runId), Buffer.concat([marked(mark), length, header, new Uint8Array(numbers.buffer)]));
    const kept = new Set(await readdir(join(library, 'runs')));
    for (const name of await readdir(folderOf(library))) if (name.endsWith('.bin') && !kept.has(name.slice(0, -4))) await rm(join(folderOf(library), name), { force: true });
  } catch {
    // See above.
  }
}

function asListed(entry: unknown): EventColumns['list'][number] {
  const { type } = (entry ?? {}) as { type?: unknown };
  return type === 'points' || type === 'rates' ? (entry as EventColumns['list'][number]) : asTrainerEvent(entry);
}
