import { join } from 'node:path';
import { CultivarError } from '../../src/contracts/errors';
import { acquireLock, type Lock } from '../../src/library/lock';
import type { Progress } from './progress';

/** Longer than any set-up on a line that is worth waiting for. */
const patienceMs = 30 * 60_000;

/**
 * One set-up at a time in a cache folder: waits for the one that runs, saying so, since it most likely does the same work. A lock that a
 * dead one left is broken and said.
 * @throws CultivarError setup-locked after `waitMs`, or a storage error
 */
export async function takeSetupLock(cacheDir: string, progress: Progress, waitMs = patienceMs): Promise<Lock> {
  const until = performance.now() + waitMs;
  for (let said = false; ; said = true) {
    try {
      const lock = await acquireLock(join(cacheDir, 'setup.lock'), 'npm run setup');
      if (lock.broke) progress.say(`An earlier set-up ended without a word (${lock.broke.reason}); going on.`);
      return lock;
    } catch (error) {
      if (!(error instanceof CultivarError) || error.code !== 'run-locked') throw error;
      if (performance.now() >= until) throw new CultivarError({ ...error.toData(), code: 'setup-locked', remedy: 'Let that set-up finish, then run this again.' }, { cause: error });
      if (!said) progress.say(`Another set-up is at work, waiting for it: ${error.message}`);
      await new Promise((resolve) => setTimeout(resolve, Math.min(500, waitMs)));
    }
  }
}
