import { readdir, realpath, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { CultivarErrorData } from '../contracts/errors';
import type { RuntimeFacts } from './doctorFacts';

/** TensorFlow's own two libraries, by the names that the binding's loader asks for. */
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const;

/** What TensorFlow opens of CUDA at its start; one missing turns every GPU off. libnvJitLink is needed by two of them. */
export const cudaLibraries = [
  'libcudart.so.12', 'libcublas.so.12', 'libcublasLt.so.12', 'libcufft.so.11', 'libcusolver.so.11', 'libcusparse.so.12', 'libcudnn.so.9', 'libnvJitLink.so.12',
] as const;

/** The native runtime as the binding will find it: through the links in the package that holds the binding. */
export async function runtimeFacts(packageFolder: string | null = tensorflowPackage()): Promise<RuntimeFacts> {
  const none = { variant: null, version: '2.21.0', folder: packageFolder ?? '', bytes: 0, cudaDataDir: null, verified: 'presence' } as const;
  if (!packageFolder) return { ...none, problem: missing('The npm packages are not installed.') };
  const binding = join(packageFolder, 'lib/napi-v8/tfjs_binding.node');
  if (!(await exists(binding))) return { ...none, problem: missing('The native runtime is not set up: the binding has not been built.') };
  const found = await Promise.all(libraries.map((name) => realpath(join(packageFolder, 'deps/lib', name)).catch(() => null)));
  const gone = libraries.filter((_, i) => !found[i]);
  if (gone.length > 0) return { ...none, problem: missing(`The native runtime is not whole: ${gone.join(' and ')} cannot be found. Was the cache folder removed?`) };
  const folder = dirname(found[0]!);
  const nvidia = await realpath(join(packageFolder, 'deps/nvidia')).catch(() => null);
  return {
    variant: nvidia ? 'gpu' : 'cpu', version: '2.21.0', folder, verified: 'presence',
    bytes: (await folderBytes(folder)) + (nvidia ? await folderBytes(nvidia) : 0),
    cudaDataDir: nvidia && join(nvidia, 'cuda_nvcc'),
    problem: nvidia ? await cudaProblem(nvidia) : null,
  };
}

/** What the flat CUDA folder lacks; null where it is whole (GPU.md, section 3). */
async function cudaProblem(nvidia: string): Promise<CultivarErrorData | null> {
  const present = await readdir(join(nvidia, 'cuda_runtime/lib')).catch((): string[] => []);
  const gone: string[] = cudaLibraries.filter((name) => !present.includes(name));
  if (!(await exists(join(nvidia, 'cuda_nvcc/nvvm/libdevice/libdevice.10.bc')))) gone.push('libdevice.10.bc');
  const ptxas = await stat(join(nvidia, 'cuda_nvcc/bin/ptxas')).catch(() => null);
  if (!ptxas) gone.push('ptxas');
  else if ((ptxas.mode & 0o111) === 0) return { ...missing('ptxas of the native runtime may not be executed, so that no code can be made for the GPU.'), command: `chmod 755 '${join(nvidia, 'cuda_nvcc/bin/ptxas')}'` };
  return gone.length > 0 ? missing(`The GPU libraries are not whole: ${gone.join(', ')} missing.`) : null;
}

const missing = (message: string): CultivarErrorData => ({ code: 'runtime-missing', message, remedy: 'Set the native runtime up.', command: 'npm run setup' });

function tensorflowPackage(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json'));
  } catch {
    return null;
  }
}

const exists = (path: string) => stat(path).then(() => true, () => false);

async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const sizes = await Promise.all(entries.map((entry) => (entry.isFile() ? stat(join(entry.parentPath, entry.name)).then(({ size }) => size, () => 0) : 0)));
  return sizes.reduce((sum, size) => sum + size, 0);
}
