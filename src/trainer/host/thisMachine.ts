import { availableParallelism } from 'node:os';
import type { Machine } from '../../contracts/machine';
import { processorName } from '../../system/device';
import { tensorFlowVersion } from '../../system/runtimeLayout';
import { nativeHost } from './nativeHost';

/**
 * What a run begun now would be recorded with; null where the native runtime cannot be used: nothing can be trained, and nothing is reused.
 * @param cpuMeanwhile a GPU that cannot be used now is not waited for
 */
export async function thisMachine(cpuMeanwhile = true): Promise<Machine | null> {
  const host = await nativeHost().catch(() => null);
  if (!host) return null;
  return {
    cpu: processorName(), gpu: host.gpusUsed > 0 || (host.gpuAwaited && !cpuMeanwhile) ? (host.gpuName ?? 'NVIDIA GPU') : null, tensorflow: tensorFlowVersion,
    threads: Number(host.environment['TF_NUM_INTRAOP_THREADS']) || availableParallelism(),
  };
}
