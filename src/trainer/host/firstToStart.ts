import type { CultivarErrorData } from '../../contracts/errors';
import type { QueueEntry } from '../../library/queueFile';
import { readRun } from '../../library/runs';

/**
 * The first of the waiting that may start; null where none may. While the GPU cannot be used, what would get the CPU in its place waits,
 * also one that has begun on the GPU; what asks for the CPU does not.
 * @param awaited why the GPU that runs wait for cannot be used; null where none is waited for
 * @param cpuMeanwhile runs that leave their device open train on the CPU instead of waiting
 */
export async function firstToStart(library: string, waiting: readonly QueueEntry[], awaited: CultivarErrorData | null, cpuMeanwhile: boolean): Promise<QueueEntry | null> {
  if (!awaited) return waiting[0] ?? null;
  for (const entry of waiting) {
    const run = await readRun(library, entry.runId).catch(() => null);
    const device = run?.config.resolved.device ?? 'cpu';
    if (device === 'cpu' || (device === 'auto' && cpuMeanwhile && run?.environment?.device.kind !== 'gpu')) return entry;
  }
  return null;
}
