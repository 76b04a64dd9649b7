import { makeFolder } from './atomic';
import { acquireLock, type Lock } from './lock';
import { schedulerLockFile } from './paths';

/**
 * Makes this process the one that starts the library's waiting runs; app and command line share one queue.
 * @param purpose who asks, as others will read it: "the Cultivar window"
 * @throws CultivarError run-locked while another process has it, or a storage error
 */
export async function acquireSchedulerLock(library: string, purpose: string): Promise<Lock> {
  await makeFolder(library);
  return acquireLock(schedulerLockFile(library), purpose);
}
