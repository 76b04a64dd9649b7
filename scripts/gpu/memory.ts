import { queryComputeProcesses, queryGpus } from '../../src/system/nvidiaSmi';

const timeoutMs = 20_000;

/** What a process holds of a GPU's memory, in MiB; all that is used of the first GPU where the driver tells it of no process (in a container), null without a driver. */
export async function gpuMemoryMiB(pid: number): Promise<number | null> {
  const own = (await queryComputeProcesses(['pid', 'usedMemoryMiB'], timeoutMs)).rows?.find((row) => row.pid === pid);
  return own ? own.usedMemoryMiB : (await queryGpus(['usedMemoryMiB'], timeoutMs)).rows?.[0]?.usedMemoryMiB ?? null;
}
