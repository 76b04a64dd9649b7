import type { CheckpointEvent, EndedEvent, TrainerEvent } from '../../core/run/events';
import { replay } from '../../core/run/view';
import { toErrorData } from '../../contracts/errors';
import { checkpointSteps, dropAllButBest, optimizerFile, readPosition, removeUnneeded, unneededCheckpoints, type CheckpointPosition } from '../../library/checkpoints';
import { summaryOf } from '../../library/runManifest';
import { readRun } from '../../library/runs';
import { openRunWriter } from '../../library/runWriter';
import { cultivarVersion } from '../../system/version';
import { explainMemory } from './explainMemory';
import { sourceCommit } from './sourceCommit';
import { nativeHost, trainingEnvironment } from './nativeHost';
import { startTrainer, type TrainerProcess } from './trainerProcess';

export interface RunHandle {
  /** @param keep `best`: of its checkpoints only the best epoch's, where an epoch was finished */
  stop(keep?: 'last' | 'best'): void;
  pause(): void;
  continue(): void;
  note(text: string): void;
  readonly pid: () => number | undefined;
  /** The run's end, recorded. Never rejects: what could not even start is an end as well. */
  readonly ended: Promise<EndedEvent>;
}

/** Trains one run in a process of its own, and writes down how it ended. @param slot which of several GPUs it gets */
export function runOnce(library: string, runId: string, resume: boolean, onEvents: (events: readonly TrainerEvent[]) => void, slot = 0): RunHandle {
  let trainer: TrainerProcess | null = null;
  let stopAsked = false;
  let keepBest = false;
  const train = async (): Promise<Pick<EndedEvent, 'outcome' | 'error' | 'exit'>> => {
    const host = await nativeHost();
    const { config } = await readRun(library, runId);
    if (stopAsked) return { outcome: 'stopped', error: null, exit: { code: null, signal: null } };
    const command = { type: 'run', libraryDir: library, runId, resume, gpuNotUsed: host.gpuAwaited ? `${host.gpuAwaited.message} The CPU is used meanwhile.` : host.gpuNotUsed, gpuName: host.gpuName, cultivarVersion: cultivarVersion(), commit: await sourceCommit() } as const;
    trainer = startTrainer(command, trainingEnvironment(host, config.resolved, slot), { events: onEvents });
    if (stopAsked) trainer.stop();
    return explainMemory(library, runId, await trainer.ended);
  };
  const ended = train()
    .catch((error: unknown) => ({ outcome: 'failed' as const, error: toErrorData(error), exit: { code: null, signal: null } }))
    .then((end) => recordEnd(library, runId, { type: 'ended', atMs: Date.now(), ...end }, keepBest, onEvents));
  return {
    stop: (keep = 'last') => {
      stopAsked = true;
      keepBest ||= keep === 'best';
      trainer?.stop();
    },
    pause: () => trainer?.send({ type: 'pause' }),
    continue: () => trainer?.send({ type: 'continue' }),
    note: (text) => trainer?.send({ type: 'note', text }),
    pid: () => trainer?.pid,
    ended,
  };
}

/** Asked for with the stop. Its optimizer's state stays: the run can be resumed there. */
export async function keepBestOnly(library: string, runId: string, atMs: number): Promise<readonly TrainerEvent[]> {
  const dropped = await dropAllButBest(library, runId);
  if (dropped === null) return [];
  return [kept(await lastPosition(library, runId), 'best', atMs, dropped)];
}

const lastPosition = async (library: string, runId: string) => readPosition(library, runId, (await checkpointSteps(library, runId)).at(-1)!);

const kept = ({ step, files }: Pick<CheckpointPosition, 'step' | 'files'>, reason: CheckpointEvent['reason'], atMs: number, dropped: readonly number[]): TrainerEvent =>
  ({ type: 'checkpoint', atMs, step, bytes: Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0), reason, dropped });

/** What goes of a completed run's checkpoints, told before it goes. */
async function thinned(library: string, runId: string, extendable: boolean, atMs: number): Promise<{ told: TrainerEvent; remove: () => Promise<void> }> {
  const unneeded = await unneededCheckpoints(library, runId, { completed: true, extendable });
  const { step, files } = await lastPosition(library, runId);
  const { [optimizerFile]: _, ...weights } = files;
  const last = { step, files: unneeded.stripped.some((position) => position.step === step) ? weights : files };
  return { told: kept(last, 'end', atMs, unneeded.dropped), remove: () => removeUnneeded(library, runId, unneeded) };
}

/** The trainer is gone, so its lock is stale: the run is this process's to write. */
export async function recordEnd(library: string, runId: string, event: EndedEvent, keepBest: boolean, onEvents: (events: readonly TrainerEvent[]) => void): Promise<EndedEvent> {
  try {
    const told: TrainerEvent[] = [];
    const writer = await openRunWriter(library, runId, 'the end of a run');
    try {
      if (writer.stored.torn) {
        const { line, bytes } = writer.stored.torn;
        told.push({ type: 'warned', atMs: event.atMs, error: { code: 'run-damaged', message: `The last event (line ${line}, ${bytes} bytes) had been cut off; it was removed.` } });
      }
      const thinning = event.outcome === 'completed' ? await thinned(library, runId, writer.manifest.config.resolved.keepOptimizerState, event.atMs) : null;
      if (thinning) told.push(thinning.told);
      if (event.outcome === 'stopped' && keepBest) told.push(...(await keepBestOnly(library, runId, event.atMs)));
      told.push(event);
      const view = replay([...writer.stored.events, ...told]);
      await writer.append(...told);
      await writer.update({ status: event.outcome, endedAt: new Date(event.atMs).toISOString(), failure: event.error, summary: summaryOf(view) });
      // What only a resume would want goes once the end is on the disk: until then the run may have to be resumed. What stays costs room alone.
      await thinning?.remove().catch(() => undefined);
    } finally {
      await writer.close();
    }
    onEvents(told);
    return event;
  } catch (error) {
    // Shown all the same; on disk the run is then found interrupted, which is what it is there.
    const shown: EndedEvent = { ...event, outcome: 'failed', error: event.error ?? toErrorData(error) };
    onEvents([shown]);
    return shown;
  }
}
