import { CultivarError } from '../contracts/errors';
import type { EndedEvent } from '../core/run/events';
import { acquireSchedulerLock } from '../library/schedulerLock';
import { readRun } from '../library/runs';
import { runOnce } from '../trainer/host/runOnce';
import { CrashLoopGuard } from '../trainer/host/crashLoop';
import { errorText, say } from './output';
import { onInterrupt, TrainingProgress } from './progress';

/**
 * Holds the library's queue during `work`. Taken before any run is written: else one would wait that nobody has said it for.
 * @throws CultivarError run-locked where the app or another command trains
 */
export async function holdingQueue<T>(library: string, work: () => Promise<T>): Promise<T> {
  const lock = await acquireSchedulerLock(library, 'the command line');
  if (lock.broke) say(`A lock was left behind (${lock.broke.reason}); it was removed.`);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/** A failure that lies in the run itself and comes again whenever it is trained. */
export const isItsOwn = (code: string) => code === 'loss-not-finite' || code === 'config-invalid';

/** A failure of the machine or the library (a full disk, damaged data, no runtime), which every other run would meet as well. A crash may be one run's. */
const stopsAll = (code: string) => !isItsOwn(code) && !code.startsWith('trainer-') && !['out-of-memory', 'run-damaged', 'run-unknown', 'run-locked', 'checkpoint-damaged', 'internal'].includes(code);

/**
 * Trains runs one after another with progress on stderr. For `holdingQueue`.
 * @returns how each ended; fewer than asked for where the person stopped, or a failure would have met every run
 * @throws CultivarError trainer-crash-loop
 */
export async function trainRuns(library: string, runs: readonly { runId: string; resume: boolean; label: string }[]): Promise<{ ends: EndedEvent[]; interrupted: boolean }> {
  const guard = new CrashLoopGuard();
  const started = performance.now();
  const weights = await Promise.all(runs.map(async ({ runId }) => (await readRun(library, runId)).config.resolved.epochs));
  const allWeight = weights.reduce((a, b) => a + b, 0);
  let doneWeight = 0;
  let interrupted = false;
  let stopCurrent: () => void = () => undefined;
  const progress: TrainingProgress = new TrainingProgress(runs.length === 1 ? undefined : (): { fraction: number; remainingMs: number | null } => {
    const { plan, step } = progress.current;
    const fraction = (doneWeight + (plan ? (step / plan.totalSteps) * plan.epochs : 0)) / allWeight;
    const elapsed = performance.now() - started;
    return { fraction, remainingMs: fraction > 0.01 ? (elapsed / fraction) * (1 - fraction) : null };
  });
  const forget = onInterrupt(() => {
    interrupted = true;
    stopCurrent();
  });
  const ends: EndedEvent[] = [];
  try {
    for (const [i, { runId, resume, label }] of runs.entries()) {
      if (interrupted) break;
      const held = guard.held();
      if (held) throw new CultivarError(held);
      progress.begin(runs.length === 1 ? '' : `[${i + 1}/${runs.length}] `);
      say(runs.length === 1 ? `${label} (${runId})` : `[${i + 1}/${runs.length}] ${label}`);
      const handle = runOnce(library, runId, resume, (events) => progress.events(events));
      stopCurrent = () => handle.stop();
      const end = await handle.ended;
      ends.push(end);
      doneWeight += weights[i];
      if (end.error?.code === 'trainer-crashed') guard.crashed(performance.now());
      if (end.error) say(errorText(end.error));
      if (end.error && stopsAll(end.error.code) && i < runs.length - 1) {
        say('The runs after it would meet the same; they stay waiting.');
        break;
      }
    }
    return { ends, interrupted };
  } finally {
    forget();
  }
}
