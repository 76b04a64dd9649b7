import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RuntimePlan, RuntimeProgress, RuntimeState } from '../contracts/calls/runtime';
import { CultivarError } from '../contracts/errors';
import { pythonIndex } from '../download/addresses';
import { writeJsonAtomic } from '../library/atomic';
import { cultivarCommand } from '../library/command';
import { installedPackage } from '../library/installed';
import { acquireLock } from '../library/lock';
import type { ProbeVerdict } from '../system/classifyProbe';
import { currentNativeEnvironment } from '../system/nativeEnvironment';
import { gpuSurroundings } from '../system/nvidia';
import { runProbe } from '../system/runProbe';
import { runtimeFacts } from '../system/runtimeFacts';
import { bindingPackage, inUseFile, linkedRuntime, runtimeFolder, tensorFlowVersion, type RuntimeVariant } from '../system/runtimeLayout';
import { freeBytes } from '../system/storage';
import { chooseDevice } from './chooseDevice';
import { ensureRoom } from './disk';
import { wheelFetcher } from './fetchWheel';
import { downloadsFolder, ensureLibraries, type FetchWheel } from './libraries';
import { downloadBytes, unpackedBytes, wheelFile, wheelsOf } from './packages';

/** What this installed app has of its native runtime, and what getting the rest takes. Asks no one outside. */
export async function runtimeState(cacheDir: string): Promise<RuntimeState> {
  const installed = installedPackage() !== null;
  const { problem } = await runtimeFacts();
  if (!installed || problem === null) return { installed, ready: problem === null, plans: [] };
  const choice = chooseDevice(await gpuSurroundings());
  const variants: readonly RuntimeVariant[] = choice.variant === 'gpu' ? ['gpu', 'cpu'] : ['cpu'];
  const from = await pythonIndex().then((address) => new URL(address).host, () => null);
  const plans = await Promise.all(variants.map(async (variant): Promise<RuntimePlan> => ({
    variant, from, tensorFlowVersion,
    target: variant === choice.variant ? choice.target : 'the CPU',
    warning: choice.warning,
    packages: wheelsOf(variant).length,
    downloadBytes: downloadBytes(variant),
    arrivedBytes: await arrivedBytes(cacheDir, variant),
    diskBytes: unpackedBytes[variant],
    freeBytes: await freeBytes(cacheDir),
    folder: runtimeFolder(cacheDir, variant),
  })));
  return { installed, ready: false, plans };
}

async function arrivedBytes(cacheDir: string, variant: RuntimeVariant): Promise<number> {
  const size = (path: string) => stat(path).then((found) => found.size, () => 0);
  const sizes = await Promise.all(wheelsOf(variant).map(async (wheel) => {
    const path = join(downloadsFolder(cacheDir), wheelFile(wheel));
    return (await size(path)) || (await size(`${path}.part`));
  }));
  return sizes.reduce((a, b) => a + b, 0);
}

export interface InstallOptions {
  readonly cacheDir: string;
  readonly variant: RuntimeVariant;
  readonly onProgress?: (progress: RuntimeProgress) => void;
  readonly onNotice?: (sentence: string) => void;
  readonly signal?: AbortSignal;
  /** Else from the package index. */
  readonly fetchWheel?: FetchWheel;
  /** For tests. */
  readonly prove?: (variant: RuntimeVariant, folder: string) => Promise<ProbeVerdict>;
}

/**
 * Gets the libraries, proves them by a small training step and only then uses them: what was in use stays until that has passed, so
 * that a cancelled, failed or unusable one changes nothing.
 * @throws CultivarError setup-locked, of fetching and unpacking, or why the libraries do not run here; AbortError
 */
export async function installRuntime(options: InstallOptions): Promise<void> {
  const { cacheDir, variant, onProgress, onNotice, signal, fetchWheel = wheelFetcher(signal), prove = proveIn } = options;
  await ensureRoom(cacheDir, 0, 'The native runtime');
  const lock = await takeLock(cacheDir);
  try {
    await ensureLibraries({ cacheDir, variant, fetchWheel, onProgress, onNotice, signal });
    onProgress?.({ phase: 'proving', what: `TensorFlow ${tensorFlowVersion}`, doneBytes: 0, totalBytes: null });
    const verdict = await prove(variant, runtimeFolder(cacheDir, variant));
    signal?.throwIfAborted();
    if (verdict.state !== 'ready') throw new CultivarError(verdict.error);
    if (variant === 'gpu' && !verdict.gpu) {
      throw new CultivarError(verdict.gpuProblem ?? { code: 'gpu-unusable', message: 'The GPU libraries load, but TensorFlow uses no GPU and does not say why.', remedy: 'See what the checks find.', command: cultivarCommand('doctor') });
    }
    await mkdir(dirname(inUseFile(cacheDir)), { recursive: true });
    await writeJsonAtomic(inUseFile(cacheDir), { schemaVersion: 1, tensorFlowVersion, variant });
  } finally {
    await lock.release();
  }
}

async function proveIn(variant: RuntimeVariant, folder: string): Promise<ProbeVerdict> {
  const environment = await currentNativeEnvironment({ cudaDataDir: variant === 'gpu' ? join(folder, 'nvidia/cuda_nvcc') : null, libraryDir: join(folder, 'tensorflow') });
  return (await runProbe(environment)).verdict;
}

/** @throws CultivarError where nothing is to be installed: in the project the set-up makes the runtime, and a whole one needs nothing */
export async function variantToInstall(wanted: RuntimeVariant | null): Promise<RuntimeVariant> {
  if (!installedPackage()) {
    throw new CultivarError({ code: 'usage', message: 'Here the set-up makes the native runtime: this is the project, not an installed package.', remedy: 'Set it up.', command: 'npm run setup' });
  }
  return wanted ?? chooseDevice(await gpuSurroundings()).variant;
}

/** The runtime in use, whole by its sizes; null where there is none. */
export async function variantInUse(): Promise<RuntimeVariant | null> {
  const linked = await linkedRuntime(bindingPackage());
  return linked && (await runtimeFacts()).problem === null ? linked.variant : null;
}

async function takeLock(cacheDir: string) {
  try {
    return await acquireLock(join(cacheDir, 'setup.lock'), 'getting the native runtime');
  } catch (error) {
    if (!(error instanceof CultivarError) || error.code !== 'run-locked') throw error;
    throw new CultivarError({ ...error.toData(), code: 'setup-locked', message: `The native runtime is being set up already: ${error.message}`, remedy: 'Let it finish, then try again.' }, { cause: error });
  }
}
