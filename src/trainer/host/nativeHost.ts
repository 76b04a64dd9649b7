import { CultivarError, type CultivarErrorData } from '../../contracts/errors';
import type { RunConfig } from '../../core/config/run';
import { gpuName, gpuNotUsed, gpuPresent, listedGpus } from '../../system/checks/gpuState';
import { currentNativeEnvironment, withoutGpus } from '../../system/nativeEnvironment';
import { gpuSurroundings } from '../../system/nvidia';
import { runProbe } from '../../system/runProbe';
import { runtimeFacts } from '../../system/runtimeFacts';
import { tryRuntime } from '../../system/tryRuntime';

export interface NativeHost {
  /** For the trainer's process; it has to be set before it starts. */
  readonly environment: NodeJS.ProcessEnv;
  /** Why a GPU that is present is not used; null where there is none or it is. */
  readonly gpuNotUsed: string | null;
  /** The same where it is worth waiting for: the runtime is set up for that GPU, and something can mend it. */
  readonly gpuAwaited: CultivarErrorData | null;
  /** Null where none is seen. */
  readonly gpuName: string | null;
  /** GPUs that TensorFlow can take; 0 where it trains on the CPU. */
  readonly gpusUsed: number;
}

let prepared: Promise<NativeHost> | null = null;

/**
 * What every trainer of this process is started with. GPU libraries are tried in a process of their own first: with a bad driver, loading
 * them kills whoever does it. Where they work without the GPU only, trainers are kept off it, and `gpuAwaited` says why.
 * @throws CultivarError runtime-missing, or why the GPU libraries cannot be loaded
 */
export function nativeHost(): Promise<NativeHost> {
  prepared ??= prepare().catch((error: unknown) => {
    prepared = null; // what is mended meanwhile counts at the next try
    throw error;
  });
  return prepared;
}

/** What kept a GPU from being used may be mended: the next `nativeHost` tries it anew. */
export async function lookForGpuAgain(): Promise<void> {
  const before = prepared;
  const host = await before?.catch(() => null);
  if (host?.gpuAwaited && prepared === before) prepared = null;
}

/** @param edges what is looked at, replaced by tests at the outermost edge */
export async function prepare(edges: { readonly gpu: typeof gpuSurroundings; readonly runtime: typeof runtimeFacts; readonly probe: typeof runProbe } = { gpu: gpuSurroundings, runtime: runtimeFacts, probe: runProbe }): Promise<NativeHost> {
  const [gpu, runtime] = await Promise.all([edges.gpu(), edges.runtime()]);
  if (runtime.problem) throw new CultivarError(runtime.problem);
  const environment = await currentNativeEnvironment(runtime);
  const name = gpuPresent(gpu) ? gpuName(gpu) : null;
  if (runtime.variant !== 'gpu') {
    return { environment, gpusUsed: 0, gpuAwaited: null, gpuName: name, gpuNotUsed: gpuNotUsed(gpu, runtime, { state: 'not-run', reason: 'the CPU libraries are set up' })?.message ?? null };
  }
  const trial = await tryRuntime(gpu, runtime, environment, edges.probe);
  const problem = gpuNotUsed(gpu, runtime, trial.probe);
  const tried = trial.cpuProbe ?? trial.probe;
  if (tried.state === 'run' && tried.verdict.state !== 'ready') throw new CultivarError(problem ?? tried.verdict.error);
  return { environment: trial.environment, gpusUsed: problem === null ? listedGpus(gpu).length : 0, gpuAwaited: trial.gpuAwaited, gpuName: name, gpuNotUsed: problem?.message ?? null };
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
    ...(device === 'cpu' && withoutGpus({})),
  };
}

/**
 * The environment of a run that is trained: on a GPU as `runEnvironment`, and so that it repeats to the byte. A person's own settings count more.
 * Not for evaluating and explaining: gradients through batch norm's running statistics have no deterministic kernel, and would throw.
 */
export function trainingEnvironment(host: NativeHost, config: Pick<RunConfig, 'intraOpThreads' | 'device' | 'xla'>, slot = 0): NodeJS.ProcessEnv {
  const onGpu = host.gpusUsed > 0 && config.device !== 'cpu';
  return { ...(onGpu && { TF_DETERMINISTIC_OPS: '1', TF_CUDNN_DETERMINISTIC: '1' }), ...runEnvironment(host, config, slot) };
}

/**
 * The session of a SavedModel takes no options, so XLA is asked for in the environment. Compiled at once and every shape: else a shape that
 * comes once an epoch would be computed another way the first times, and a resumed run would differ from a whole one.
 */
const xlaFlags = (gpu: boolean) => ['--tf_xla_auto_jit=2', '--tf_xla_enable_lazy_compilation=false', ...(gpu ? [] : ['--tf_xla_cpu_global_jit'])];
