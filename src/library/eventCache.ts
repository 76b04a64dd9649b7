import { createHash } from 'node:crypto';
import { readFile, readdir, rm } from 'node:fs/promises';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { asTrainerEvent, type TrainerEvent } from '../core/run/events';
import { makeFolder, writeFileAtomic } from './atomic';
import { fromColumns, type EventColumns } from './eventColumns';
import { parseJson, stringifyJson } from './json';

/** `index/points/<run>.bin`: a run's events read before, as columns. It may be removed at any time, and is made again. */
const folderOf = (library: string) => join(library, 'index', 'points');
const fileOf = (library: string, runId: string) => join(folderOf(library), `${runId}.bin`);

const counted = z.int().min(0);
const headerSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** The beginning of events.jsonl that it holds, in whole lines, and that beginning's hash: one that has changed is read anew. */
  bytes: counted, lines: counted, sha256: z.string(),
  points: counted, rates: counted, list: z.array(z.unknown()),
});

/** Events of the first `bytes` of a run's file. */
export interface CachedEvents {
  readonly events: TrainerEvent[];
  readonly bytes: number;
  readonly lines: number;
}

const hashOf = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

/** null where there is none, where it is damaged, and where the file does not begin as it did. @param data of events.jsonl */
export async function readCachedEvents(library: string, runId: string, data: Buffer): Promise<CachedEvents | null> {
  if (endianness() !== 'LE') return null;
  try {
    const file = await readFile(fileOf(library, runId));
    const headerBytes = Number(file.readBigUInt64LE(0));
    const { bytes, lines, sha256, points, rates, list } = headerSchema.parse(parseJson(file.toString('utf8', 8, 8 + headerBytes)));
    if (bytes > data.length || hashOf(data.subarray(0, bytes)) !== sha256) return null;
    // A copy lies where eight bytes are aligned.
    const numbers = new Float64Array(new Uint8Array(file.subarray(8 + headerBytes)).buffer);
    if (numbers.length !== points * 5 + rates * 6) return null;
    return { events: fromColumns({ list: list.map(asListed), numbers, points, rates }), bytes, lines };
  } catch {
    return null;
  }
}

/** Where it cannot be written there is none: it only saves time. Those of runs that are gone go with the next one that is written. */
export async function writeCachedEvents(library: string, runId: string, data: Buffer, { bytes, lines }: Pick<CachedEvents, 'bytes' | 'lines'>, { list, numbers, points, rates }: EventColumns): Promise<void> {
  if (endianness() !== 'LE') return;
  try {
    const header = Buffer.from(stringifyJson({ schemaVersion: 1, bytes, lines, sha256: hashOf(data.subarray(0, bytes)), points, rates, list: [...list] } satisfies z.input<typeof headerSchema>));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    await makeFolder(folderOf(library));
    await writeFileAtomic(fileOf(library, runId), Buffer.concat([length, header, new Uint8Array(numbers.buffer)]));
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
