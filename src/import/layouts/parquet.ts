import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { FileProblem } from '../../weights/fileProblem';
import type { Quarantined } from '../../contracts/importing';
import type { ImportLimits } from '../limits';
import type { Container } from '../containers/container';
import { EntryProblem } from '../problems';
import { splitOfName, spread, tally, type GivenSplit, type ImportSource, type SourceItem } from '../source';
import { checkClasses } from './classFolders';

interface Shard {
  readonly file: string;
  readonly split: GivenSplit;
  readonly buffer: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly rows: number;
}

const imageNames = ['image', 'img', 'images', 'jpg', 'png', 'picture', 'bytes'];
const labelNames = ['label', 'labels', 'fine_label', 'class', 'category', 'target', 'cls', 'class_name'];

/** A Parquet file wherever it lies: it is read here and there, not from its beginning to its end. */
interface ParquetFile {
  readonly name: string;
  readonly bytes: number;
  /** @throws FileProblem where it ends too early */
  read(start: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Files of a folder, read where they lie. @param names relative to the folder */
export async function parquetFiles(folder: string, names: readonly string[]): Promise<{ files: ParquetFile[]; close(): Promise<void> }> {
  const handles: FileHandle[] = [];
  const close = async () => { for (const handle of handles) await handle.close(); };
  try {
    const files: ParquetFile[] = [];
    for (const name of names) {
      const handle = await open(join(folder, name), 'r');
      handles.push(handle);
      files.push({
        name, bytes: (await handle.stat()).size,
        read: async (start, length) => {
          const bytes = new Uint8Array(length);
          const { bytesRead } = await handle.read(bytes, 0, length, start);
          if (bytesRead < length) throw new FileProblem(`${name} ends too early`);
          return bytes;
        },
      });
    }
    return { files, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Files inside an archive, which can only be read from beginning to end: all of them are held in memory, up to `listBytes` together.
 * @throws FileProblem where they are larger; EntryProblem where one is damaged
 */
export async function parquetEntries(container: Container, entries: readonly number[], limits: ImportLimits): Promise<ParquetFile[]> {
  const files: ParquetFile[] = [];
  let left = limits.listBytes;
  for await (const opened of container.open(entries)) {
    const { name } = opened.entry;
    const held = await opened.read(left).catch((error: unknown) => {
      if (error instanceof EntryProblem && error.reason === 'too-large') throw new FileProblem(`its Parquet files are larger than ${limits.listBytes / 2 ** 30} GiB together, and inside an archive they would have to be held in memory: unpack it and give the folder`);
      throw error;
    });
    left -= held.length;
    files.push({ name, bytes: held.length, read: (start, length) => Promise.resolve(new Uint8Array(held.subarray(start, start + length))) });
  }
  return files;
}

/**
 * Parquet files with the bytes of image files, as Hugging Face hands data sets out: a column of images (`{bytes, path}`, or bytes) and one of
 * labels, whose names the file may carry.
 * @throws FileProblem
 */
export async function parquet(files: readonly ParquetFile[], ignored: number, quarantined: readonly Quarantined[], limits: ImportLimits): Promise<ImportSource> {
  const shards = await Promise.all(files.map(async ({ name: file, bytes: byteLength, read }): Promise<Shard> => {
    const buffer: AsyncBuffer = {
      byteLength,
      slice: async (start, end = byteLength) => {
        const length = end - start;
        if (!(length >= 0 && length <= limits.listBytes && start >= 0 && end <= byteLength)) throw new FileProblem(`${file} points to places that it does not have`);
        return (await read(start, length)).buffer;
      },
    };
    const metadata = await parquetMetadataAsync(buffer);
    if (metadata.row_groups.some((group) => Number(group.total_byte_size) > limits.listBytes)) throw new FileProblem(`${file} has groups of rows of more than ${limits.listBytes / 1e9} GB`);
    return { file, split: splitOfName(file) ?? 'train', buffer, metadata, rows: Number(metadata.num_rows) };
  }));
  shards.sort((a, b) => Number(a.split !== 'train') - Number(b.split !== 'train') || (a.file < b.file ? -1 : 1));
  return sourceOf(shards, ignored, quarantined, limits);
}

async function sourceOf(shards: readonly Shard[], ignored: number, quarantined: readonly Quarantined[], limits: ImportLimits): Promise<ImportSource> {
  const columns = columnsOf(shards[0]!);
  const values: unknown[][] = [];
  for (const shard of shards) values.push((await parquetReadObjects({ file: shard.buffer, metadata: shard.metadata, columns: [columns.label], compressors })).map((row) => row[columns.label] as unknown));
  const names = columns.names;
  const texts = values.map((own) => own.map((value) => (typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : '')));
  const distinct = [...new Set(texts.flat().filter((text) => text !== ''))];
  const classes = names ?? (distinct.every((text) => /^-?\d+$/.test(text)) ? distinct.sort((a, b) => Number(a) - Number(b)) : distinct.sort());
  checkClasses(classes);
  const index = new Map(names ? names.map((_, i) => [String(i), i]) : classes.map((name, i) => [name, i]));
  const labels = texts.map((own) => own.map((text) => index.get(text) ?? -1));
  const items = async function* (shard: number, from: number, to = shards[shard]!.rows): AsyncGenerator<SourceItem> {
    const { file, split, buffer, metadata } = shards[shard]!;
    let start = 0;
    for (const group of metadata.row_groups) {
      const end = start + Number(group.num_rows);
      if (end > from && start < to) {
        const first = Math.max(start, from);
        const rows = await parquetReadObjects({ file: buffer, metadata, columns: [columns.image], rowStart: first, rowEnd: Math.min(end, to), compressors, utf8: false });
        for (const [i, row] of rows.entries()) yield itemOf(`${file}[${first + i}]`, split, labels[shard]![first + i]!, row[columns.image], limits);
      }
      start = end;
    }
  };
  const all = function* () {
    for (const [i, own] of labels.entries()) for (const label of own) yield { label: Math.max(0, label), split: shards[i]!.split };
  };
  return {
    kind: 'parquet', classes, ignored, quarantined, size: null, encoded: true, ...tally(classes.length, all()),
    async *items(from) {
      let passed = 0;
      for (const [i, { rows }] of shards.entries()) {
        if (from < passed + rows) yield* items(i, Math.max(0, from - passed));
        passed += rows;
      }
    },
    async *some(count) {
      for (const row of spread(Math.min(shards[0]!.rows, Number(shards[0]!.metadata.row_groups[0]?.num_rows ?? 0)), count)) yield* items(0, row, row + 1);
    },
  };
}

function itemOf(row: string, split: GivenSplit, label: number, value: unknown, limits: ImportLimits): SourceItem {
  const inner = typeof value === 'object' && value !== null && !(value instanceof Uint8Array) ? (value as { bytes?: unknown; path?: unknown }) : { bytes: value };
  const path = typeof inner.path === 'string' ? inner.path : inner.path instanceof Uint8Array ? Buffer.from(inner.path).toString('utf8') : '';
  const item = { name: path === '' ? row : `${row} ${path}`, split, label: Math.max(0, label) };
  const problem = (text: EntryProblem): SourceItem => ({ ...item, content: { kind: 'problem', problem: text } });
  if (label < 0) return problem(new EntryProblem('bad-row', 'its label is none of the classes'));
  if (!(inner.bytes instanceof Uint8Array) || inner.bytes.length === 0) return problem(new EntryProblem('bad-row', 'the row holds no bytes of an image'));
  return inner.bytes.length > limits.fileBytes ? problem(new EntryProblem('too-large', `it is ${Math.round(inner.bytes.length / 1e6)} MB large`)) : { ...item, content: { kind: 'bytes', bytes: inner.bytes } };
}

interface Columns { readonly image: string; readonly label: string; readonly names: readonly string[] | null }

/** What the columns are called, and the class names of the file's own description. */
function columnsOf({ file, metadata }: Shard): Columns {
  const features = describedFeatures(metadata);
  const heads = topColumns(metadata);
  const typed = (type: string) => Object.keys(features).filter((name) => features[name]?._type === type && heads.includes(name));
  const byName = (names: readonly string[]) => names.find((name) => heads.includes(name));
  const image = typed('Image')[0] ?? byName(imageNames);
  const described = typed('ClassLabel');
  const label = labelNames.find((name) => described.includes(name)) ?? described[0] ?? byName(labelNames);
  if (image === undefined || label === undefined) throw new FileProblem(`${file} has the columns ${heads.slice(0, 20).join(', ')}, and none of them is ${image === undefined ? 'an image' : 'a label'}`);
  const names = features[label]?.names;
  return { image, label, names: Array.isArray(names) && names.every((name): name is string => typeof name === 'string' && name !== '') ? names : null };
}

function topColumns({ schema }: FileMetaData): string[] {
  const names: string[] = [];
  const skip = (at: number): number => {
    let next = at + 1;
    for (let i = 0; i < (schema[at]?.num_children ?? 0); i++) next = skip(next);
    return next;
  };
  for (let at = 1; at < schema.length && names.length < 1000; at = skip(at)) names.push(schema[at]!.name);
  return names;
}

function describedFeatures({ key_value_metadata: pairs }: FileMetaData): Record<string, { _type?: string; names?: unknown } | undefined> {
  try {
    const text = pairs?.find(({ key }) => key === 'huggingface')?.value;
    return (JSON.parse(text ?? '{}') as { info?: { features?: Record<string, { _type?: string; names?: unknown }> } }).info?.features ?? {};
  } catch {
    return {};
  }
}
