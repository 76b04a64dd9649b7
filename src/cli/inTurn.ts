import { setTimeout as wait } from 'node:timers/promises';
import { CultivarError } from '../contracts/errors';
import type { EndedEvent } from '../core/run/events';
import { cultivarCommand } from '../library/command';
import type { Lock } from '../library/lock';
import { readQueue, readWaiting, updateQueue, withAdded } from '../library/queueFile';
import { assertRoom } from '../library/room';
import { readRun } from '../library/runs';
import { acquireSchedulerLock } from '../library/schedulerLock';
import { say } from './output';
import { onInterrupt } from './progress';
import { trainRuns, type RunToTrain } from './trainRuns';

export interface Turn {
  /** Runs that this command trained itself. */
  readonly ends: readonly EndedEvent[];
  readonly interrupted: boolean;
  /** The runs are in the queue of another process, which trains them. */
  readonly handedOver: boolean;
}

/**
 * Trains runs in this process where the library's queue is free. Where another process has it (the window, or another command), or where
 * the queue is paused, the runs go into that queue; with `stay`, this command waits until they have ended.
 * @param prepare writes the runs; nothing is written where there is no room for them
 * @throws CultivarError what `prepare` throws; a storage error; trainer-crash-loop
 */
export async function inTurn(library: string, stay: boolean, prepare: () => Promise<readonly RunToTrain[]>): Promise<Turn> {
  const first = await tryLock(library);
  let { lock } = first;
  try {
    await assertRoom(library);
    const { paused } = await readQueue(library);
    const runs = await prepare();
    if (lock && !paused) {
      if (lock.broke) say(`A lock was left behind (${lock.broke.reason}); it was removed.`);
      return await trainHere(library, runs);
    }
    await handOver(library, runs, paused ? 'The queue is paused.' : first.problem);
    await lock?.release();
    lock = null;
    // Whoever had the queue may have let go of it before these runs were in it.
    if (!paused) ({ lock } = await tryLock(library));
    if (lock) return await trainHere(library, runs);
    if (!stay) {
      say(paused ? `They start once it goes on: ${cultivarCommand('queue continue')}` : 'It trains them when their turn comes; with --wait this command stays until they have ended.');
      return { ends: [], interrupted: false, handedOver: true };
    }
    return await stayUntilEnded(library, runs);
  } finally {
    await lock?.release();
    if (lock) await trainLateComers(library);
  }
}

async function tryLock(library: string): Promise<{ lock: Lock | null; problem: string }> {
  try {
    return { lock: await acquireSchedulerLock(library, 'the command line'), problem: '' };
  } catch (error) {
    if (!(error instanceof CultivarError) || error.code !== 'run-locked') throw error;
    return { lock: null, problem: error.message };
  }
}

async function handOver(library: string, runs: readonly RunToTrain[], why: string): Promise<void> {
  const { entries } = await updateQueue(library, (queue) => ({ entries: withAdded(queue.entries, runs, true) }));
  const places = runs.map(({ runId }) => entries.findIndex((entry) => entry.runId === runId) + 1);
  say(`${why}\n${runs.length === 1 ? `The run ${runs[0]!.runId} waits in the queue, as number ${places[0]}` : `${runs.length} runs wait in the queue, the first as number ${Math.min(...places)}`}.`);
}

/** These runs, then what other commands have handed over meanwhile. */
async function trainHere(library: string, runs: readonly RunToTrain[]): Promise<Turn> {
  const own = new Set(runs.map(({ runId }) => runId));
  await updateQueue(library, (queue) => ({ entries: queue.entries.filter(({ runId }) => !own.has(runId)) }));
  const { ends, interrupted, held } = await trainRuns(library, runs);
  if (!interrupted && !held) await trainHandedOver(library);
  return { ends, interrupted, handedOver: false };
}

async function trainHandedOver(library: string): Promise<void> {
  for (;;) {
    const { queue, waiting } = await readWaiting(library);
    const next = waiting.find(({ handedOver }) => handedOver);
    if (!next || queue.paused) return;
    say(`Another command put the run ${next.runId} into the queue; it is next. Ctrl+C stops it at a checkpoint.`);
    await updateQueue(library, ({ entries }) => ({ entries: entries.filter(({ runId }) => runId !== next.runId) }));
    const { interrupted, held } = await trainRuns(library, [{ runId: next.runId, resume: next.resume, label: next.runId }]);
    if (interrupted || held) return;
  }
}

/** What was handed over between the last look at the queue and its release. */
async function trainLateComers(library: string): Promise<void> {
  const { queue, waiting } = await readWaiting(library);
  if (queue.paused || !waiting.some(({ handedOver }) => handedOver)) return;
  const { lock } = await tryLock(library);
  if (!lock) return;
  try {
    await trainHandedOver(library);
  } finally {
    await lock.release();
  }
}

/** Waits for the runs wherever they are trained; where the queue becomes free before, they are trained here. */
async function stayUntilEnded(library: string, runs: readonly RunToTrain[]): Promise<Turn> {
  const leaving = new AbortController();
  const forget = onInterrupt(() => { leaving.abort(); }, 'No longer waiting; what waits stays in the queue.');
  const told = new Map<string, string>();
  try {
    while (!leaving.signal.aborted) {
      const { queue, waiting } = await readWaiting(library);
      const open: RunToTrain[] = [];
      for (const run of runs) {
        const { status } = await readRun(library, run.runId);
        if (told.has(run.runId) && told.get(run.runId) !== status) say(`${run.label}: ${status}`);
        told.set(run.runId, status);
        if (status === 'running' || waiting.some(({ runId }) => runId === run.runId)) open.push(run);
      }
      if (open.length === 0) return { ends: [], interrupted: false, handedOver: false };
      const { lock } = queue.paused || open.every(({ runId }) => told.get(runId) === 'running') ? { lock: null } : await tryLock(library);
      if (lock) {
        try {
          forget();
          return await trainHere(library, open.filter(({ runId }) => told.get(runId) !== 'running'));
        } finally {
          await lock.release();
        }
      }
      await wait(1000, undefined, { signal: leaving.signal }).catch(() => undefined);
    }
    return { ends: [], interrupted: true, handedOver: true };
  } finally {
    forget();
  }
}
