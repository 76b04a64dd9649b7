import { CultivarError } from '../../contracts/errors';
import type { RunConfig } from '../../core/config/run';
import { gpuName, gpuNotUsed, gpuPresent, listedGpus } from '../../system/checks/gpuState';
import { currentNativeEnvironment } from '../../system/nativeEnvironment';
import { gpuSurroundings } from '../../system/nvidia';
import { runProbe } from '../../system/runProbe';
import { runtimeFacts } from '../../system/runtimeFacts';

export interface NativeHost {
  /** For the trainer's process; it has to be set before it starts. */
  readonly environment: NodeJS.ProcessEnv;
  /** Why a GPU that is present is not used; null where there is none or it is. */
  readonly gpuNotUsed: string | null;
  /** Null where none is seen. */
  readonly gpuName: string | null;
  /** GPUs that TensorFlow can take; 0 where it trains on the CPU. */
  readonly gpusUsed: number;
}

let prepared: Promise<NativeHost> | null = null;

/**
 * What every trainer of this process is started with. GPU libraries are tried in a process of their own first: with a bad driver, loading
 * them kills whoever does it.
 * @throws CultivarError runtime-missing, or why the GPU libraries cannot be loaded
 */
export function nativeHost(): Promise<NativeHost> {
  prepared ??= prepare().catch((error: unknown) => {
    prepared = null; // what is mended meanwhile counts at the next try
    throw error;
  });
  return prepared;
}

async function prepare(): Promise<NativeHost> {
  const [gpu, runtime] = await Promise.all([gpuSurroundings(), runtimeFacts()]);
  if (runtime.problem) throw new CultivarError(runtime.problem);
  const environment = await currentNativeEnvironment(runtime);
  const name = gpuPresent(gpu) ? gpuName(gpu) : null;
  if (runtime.variant !== 'gpu') {
    return { environment, gpusUsed: 0, gpuName: name, gpuNotUsed: gpuNotUsed(gpu, runtime, { state: 'not-run', reason: 'the CPU libraries are set up' })?.message ?? null };
  }
  const { verdict, durationMs } = await runProbe(environment);
  if (verdict.state !== 'ready') throw new CultivarError(verdict.error);
  const notUsed = gpuNotUsed(gpu, runtime, { state: 'run', verdict, durationMs })?.message ?? null;
  return { environment, gpusUsed: notUsed === null ? listedGpus(gpu).length : 0, gpuName: name, gpuNotUsed: notUsed };
}

/**
 * The environment of one run: what its config asks of TensorFlow can only be said this way.
 * @param slot where several GPUs each train a run, the one it gets
 */
export function runEnvironment({ environment, gpusUsed }: NativeHost, { intraOpThreads, device, xla }: Pick<RunConfig, 'intraOpThreads' | 'device' | 'xla'>, slot = 0): NodeJS.ProcessEnv {
  return {
    ...environment,
    TF_CPP_MIN_LOG_LEVEL: environment['TF_CPP_MIN_LOG_LEVEL'] ?? '2',
    // A child of Electron is Electron; this makes it the Node inside.
    ...(process.versions['electron'] && { ELECTRON_RUN_AS_NODE: '1' }),
    ...(xla && { TF_XLA_FLAGS: [environment['TF_XLA_FLAGS'], ...xlaFlags(gpusUsed > 0 && device !== 'cpu')].filter(Boolean).join(' ') }),
    ...(intraOpThreads !== null && { TF_NUM_INTRAOP_THREADS: String(intraOpThreads) }),
    ...(gpusUsed > 1 && environment['CUDA_VISIBLE_DEVICES'] === undefined && { CUDA_VISIBLE_DEVICES: String(slot) }),
    ...(device === 'cpu' && { CUDA_VISIBLE_DEVICES: '-1' }),
  };
}

/**
 * The session of a SavedModel takes no options, so XLA is asked for in the environment. Compiled at once and every shape: else a shape that
 * comes once an epoch would be computed another way the first times, and a resumed run would differ from a whole one.
 */
const xlaFlags = (gpu: boolean) => ['--tf_xla_auto_jit=2', '--tf_xla_enable_lazy_compilation=false', ...(gpu ? [] : ['--tf_xla_cpu_global_jit'])];
