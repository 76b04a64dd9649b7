import Module, { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import type * as TensorFlowModule from '@tensorflow/tfjs-node-gpu';
import { CultivarError } from '../../contracts/errors';
import { setupCommand } from '../../library/command';

export type TensorFlow = typeof TensorFlowModule;

const packageName = '@tensorflow/tfjs-node-gpu';
let loaded: TensorFlow | undefined;

/**
 * Loads the native runtime, once a process. With a GPU in a bad state this can end the process without a word: only the probe
 * and, after it has answered, the trainer may call it.
 * @throws CultivarError 'runtime-missing' where it was never set up, 'runtime-unloadable' where its libraries do not load
 */
export function loadTensorFlow(): TensorFlow {
  if (loaded) return loaded;
  // Both are read when the library is loaded.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // One op at a time, each on all cores. Two products at once gave other last digits from run to run (the gradients of filters on
  // 2×2 maps, in nearly every step on two busy cores), and a resumed run has to repeat to the bit.
  process.env['TF_NUM_INTEROP_THREADS'] ??= '1';
  const require = createRequire(import.meta.url);
  try {
    if (process.versions['electron'] && process.platform === 'linux') loadBindingInElectron(require);
    loaded = require(packageName) as TensorFlow;
    return loaded;
  } catch (error) {
    throw runtimeError(error);
  }
}

/**
 * Electron's executable exports an allocator that gives large blocks back to the kernel at every step. RTLD_DEEPBIND lets
 * libtensorflow find the pooled allocator that is compiled into the binding first.
 */
function loadBindingInElectron(require: NodeJS.Require): void {
  const binding = new Module(join(dirname(require.resolve(`${packageName}/package.json`)), 'lib/napi-v8/tfjs_binding.node'));
  process.dlopen(binding, binding.id, constants.dlopen.RTLD_LAZY | constants.dlopen.RTLD_DEEPBIND);
  binding.loaded = true;
  require.cache[binding.id] = binding; // the package's own require() gets this one
}

/** What a failed load means: the binding was never set up, or it is there and cannot be loaded. */
export function runtimeError(error: unknown): CultivarError {
  const { message, code } = error as NodeJS.ErrnoException;
  const detail = error instanceof Error ? error.stack : String(error);
  const missing = code === 'MODULE_NOT_FOUND' || /tfjs_binding\.node\)? can not be found|tfjs_binding\.node: cannot open shared object file/.test(message);
  return new CultivarError({
    ...(missing
      ? { code: 'runtime-missing', message: 'The native runtime is not set up here: TensorFlow\'s binding was not found.', remedy: 'Set it up.' }
      : { code: 'runtime-unloadable', message: `The native runtime is there but does not load: ${message.split('\n')[0]}`, remedy: 'Set it up again.' }),
    command: setupCommand(),
    detail,
  });
}

export const isUsingGpuDevice = (tf: TensorFlow): boolean => nodeBackend(tf).isUsingGpuDevice;
export const tensorFlowVersion = (tf: TensorFlow): string => nodeBackend(tf).binding.TF_Version;

/** The part of tfjs's backend that this folder reads and its types hide. */
interface NodeBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version: string };
}

const nodeBackend = (tf: TensorFlow): NodeBackend => tf.backend() as unknown as NodeBackend;
