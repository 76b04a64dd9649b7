import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ImportOptions, Quarantined } from '../contracts/importing';
import { imageFormats } from '../data/images/imageFormat';
import { readJson, writeJsonAtomic } from '../library/atomic';
import type { PreparedImage } from './decode/protocol';
import type { OpenedSource } from './openSource';
import type { GivenSplit, SourceItem } from './source';

/**
 * What is written while images come in, in the order of the source: pixels; a record of 14 bytes an image (label as uint16, split, flags, as
 * uint32 the width and height before resizing, format, nothing); names and quarantined files, a line each. `journal.json` says how much of it counts, so
 * that an import whose process was killed goes on from there.
 */
export const recordBytes = 14;
export const flags = { grey: 1, alpha: 2, turned: 4, resampled: 8 } as const;
const splitCodes: readonly GivenSplit[] = ['train', 'validation', 'test'];
export const formatCodes = ['raw', ...imageFormats] as const;
export const stagedFiles = { pixels: 'pixels.part', records: 'records.part', names: 'names.part', quarantine: 'quarantine.part' } as const;

/** What a record says. @param index of the image, in the order of the source */
export function readRecord(records: Buffer, index: number) {
  const at = index * recordBytes;
  return { label: records.readUInt16LE(at), split: splitCodes[records[at + 2]!]!, flags: records[at + 3]!, width: records.readUInt32LE(at + 4), height: records.readUInt32LE(at + 8), format: records[at + 12]! };
}

type Staged = keyof typeof stagedFiles;
const kinds = Object.keys(stagedFiles) as Staged[];

const journalSchema = z.strictObject({
  schemaVersion: z.literal(2), fingerprint: z.string(),
  /** Of the source: images and quarantined files. */
  items: z.int().min(0), images: z.int().min(0), quarantined: z.int().min(0),
  bytes: z.strictObject({ pixels: z.int().min(0), records: z.int().min(0), names: z.int().min(0), quarantine: z.int().min(0) }),
});
export type Journal = z.output<typeof journalSchema>;

/** Bytes that are gathered before they are written. */
const enough = 4 * 1024 ** 2;

/** Of one source with one way to prepare it: what would make the same pixels in the same order. */
export const fingerprintOf = ({ path, mark }: Pick<OpenedSource, 'path' | 'mark'>, { side, fit, validation }: ImportOptions) =>
  createHash('sha256').update(JSON.stringify([1, path, mark, side, fit, validation])).digest('hex');

export const stagingRoot = (library: string) => join(library, 'datasets', '.import');
export const stagingFolder = (library: string, fingerprint: string) => join(stagingRoot(library), fingerprint.slice(0, 24));

export async function readJournal(folder: string): Promise<Journal | null> {
  return journalSchema.parseAsync(await readJson(join(folder, 'journal.json')).catch(() => null)).catch(() => null);
}

/** An import's images as they come in. */
export class Staging {
  private readonly waiting: Record<Staged, Uint8Array[]> = { pixels: [], records: [], names: [], quarantine: [] };
  private waitingBytes = 0;

  private constructor(readonly folder: string, private state: Journal, private readonly handles: Record<Staged, FileHandle>) {}

  /** Goes on where an earlier import of the same was cut off, else begins. */
  static async open(library: string, fingerprint: string): Promise<Staging> {
    const folder = stagingFolder(library, fingerprint);
    const fresh: Journal = { schemaVersion: 2, fingerprint, items: 0, images: 0, quarantined: 0, bytes: { pixels: 0, records: 0, names: 0, quarantine: 0 } };
    const earlier = await readJournal(folder);
    const state = earlier?.fingerprint === fingerprint && (await reaches(folder, earlier)) ? earlier : fresh;
    if (state === fresh) await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const handles = {} as Record<Staged, FileHandle>;
    for (const kind of kinds) {
      const path = join(folder, stagedFiles[kind]);
      // What came after the journal was last written does not count.
      if (state !== fresh) await truncate(path, state.bytes[kind]);
      handles[kind] = await open(path, 'a');
    }
    return new Staging(folder, state, handles);
  }

  get journal(): Journal { return this.state; }

  async add({ name, split, label }: Pick<SourceItem, 'name' | 'split' | 'label'>, image: PreparedImage): Promise<void> {
    const record = Buffer.alloc(recordBytes);
    record.writeUInt16LE(label, 0);
    record[2] = splitCodes.indexOf(split);
    record[3] = (image.grey ? flags.grey : 0) | (image.alpha ? flags.alpha : 0) | (image.turned ? flags.turned : 0) | (image.resampled ? flags.resampled : 0);
    record.writeUInt32LE(image.width, 4);
    record.writeUInt32LE(image.height, 8);
    record[12] = formatCodes.indexOf(image.format);
    this.put('pixels', image.pixels);
    this.put('records', record);
    this.put('names', Buffer.from(`${JSON.stringify(name)}\n`));
    this.state = { ...this.state, items: this.state.items + 1, images: this.state.images + 1 };
    await this.flushIfEnough();
  }

  async quarantine(file: Quarantined): Promise<void> {
    this.put('quarantine', Buffer.from(`${JSON.stringify(file)}\n`));
    this.state = { ...this.state, items: this.state.items + 1, quarantined: this.state.quarantined + 1 };
    await this.flushIfEnough();
  }

  /** An item that takes no part, as was asked. */
  pass(): void {
    this.state = { ...this.state, items: this.state.items + 1 };
  }

  private put(kind: Staged, bytes: Uint8Array): void {
    this.waiting[kind].push(bytes);
    this.waitingBytes += bytes.length;
  }

  private async flushIfEnough(): Promise<void> {
    if (this.waitingBytes >= enough) await this.flush();
  }

  /** Writes what is gathered, and that it counts. */
  async flush(): Promise<void> {
    const bytes = { ...this.state.bytes };
    for (const kind of kinds) {
      const pieces = this.waiting[kind];
      if (pieces.length === 0) continue;
      const joined = Buffer.concat(pieces);
      await this.handles[kind].appendFile(joined);
      // Before the journal counts it: a power cut, or a disk that turns read-only, must not leave a journal that promises more than the disk has.
      await this.handles[kind].datasync();
      bytes[kind] += joined.length;
      this.waiting[kind] = [];
    }
    this.waitingBytes = 0;
    this.state = { ...this.state, bytes };
    await writeJsonAtomic(join(this.folder, 'journal.json'), this.state);
  }

  async close(): Promise<void> {
    for (const kind of kinds) await this.handles[kind].close();
  }
}

async function reaches(folder: string, { bytes }: Journal): Promise<boolean> {
  const sizes = await Promise.all(kinds.map((kind) => stat(join(folder, stagedFiles[kind])).then(({ size }) => size, () => -1)));
  return kinds.every((kind, i) => sizes[i]! >= bytes[kind]);
}

/** Files that an import left which was never taken up again. */
export async function removeStale(library: string, keep: string): Promise<void> {
  const root = stagingRoot(library);
  for (const name of await readdir(root).catch((): string[] => [])) {
    const folder = join(root, name);
    if (folder === keep || name.endsWith('.lock')) continue;
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > 14 * 24 * 3600 * 1000) await rm(folder, { recursive: true, force: true });
  }
}

export const readLines = async (path: string): Promise<string[]> => (await readFile(path, 'utf8')).split('\n').filter(Boolean);
