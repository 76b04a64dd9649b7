import type { EndedEvent, TrainerEvent } from '../../core/run/events';
import { replay } from '../../core/run/view';
import { toErrorData } from '../../contracts/errors';
import { summaryOf } from '../../library/runManifest';
import { readRun } from '../../library/runs';
import { openRunWriter } from '../../library/runWriter';
import { cultivarVersion } from '../../system/version';
import { sourceCommit } from './sourceCommit';
import { nativeHost, runEnvironment } from './nativeHost';
import { startTrainer, type TrainerProcess } from './trainerProcess';

export interface RunHandle {
  stop(): void;
  pause(): void;
  continue(): void;
  note(text: string): void;
  readonly pid: () => number | undefined;
  /** The run's end, recorded. Never rejects: what could not even start is an end as well. */
  readonly ended: Promise<EndedEvent>;
}

/** Trains one run in a process of its own, and writes down how it ended. */
export function runOnce(library: string, runId: string, resume: boolean, onEvents: (events: readonly TrainerEvent[]) => void): RunHandle {
  let trainer: TrainerProcess | null = null;
  let stopAsked = false;
  const train = async (): Promise<Pick<EndedEvent, 'outcome' | 'error' | 'exit'>> => {
    const host = await nativeHost();
    const { config } = await readRun(library, runId);
    if (stopAsked) return { outcome: 'stopped', error: null, exit: { code: null, signal: null } };
    const command = { type: 'run', libraryDir: library, runId, resume, gpuNotUsed: host.gpuNotUsed, cultivarVersion: cultivarVersion(), commit: await sourceCommit() } as const;
    trainer = startTrainer(command, runEnvironment(host, config.resolved), onEvents);
    if (stopAsked) trainer.stop();
    return trainer.ended;
  };
  const ended = train()
    .catch((error: unknown) => ({ outcome: 'failed' as const, error: toErrorData(error), exit: { code: null, signal: null } }))
    .then((end) => recordEnd(library, runId, { type: 'ended', atMs: Date.now(), ...end }, onEvents));
  return {
    stop: () => { stopAsked = true; trainer?.stop(); },
    pause: () => trainer?.send({ type: 'pause' }),
    continue: () => trainer?.send({ type: 'continue' }),
    note: (text) => trainer?.send({ type: 'note', text }),
    pid: () => trainer?.pid,
    ended,
  };
}

/** The trainer is gone, so its lock is stale: the run is this process's to write. */
async function recordEnd(library: string, runId: string, event: EndedEvent, onEvents: (events: readonly TrainerEvent[]) => void): Promise<EndedEvent> {
  try {
    const writer = await openRunWriter(library, runId, 'the end of a run');
    try {
      const view = replay([...writer.stored.events, event]);
      await writer.append(event);
      await writer.update({ status: event.outcome, endedAt: new Date(event.atMs).toISOString(), failure: event.error, summary: summaryOf(view) });
    } finally {
      await writer.close();
    }
    onEvents([event]);
    return event;
  } catch (error) {
    // Shown all the same; on disk the run is then found interrupted, which is what it is there.
    const told: EndedEvent = { ...event, outcome: 'failed', error: event.error ?? toErrorData(error) };
    onEvents([told]);
    return told;
  }
}
