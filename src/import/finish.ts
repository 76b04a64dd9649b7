import { createHash } from 'node:crypto';
import { open, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetManifest } from '../contracts/dataset';
import type { ImportOptions, ImportRecord, ImportResult, Quarantined } from '../contracts/importing';
import { labelBytes, makeLabels } from '../core/data/labels';
import { splitIndices } from '../core/data/split';
import { ChannelStatistics } from '../data/channelStatistics';
import { datasetRevision } from '../data/revision';
import { syncFolder } from '../library/atomic';
import { unreadable } from './problems';
import type { OpenedSource } from './openSource';
import { recordOf, warningsOf, type Records } from './record';
import { readLines, readRecord, recordBytes, stagedFiles, type Journal } from './staging';

export interface FinishOptions {
  readonly folder: string;
  readonly id: string;
  readonly opened: OpenedSource;
  readonly options: ImportOptions;
  readonly side: number;
  readonly journal: Journal;
  readonly leftOut: number;
  readonly signal?: AbortSignal;
  readonly onImages?: (done: number) => void;
}

/** Images that are read and written at once while they are put in order. */
const block = 512;

/**
 * Makes a data set of what came in, in the staging folder itself: training images first, then test images, in the order of the source.
 * @throws CultivarError import-unreadable where too few images are left
 */
export async function finishDataset(given: FinishOptions): Promise<DatasetManifest> {
  const { folder, id, opened: { source, container, path }, options, side, journal } = given;
  const { classes } = source;
  const records = await readFile(join(folder, stagedFiles.records)) as Records;
  const images = records.length / recordBytes;
  if (images < 2) throw unreadable(path, `of its ${journal.items} images ${images === 0 ? 'none' : 'only one'} could be read`, { remedy: await firstReasons(folder) });
  const { test, drawn } = testOf(records, classes.length, options);
  const order = Uint32Array.from([...Array(images).keys()].filter((i) => !test.has(i)).concat([...test].sort((a, b) => a - b)));
  const counts = { train: images - test.size, test: test.size };
  if (counts.train < 2) throw unreadable(path, 'it has no training images: every image is in its test folder', { remedy: 'Give the folder above, which has the training images too.' });
  const labels = makeLabels(classes.length, images, (place) => readRecord(records, order[place]!).label);
  const statistics = new ChannelStatistics();
  const imagesFile = await ordered(given, order, counts.train, statistics);
  const figures = statistics.result();
  const content = {
    classes: [...classes], image: { width: side, height: side, channels: 3 as const }, counts, exclusions: [],
    // Constant images have no deviation, and nothing is divided by it then.
    normalization: { mean: figures.mean.map(digits), deviation: figures.deviation.map((value) => digits(value) || 1) },
  };
  const labelsFile = await written(join(folder, 'labels.bin'), new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength));
  const record: ImportRecord = recordOf(records, order, counts.train, { source, container, options, quarantined: journal.quarantined });
  const warnings = warningsOf(record, { source, side, drawn, leftOut: given.leftOut });
  const manifest: DatasetManifest = {
    schemaVersion: labelBytes(classes.length), id, name: options.name, ...content,
    files: { 'images.bin': imagesFile, 'labels.bin': labelsFile, 'sources.json': await sourcesFile(folder, records, order, counts.train) },
    revision: datasetRevision({ ...content, imagesSha256: imagesFile.sha256, labelsSha256: labelsFile.sha256 }),
    source: { name: path.split('/').at(-1)!, reference: `${source.kind} (${container})`, integrity: null, licence: options.licence },
    createdAt: new Date().toISOString(),
    import: { ...record, warnings },
  };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  if (journal.quarantined > 0) await rename(join(folder, stagedFiles.quarantine), join(folder, 'quarantine.jsonl'));
  for (const file of [...Object.values(stagedFiles), 'journal.json']) await rm(join(folder, file), { force: true });
  await syncFolder(folder);
  return manifest;
}

const digits = (value: number) => Math.round(value * 1e6) / 1e6;

/** The images of the test set: those that are given, else drawn in proportion to the classes. */
function testOf(records: Records, classes: number, { testPercent, seed, validation }: ImportOptions): { test: Set<number>; drawn: number } {
  const images = records.length / recordBytes;
  const split = (i: number) => readRecord(records, i).split;
  const all = [...Array(images).keys()];
  const given = all.filter((i) => split(i) === 'test' || (validation === 'test' && split(i) === 'validation'));
  const wanted = Math.round((images * testPercent) / 100);
  if (given.length > 0 || wanted < 1 || wanted > images - 2) return { test: new Set(given), drawn: 0 };
  const labels = makeLabels(classes, images, (i) => readRecord(records, i).label);
  const drawn = splitIndices(labels, { validation: wanted, seed }).validation;
  return { test: new Set(drawn), drawn: drawn.length };
}

async function firstReasons(folder: string): Promise<string> {
  const lines = await readLines(join(folder, stagedFiles.quarantine));
  return lines.slice(0, 3).map((line) => JSON.parse(line) as Quarantined).map(({ file, message }) => `${file}: ${message}.`).join(' ');
}

/** images.bin in its order, with its hash; statistics are those of the training images. */
async function ordered({ folder, side, signal, onImages }: FinishOptions, order: Uint32Array, train: number, statistics: ChannelStatistics): Promise<{ bytes: number; sha256: string }> {
  const bytes = side * side * 3;
  const [from, to] = [join(folder, stagedFiles.pixels), join(folder, 'images.bin')];
  const inOrder = order.every((index, i) => index === i);
  const hash = createHash('sha256');
  const source = await open(from, 'r');
  const target: FileHandle | null = inOrder ? null : await open(to, 'w');
  try {
    const buffer = Buffer.allocUnsafe(block * bytes);
    for (let start = 0; start < order.length; start += block) {
      signal?.throwIfAborted();
      const count = Math.min(block, order.length - start);
      await readRuns(source, order, start, count, bytes, buffer);
      const piece = buffer.subarray(0, count * bytes);
      hash.update(piece);
      const training = Math.min(count, Math.max(0, train - start));
      if (training > 0) statistics.add(piece.subarray(0, training * bytes));
      await target?.write(piece);
      onImages?.(start + count);
    }
    await (target ?? source).sync();
  } finally {
    await source.close();
    await target?.close();
  }
  if (inOrder) await rename(from, to);
  return { bytes: order.length * bytes, sha256: hash.digest('hex') };
}

/** Neighbours are read at once. */
async function readRuns(file: FileHandle, order: Uint32Array, start: number, count: number, bytes: number, buffer: Buffer): Promise<void> {
  for (let i = 0; i < count;) {
    let run = 1;
    while (i + run < count && order[start + i + run] === order[start + i]! + run) run += 1;
    const { bytesRead } = await file.read(buffer, i * bytes, run * bytes, order[start + i]! * bytes);
    if (bytesRead < run * bytes) throw new Error('The staged images end too early.');
    i += run;
  }
}

async function sourcesFile(folder: string, records: Records, order: Uint32Array, train: number): Promise<{ bytes: number; sha256: string }> {
  const names = await readLines(join(folder, stagedFiles.names));
  const file = await open(join(folder, 'sources.json'), 'w');
  const hash = createHash('sha256');
  let bytes = 0;
  const put = async (text: string) => {
    const piece = Buffer.from(text);
    hash.update(piece);
    bytes += piece.length;
    await file.write(piece);
  };
  try {
    for (let start = 0; start < order.length; start += 4096) {
      const lines = Array.from(order.subarray(start, start + 4096), (index, i) => {
        const { split, width, height } = readRecord(records, index);
        return `{"file":${names[index]},"split":"${start + i < train ? 'train' : 'test'}","given":"${split}","width":${width},"height":${height}}`;
      });
      await put(`${start === 0 ? '[\n' : ',\n'}${lines.join(',\n')}`);
    }
    await put('\n]\n');
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function written(path: string, bytes: Uint8Array): Promise<{ bytes: number; sha256: string }> {
  await writeFile(path, bytes, { flush: true });
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export const resultOf = (manifest: DatasetManifest, more: Pick<ImportResult, 'outcome' | 'quarantined' | 'report' | 'elapsedMs' | 'resumedAt'>): ImportResult =>
  ({ id: manifest.id, revision: manifest.revision, counts: manifest.counts, record: manifest.import!, ...more });
