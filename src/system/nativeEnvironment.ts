import { driverLibraryFound } from './nvidia';

/** Where the parts lie that the native runtime is told of by its environment. */
interface NativeEnvironmentOptions {
  /** Folder of nvcc's two files (bin/ptxas, nvvm/libdevice) that came with the GPU libraries; null without them. */
  readonly cudaDataDir: string | null;
  /** Folder of TensorFlow's libraries where the binding does not find them by itself: in an installed app they lie in the person's cache. */
  readonly libraryDir?: string | null;
  /** libcuda is found by LD_LIBRARY_PATH alone, so that it has to stay. */
  readonly keepLibraryPath?: boolean;
}

/**
 * The environment of every process that loads TensorFlow, the trainer and the probe alike (GPU.md, sections 3 to 5).
 * It has to be set before the process starts.
 */
export function nativeEnvironment(base: NodeJS.ProcessEnv, { cudaDataDir, libraryDir = null, keepLibraryPath = false }: NativeEnvironmentOptions): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    ...base,
    // Else the first allocation takes nearly all of the GPU's memory.
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    // Code compiled for a new card is kept, instead of being made at each start.
    CUDA_CACHE_MAXSIZE: '4294967296',
  };
  // It comes before the libraries' own search path: another CUDA in it would be loaded instead of ours.
  const libraryPath = [libraryDir, keepLibraryPath ? base.LD_LIBRARY_PATH : null].filter(Boolean).join(':');
  if (libraryPath) environment.LD_LIBRARY_PATH = libraryPath;
  else delete environment.LD_LIBRARY_PATH;
  if (cudaDataDir) environment.XLA_FLAGS = [base.XLA_FLAGS, `--xla_gpu_cuda_data_dir=${cudaDataDir}`].filter(Boolean).join(' ');
  return environment;
}

/** The same for a process that is to use no GPU, and not to ask the driver for one. */
export const withoutGpus = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ ...environment, CUDA_VISIBLE_DEVICES: '-1' });

/** Whoever started this process keeps it off every GPU. */
export const gpusHidden = ({ CUDA_VISIBLE_DEVICES: visible }: NodeJS.ProcessEnv) => visible !== undefined && /^\s*(-1.*)?$/.test(visible);

/** The same, with the log that tells failures apart. */
export const probeEnvironment = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...environment,
  TF_CPP_MIN_LOG_LEVEL: '0',
  TF_CPP_VMODULE: 'dso_loader=1,cuda_diagnostics=1',
});

/** `nativeEnvironment` for this process and this computer. */
export async function currentNativeEnvironment(places: Pick<NativeEnvironmentOptions, 'cudaDataDir' | 'libraryDir'>, base: NodeJS.ProcessEnv = process.env): Promise<NodeJS.ProcessEnv> {
  const without = { ...base, LD_LIBRARY_PATH: undefined };
  const keepLibraryPath = !(await driverLibraryFound('libcuda.so.1', without)) && (await driverLibraryFound('libcuda.so.1', base));
  return nativeEnvironment(base, { cudaDataDir: places.cudaDataDir, libraryDir: places.libraryDir, keepLibraryPath });
}
