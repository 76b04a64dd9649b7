import { lstat, mkdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { RuntimeProgress } from '../../src/contracts/calls/runtime';
import { ensureLibraries as ensureLibrariesBy } from '../../src/runtime/libraries';
import { linkedRuntime, runtimeFolder, type RuntimeVariant } from '../../src/system/runtimeLayout';
import { buildBinding } from './binding';
import { downloadWheel } from './download';
import type { Progress } from './progress';

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
  const there = await ensureLibraries(options);
  await link(folder, packageFolder, variant);
  const built = await buildBinding({ cacheDir, packageFolder, progress });
  if (!(await linkedRuntime(packageFolder))) throw new Error('the binding\'s package is not linked to the libraries although each step passed');
  return there && built === 'there' ? 'there' : 'made';
}

/** The libraries, brought by pip, told on the terminal: true where they were there. */
export async function ensureLibraries({ cacheDir, variant, progress }: Omit<RuntimeOptions, 'packageFolder'>): Promise<boolean> {
  let stop: (() => void) | undefined;
  let now: RuntimeProgress | null = null;
  const onProgress = (next: RuntimeProgress) => {
    const begun = now === null || now.phase !== next.phase || now.what !== next.what;
    now = next;
    if (!begun || next.phase !== 'unpacking') return;
    stop?.();
    const from = next.doneBytes;
    stop = progress.watch(`unpacking ${next.what}`, null, () => (now?.doneBytes ?? from) - from);
  };
  try {
    return await ensureLibrariesBy({ cacheDir, variant, onProgress, onNotice: (sentence) => { progress.say(sentence); }, fetchWheel: (wheel, folder) => downloadWheel(wheel, folder, progress) });
  } finally {
    stop?.();
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
