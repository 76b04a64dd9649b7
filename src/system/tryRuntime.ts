import type { CultivarErrorData } from '../contracts/errors';
import { gpuNotUsed, gpuPresent, listedGpus } from './checks/gpuState';
import { readyVerdict, type GpuSurroundings, type ProbeOutcome, type RuntimeFacts } from './doctorFacts';
import { capabilitySupport, judgeDriver } from './driverRequirement';
import { gpusHidden, withoutGpus } from './nativeEnvironment';
import type { runProbe } from './runProbe';

/** The native runtime as it was tried in processes of their own. */
export interface RuntimeTrial {
  /** As every process would load it. */
  readonly probe: ProbeOutcome;
  /** Kept off the GPU, where with it the runtime does not work; null where that was not tried. */
  readonly cpuProbe: ProbeOutcome | null;
  /** What to load it with: the first of the two that works, else as it was given. */
  readonly environment: NodeJS.ProcessEnv;
  /** Why a GPU that this runtime was set up for is not used, so that a run may better wait for it; null where the CPU does not work either, or there is nothing to wait for. */
  readonly gpuAwaited: CultivarErrorData | null;
}

/**
 * Tries the runtime, on a second try without the GPU where that keeps it from working: a driver in a bad state ends the process that
 * asks it for a device, and one that is told of none does not ask.
 * @param environment as `currentNativeEnvironment` makes it
 */
export async function tryRuntime(gpu: GpuSurroundings, runtime: RuntimeFacts, environment: NodeJS.ProcessEnv, run: typeof runProbe): Promise<RuntimeTrial> {
  if (runtime.problem) return { probe: { state: 'not-run', reason: 'needs the native runtime' }, cpuProbe: null, environment, gpuAwaited: null };
  const first = listedGpus(gpu)[0];
  // Known to end the process that loads the GPU libraries, without a word.
  const tooOld = runtime.variant === 'gpu' && first !== undefined && judgeDriver(first.driverVersion ?? gpu.kernelDriver, first.computeCapability).state === 'too-old' && !gpusHidden(environment);
  const probe: ProbeOutcome = tooOld ? { state: 'not-run', reason: 'needs a newer driver' } : { state: 'run', ...(await run(environment)) };
  const awaitable = runtime.variant === 'gpu' && gpuPresent(gpu) && !gpusHidden(environment);
  if (readyVerdict(probe) || !awaitable) return { probe, cpuProbe: null, environment, gpuAwaited: awaitable ? awaited(gpu, runtime, probe) : null };
  const cpu = withoutGpus(environment);
  const cpuProbe: ProbeOutcome = { state: 'run', ...(await run(cpu)) };
  return readyVerdict(cpuProbe) ? { probe, cpuProbe, environment: cpu, gpuAwaited: awaited(gpu, runtime, probe) } : { probe, cpuProbe, environment, gpuAwaited: null };
}

/** A card that nothing can make usable is not waited for. */
function awaited(gpu: GpuSurroundings, runtime: RuntimeFacts, probe: ProbeOutcome): CultivarErrorData | null {
  if (capabilitySupport(listedGpus(gpu)[0]?.computeCapability ?? null) === 'unsupported') return null;
  const problem = gpuNotUsed(gpu, runtime, probe);
  return problem && { ...problem, code: 'gpu-unusable' };
}
