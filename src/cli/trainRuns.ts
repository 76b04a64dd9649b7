import { CultivarError, toErrorData } from '../contracts/errors';
import type { EndedEvent } from '../core/run/events';
import { assertRoom } from '../library/room';
import { readRun } from '../library/runs';
import { runOnce } from '../trainer/host/runOnce';
import { CrashLoopGuard } from '../trainer/host/crashLoop';
import { holdsQueue } from '../contracts/failures';
import { errorText, say } from './output';
import { onInterrupt, TrainingProgress } from './progress';

export interface RunToTrain {
  readonly runId: string;
  readonly resume: boolean;
  readonly label: string;
}

/**
 * Trains runs one after another with progress on stderr, for the process that has the queue (inTurn.ts).
 * @returns how each ended; fewer than asked for where the person stopped, or where a failure would have met every run (`held`)
 * @throws CultivarError trainer-crash-loop
 */
export async function trainRuns(library: string, runs: readonly RunToTrain[]): Promise<{ ends: EndedEvent[]; interrupted: boolean; held: boolean }> {
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
  let held = false;
  try {
    for (const [i, { runId, resume, label }] of runs.entries()) {
      if (interrupted) break;
      const crashes = guard.held();
      if (crashes) throw new CultivarError(crashes);
      const noRoom = await assertRoom(library).then(() => null, toErrorData);
      if (noRoom) {
        say(errorText(noRoom));
        held = true;
        break;
      }
      progress.begin(runs.length === 1 ? '' : `[${i + 1}/${runs.length}] `);
      say(runs.length === 1 ? `${label} (${runId})` : `[${i + 1}/${runs.length}] ${label}`);
      const handle = runOnce(library, runId, resume, (events) => progress.events(events));
      stopCurrent = () => handle.stop();
      const end = await handle.ended;
      ends.push(end);
      doneWeight += weights[i];
      if (end.error?.code === 'trainer-crashed') guard.crashed(performance.now());
      if (end.error) say(errorText(end.error));
      held = end.error !== null && holdsQueue(end.error.code);
      if (held) break;
    }
    if (held && ends.length < runs.length) say('The runs after it would meet the same; they stay waiting.');
    return { ends, interrupted, held };
  } finally {
    forget();
  }
}
