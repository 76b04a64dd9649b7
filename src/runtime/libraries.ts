import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RuntimeProgress } from '../contracts/calls/runtime';
import { asStorageError, writeJsonAtomic } from '../library/atomic';
import { readRuntimeFiles, runtimeFolder, tensorFlowVersion, verifyRuntime, type RuntimeVariant } from '../system/runtimeLayout';
import { ensureRoom } from './disk';
import { downloadBytes, unpackedBytes, wheelsOf, type PinnedWheel } from './packages';
import { unpackZip, type UnpackedFile } from './unpack';

/** Brings a wheel into the download folder and checks its sha256; gives its path. */
export type FetchWheel = (wheel: PinnedWheel, folder: string, onBytes: (doneBytes: number) => void) => Promise<string>;

export interface LibrariesOptions {
  readonly cacheDir: string;
  readonly variant: RuntimeVariant;
  readonly fetchWheel: FetchWheel;
  readonly onProgress?: (progress: RuntimeProgress) => void;
  /** What is worth a line of a log. */
  readonly onNotice?: (sentence: string) => void;
  readonly signal?: AbortSignal;
}

export const downloadsFolder = (cacheDir: string) => join(cacheDir, 'downloads');

/**
 * TensorFlow's libraries in the cache: true where they were there, whole by their sizes. What is there is replaced only by what is
 * whole; an interrupted call leaves it, and keeps what has arrived. The caller holds the set-up's lock.
 * @throws CultivarError of `fetchWheel`, disk-full, permission-denied; AbortError
 */
export async function ensureLibraries(options: LibrariesOptions): Promise<boolean> {
  const { cacheDir, variant, signal } = options;
  const folder = runtimeFolder(cacheDir, variant);
  const files = await readRuntimeFiles(folder);
  const problems = files ? await verifyRuntime(folder, files) : [];
  if (files && problems.length === 0) return true;
  if (problems.length > 0) options.onNotice?.(`The native runtime is damaged (${problems[0]!.path}: ${problems[0]!.problem}); making it again.`);

  const wheels = wheelsOf(variant);
  const total = downloadBytes(variant);
  options.onNotice?.(`Native runtime, ${variant.toUpperCase()}: ${wheels.length} package(s), ${Math.round(total / 1e6)} MB to fetch, ${(unpackedBytes[variant] / 1e9).toFixed(1)} GB on disk in ${folder}`);
  await ensureRoom(cacheDir, total + unpackedBytes[variant], 'The native runtime');
  const staging = `${folder}.partial`;
  try {
    await rm(staging, { recursive: true, force: true });
    await mkdir(downloadsFolder(cacheDir), { recursive: true });
    const archives = await fetchAll(options, wheels, total);
    const unpacked: UnpackedFile[] = [];
    let bytes = 0;
    for (const [i, wheel] of wheels.entries()) {
      const tell = () => options.onProgress?.({ phase: 'unpacking', what: wheel.name, doneBytes: bytes, totalBytes: unpackedBytes[variant] });
      tell();
      unpacked.push(...(await unpackZip(archives[i]!, staging, wheel.place, { signal, onBytes: (more) => { bytes += more; tell(); } })));
    }
    // Zip tools differ in what they keep; without the bit every kernel compilation fails.
    if (variant === 'gpu') await chmod(join(staging, 'nvidia/cuda_nvcc/bin/ptxas'), 0o755);
    await writeJsonAtomic(join(staging, 'files.json'), { schemaVersion: 1, variant, tensorFlowVersion, files: unpacked });
    await rm(folder, { recursive: true, force: true });
    await rename(staging, folder);
    await Promise.all(archives.map((archive) => rm(archive, { force: true })));
    options.onNotice?.(`Native runtime: unpacked, ${Math.round(unpacked.reduce((sum, file) => sum + file.bytes, 0) / 1e6)} MB`);
    return false;
  } catch (error) {
    await rm(staging, { recursive: true, force: true }).catch(() => undefined);
    throw asStorageError(error, cacheDir);
  }
}

async function fetchAll({ cacheDir, fetchWheel, onProgress, signal }: LibrariesOptions, wheels: readonly PinnedWheel[], totalBytes: number): Promise<string[]> {
  const archives: string[] = [];
  let before = 0;
  for (const wheel of wheels) {
    signal?.throwIfAborted();
    archives.push(await fetchWheel(wheel, downloadsFolder(cacheDir), (done) => onProgress?.({ phase: 'downloading', what: wheel.name, doneBytes: Math.min(before + done, totalBytes), totalBytes })));
    before += wheel.megabytes * 1e6;
  }
  return archives;
}
