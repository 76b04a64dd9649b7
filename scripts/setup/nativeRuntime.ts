import { chmod, lstat, mkdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { asStorageError, writeJsonAtomic } from '../../src/library/atomic';
import { linkedRuntime, readRuntimeFiles, runtimeFolder, tensorFlowVersion, verifyRuntime, type RuntimeVariant } from '../../src/system/runtimeLayout';
import { buildBinding } from './binding';
import { ensureRoom } from './disk';
import { downloadWheel } from './download';
import { cpuWheels, gpuWheels, unpackedBytes } from './packages';
import type { Progress } from './progress';
import { unpackZip, type UnpackedFile } from './unpack';

export interface RuntimeOptions {
  readonly cacheDir: string;
  readonly variant: RuntimeVariant;
  /** `@tensorflow/tfjs-node-gpu` in node_modules. */
  readonly packageFolder: string;
  readonly progress: Progress;
}

/**
 * TensorFlow's libraries in the cache, linked into the binding's package, and the binding compiled against them.
 * Safe to repeat and to interrupt; the caller holds the set-up's lock.
 * @throws CultivarError with the command that mends it
 */
export async function ensureNativeRuntime(options: RuntimeOptions): Promise<'there' | 'made'> {
  const { cacheDir, variant, packageFolder, progress } = options;
  const folder = runtimeFolder(cacheDir, variant);
  const there = await ensureLibraries(folder, options);
  await link(folder, packageFolder, variant);
  const built = await buildBinding({ cacheDir, packageFolder, progress });
  if (!(await linkedRuntime(packageFolder))) throw new Error('the binding\'s package is not linked to the libraries although each step passed');
  return there && built === 'there' ? 'there' : 'made';
}

/** True where the libraries were there, whole by their sizes. */
export async function ensureLibraries(folder: string, { cacheDir, variant, progress }: Omit<RuntimeOptions, 'packageFolder'>): Promise<boolean> {
  const files = await readRuntimeFiles(folder);
  const problems = files ? await verifyRuntime(folder, files) : [];
  if (files && problems.length === 0) return true;
  if (problems.length > 0) progress.say(`The native runtime is damaged (${problems[0].path}: ${problems[0].problem}); making it again.`);

  const wheels = variant === 'gpu' ? gpuWheels : cpuWheels;
  const downloads = join(cacheDir, 'downloads');
  const downloadBytes = wheels.reduce((sum, { megabytes }) => sum + megabytes * 1e6, 0);
  progress.say(`Native runtime, ${variant.toUpperCase()}: ${wheels.length} package(s), ${Math.round(downloadBytes / 1e6)} MB to fetch, ${(unpackedBytes[variant] / 1e9).toFixed(1)} GB on disk in ${folder}`);
  await ensureRoom(cacheDir, downloadBytes + unpackedBytes[variant], 'The native runtime');
  const staging = `${folder}.partial`;
  try {
    await rm(staging, { recursive: true, force: true });
    const unpacked: UnpackedFile[] = [];
    const archives: string[] = [];
    await mkdir(downloads, { recursive: true });
    for (const wheel of wheels) archives.push(await downloadWheel(wheel, downloads, progress));
    for (const [i, wheel] of wheels.entries()) {
      let bytes = 0;
      const stop = progress.watch(`unpacking ${wheel.name}`, null, () => bytes);
      unpacked.push(...(await unpackZip(archives[i], staging, wheel.place, (more) => { bytes += more; })));
      stop();
    }
    // Zip tools differ in what they keep; without the bit every kernel compilation fails.
    if (variant === 'gpu') await chmod(join(staging, 'nvidia/cuda_nvcc/bin/ptxas'), 0o755);
    await writeJsonAtomic(join(staging, 'files.json'), { schemaVersion: 1, variant, tensorFlowVersion, files: unpacked });
    await rm(folder, { recursive: true, force: true });
    await rename(staging, folder);
    await Promise.all(archives.map((archive) => rm(archive, { force: true })));
    progress.say(`Native runtime: unpacked, ${Math.round(unpacked.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6)} MB`);
    return false;
  } catch (error) {
    throw asStorageError(error, cacheDir);
  }
}

/** The names that the linker (-ltensorflow) and the loader (the libraries' own names) look for. */
export async function link(folder: string, packageFolder: string, variant: RuntimeVariant): Promise<void> {
  const deps = join(packageFolder, 'deps');
  // A link where a folder is expected would have us write into whatever it points to.
  if ((await lstat(deps).catch(() => null))?.isSymbolicLink()) await rm(deps);
  await mkdir(join(deps, 'lib'), { recursive: true });
  const library = (name: string) => join(folder, 'tensorflow', name);
  await relink(library('include'), join(deps, 'include'));
  await relink(library('libtensorflow_cc.so.2'), join(deps, 'lib/libtensorflow.so'));
  await relink(library('libtensorflow_cc.so.2'), join(deps, 'lib/libtensorflow_cc.so.2'));
  await relink(library('libtensorflow_framework.so.2'), join(deps, 'lib/libtensorflow_framework.so'));
  await relink(library('libtensorflow_framework.so.2'), join(deps, 'lib/libtensorflow_framework.so.2'));
  // $ORIGIN in TensorFlow's search path is the folder of the link: without this one it trains on the CPU in silence.
  if (variant === 'gpu') await relink(join(folder, 'nvidia'), join(deps, 'nvidia'));
  else await rm(join(deps, 'nvidia'), { force: true });
}

/** Renamed into place where it changes at all: a trainer may be loading through it at this moment. */
async function relink(target: string, path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found?.isSymbolicLink() && (await readlink(path)) === target) return;
  if (found && !found.isSymbolicLink()) await rm(path, { recursive: true });
  const fresh = `${path}.${process.pid}.new`;
  await symlink(target, fresh);
  await rename(fresh, path);
}
