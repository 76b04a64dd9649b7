import { holdsQueue } from '../../contracts/failures';
import type { HeldRun } from '../../core/design/nextRuns';
import { readEvents } from '../../library/events';
import type { ExperimentManifest } from '../../library/experiments';
import type { RunManifest } from '../../library/runManifest';

/**
 * An experiment's runs as `nextRuns` wants them. One that was deleted or cannot be read has ended without a result: it is not trained
 * again unasked.
 * @param runs the library's, by id
 * @param timed read how long they trained (for a budget of minutes)
 */
export async function heldRuns(library: string, { id, arms }: ExperimentManifest, runs: ReadonlyMap<string, RunManifest>, timed: boolean): Promise<HeldRun[]> {
  return Promise.all(arms.flatMap(({ key, runIds, seeds }) => runIds.map(async (runId, i): Promise<HeldRun> => {
    const run = runs.get(runId);
    const own = run?.experimentId === id;
    return {
      armKey: key, seed: seeds[i] ?? -1, own, state: run && isOpen(run) ? 'open' : 'ended',
      accuracy: run?.status === 'completed' ? (run.summary.lastValidation?.accuracy ?? null) : null,
      trainMs: timed && own ? await trainedMs(library, runId) : 0,
    };
  })));
}

function isOpen({ status, failure }: RunManifest): boolean {
  switch (status) {
    case 'queued':
    case 'running':
    case 'stopped':
    case 'interrupted': return true;
    case 'completed': return false;
    // A full disk may have room by now.
    case 'failed': return holdsQueue(failure?.code ?? 'internal');
  }
}

/** Training so far, pauses and evaluations left out. */
async function trainedMs(library: string, runId: string): Promise<number> {
  const { events } = await readEvents(library, runId);
  for (const event of [...events].reverse()) {
    if (event.type === 'epoch') return event.elapsedMs;
    if (event.type === 'steps') return event.elapsedMs.at(-1) ?? 0;
  }
  return 0;
}
