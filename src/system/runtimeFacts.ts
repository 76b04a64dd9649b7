import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CultivarErrorData } from '../contracts/errors';
import { shellQuoted } from '../library/atomic';
import { setupCommand } from '../library/command';
import { installedPackage } from '../library/installed';
import type { RuntimeFacts } from './doctorFacts';
import { bindingFile, bindingPackage, linkedRuntime, tensorFlowVersion, verifyRuntime, type RuntimeProblem } from './runtimeLayout';

/** What TensorFlow opens of CUDA at its start; one missing turns every GPU off. libnvJitLink is needed by two of them. */
export const cudaLibraries = [
  'libcudart.so.12', 'libcublas.so.12', 'libcublasLt.so.12', 'libcufft.so.11', 'libcusolver.so.11', 'libcusparse.so.12', 'libcudnn.so.9', 'libnvJitLink.so.12',
] as const;

/**
 * The native runtime as the binding will find it: through the links in the package that holds the binding.
 * @param deep compare every file's hash too
 */
export async function runtimeFacts({ packageFolder = bindingPackage(), deep = false }: { readonly packageFolder?: string | null; readonly deep?: boolean } = {}): Promise<RuntimeFacts> {
  const verified = deep ? 'hashes' : 'sizes';
  const none = { variant: null, version: tensorFlowVersion, folder: packageFolder ?? '', bytes: 0, cudaDataDir: null, libraryDir: null, verified } as const;
  if (!packageFolder) return { ...none, problem: missing('The npm packages are not installed.') };
  const linked = await linkedRuntime(packageFolder);
  if (!linked) return { ...none, problem: await unlinkedProblem(packageFolder) };
  const { variant, folder, files, cudaDataDir, libraryDir } = linked;
  const wrong = await verifyRuntime(folder, files, { deep });
  return {
    variant, version: tensorFlowVersion, folder, cudaDataDir, libraryDir, verified,
    bytes: files.files.reduce((sum, { bytes }) => sum + bytes, 0),
    problem: wrong.length > 0 ? damaged(folder, wrong) : variant === 'gpu' ? await cudaProblem(libraryDir === null ? join(packageFolder, 'deps/nvidia') : join(folder, 'nvidia')) : null,
  };
}

async function unlinkedProblem(packageFolder: string): Promise<CultivarErrorData> {
  if (installedPackage()) return missing('The native runtime is not here yet: TensorFlow\'s libraries are fetched once, or come in an offline pack.');
  if (!(await exists(bindingFile(packageFolder)))) return missing('The native runtime is not set up: the binding has not been built.');
  const library = join(packageFolder, 'deps/lib/libtensorflow_cc.so.2');
  if (!(await exists(library))) return missing('The native runtime is not whole: libtensorflow_cc.so.2 cannot be found. Was the cache folder removed?');
  return missing('The native runtime was not set up to the end: the list of its files is missing, or is that of another version.');
}

function damaged(folder: string, wrong: readonly RuntimeProblem[]): CultivarErrorData {
  const said = { missing: 'is missing', size: 'has another size', hash: 'has changed' } as const;
  const first = wrong.slice(0, 3).map(({ path, problem }) => `${path} ${said[problem]}`).join(', ');
  return {
    code: 'runtime-unloadable',
    message: `The native runtime is damaged: ${first}${wrong.length > 3 ? ` and ${wrong.length - 3} more` : ''}.`,
    remedy: 'Set it up again.',
    command: wrong.some(({ problem }) => problem === 'hash') ? `rm -r ${shellQuoted(folder)} && ${setupCommand()}` : setupCommand(),
  };
}

/** What the flat CUDA folder lacks; null where it is whole (GPU.md, section 3). */
async function cudaProblem(nvidia: string): Promise<CultivarErrorData | null> {
  // TensorFlow looks beside the link, not beside the file it points to: without this one it trains on the CPU in silence.
  if (!(await exists(nvidia))) return missing('The GPU libraries are not linked into the binding\'s package (deps/nvidia).');
  const present = await readdir(join(nvidia, 'cuda_runtime/lib')).catch((): string[] => []);
  const gone: string[] = cudaLibraries.filter((name) => !present.includes(name));
  if (!(await exists(join(nvidia, 'cuda_nvcc/nvvm/libdevice/libdevice.10.bc')))) gone.push('libdevice.10.bc');
  const ptxas = await stat(join(nvidia, 'cuda_nvcc/bin/ptxas')).catch(() => null);
  if (!ptxas) gone.push('ptxas');
  else if ((ptxas.mode & 0o111) === 0) return { ...missing('ptxas of the native runtime may not be executed, so that no code can be made for the GPU.'), command: `chmod 755 ${shellQuoted(await realpath(join(nvidia, 'cuda_nvcc/bin/ptxas')))}` };
  return gone.length > 0 ? missing(`The GPU libraries are not whole: ${gone.join(', ')} missing.`) : null;
}

const missing = (message: string): CultivarErrorData => ({ code: 'runtime-missing', message, remedy: 'Set the native runtime up.', command: setupCommand() });

const exists = (path: string) => stat(path).then(() => true, () => false);
