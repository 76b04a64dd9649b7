import { CultivarError, toErrorData, type CultivarErrorData } from '../../contracts/errors';
import type { ListedRun, QueueState } from '../../contracts/runs';
import type { EndedEvent, TrainerEvent } from '../../core/run/events';
import type { Lock } from '../../library/lock';
import { toRunSummary } from '../../library/runSummaries';
import { listRuns, readRun } from '../../library/runs';
import { openRunWriter } from '../../library/runWriter';
import { acquireSchedulerLock } from '../../library/schedulerLock';
import { CrashLoopGuard } from './crashLoop';
import { runOnce, type RunHandle } from './runOnce';

export interface SchedulerListeners {
  events(runId: string, events: readonly TrainerEvent[]): void;
  runChanged(run: ListedRun): void;
  queueChanged(state: QueueState): void;
}

/** How often the queue is asked for while another process has it. */
const retryMs = 2000;

/** What a list shows of a run changes with these; the rest is for its own page. */
const changesSummary = (events: readonly TrainerEvent[]) => events.some(({ type }) => type === 'started' || type === 'epoch' || type === 'ended');

/**
 * The library's queue: one run after another, each in a process of its own. One process at a time has a library's queue, the app or the
 * command line; what waits is on disk (`queued`), so a restart forgets nothing.
 */
export class Scheduler {
  private waiting: { runId: string; resume: boolean }[] = [];
  private active: { runId: string; handle: RunHandle } | null = null;
  private lock: Lock | null = null;
  private lockProblem: CultivarErrorData | null = null;
  private closing = false;
  private readonly guard = new CrashLoopGuard();
  /** The end of the run that trains, for whoever waits. */
  private lastEnd: Promise<unknown> = Promise.resolve();

  constructor(private readonly library: string, private readonly purpose: string, private readonly listeners: SchedulerListeners) {}

  get state(): QueueState {
    const held = this.waiting.length > 0 && !this.active ? (this.lockProblem ?? this.guard.held()) : null;
    return { activeRunId: this.active?.runId ?? null, waitingRunIds: this.waiting.map(({ runId }) => runId), held };
  }

  /** Takes the queue, with what still waits in it from before. Interrupted runs are not resumed unasked. */
  async open(): Promise<void> {
    for (const run of await listRuns(this.library)) {
      if (run.state !== 'readable' || run.manifest.status !== 'queued') continue;
      this.waiting.push({ runId: run.manifest.id, resume: false });
    }
    // Newest first in lists, oldest first in the queue.
    this.waiting.reverse();
    await this.next();
  }

  /** Puts runs that are written and `queued` into the queue. */
  async enqueue(runIds: readonly string[]): Promise<void> {
    this.guard.forgive();
    this.waiting.push(...runIds.map((runId) => ({ runId, resume: false })));
    await this.next();
  }

  /** @throws CultivarError run-unknown; run-locked where it waits, trains or is completed */
  async resume(runId: string): Promise<void> {
    const { status, name } = await readRun(this.library, runId);
    if (this.active?.runId === runId || this.waiting.some((entry) => entry.runId === runId) || status === 'running' || status === 'completed') {
      throw new CultivarError({ code: 'run-locked', message: `The run "${name || runId}" cannot be resumed: it is ${status === 'completed' ? 'completed' : 'running or waiting already'}.` });
    }
    this.guard.forgive();
    this.waiting.push({ runId, resume: true });
    await this.next();
  }

  /** Ends a run at a checkpoint, or takes it out of the queue; it is kept either way. */
  async stop(runId: string): Promise<void> {
    if (this.active?.runId === runId) return this.active.handle.stop();
    const entry = this.waiting.find((waiting) => waiting.runId === runId);
    if (!entry) return;
    this.waiting = this.waiting.filter((waiting) => waiting !== entry);
    if (!entry.resume) await this.markStopped(runId);
    this.listeners.queueChanged(this.state);
  }

  async pause(runId: string): Promise<void> { this.handleOf(runId)?.pause(); }
  async continue(runId: string): Promise<void> { this.handleOf(runId)?.continue(); }
  async note(runId: string, text: string): Promise<void> { this.handleOf(runId)?.note(text); }

  /** Process number of the trainer of the run that trains. */
  get trainerPid(): number | undefined { return this.active?.handle.pid(); }

  /** Stops what trains, at a checkpoint, and gives the queue back. What waits stays waiting. */
  async close(): Promise<void> {
    this.closing = true;
    clearTimeout(this.retry);
    await this.starting;
    this.active?.handle.stop();
    await this.lastEnd;
    await this.lock?.release();
    this.lock = null;
  }

  private handleOf(runId: string): RunHandle | null {
    return this.active?.runId === runId ? this.active.handle : null;
  }

  private starting: Promise<void> = Promise.resolve();
  private retry: NodeJS.Timeout | undefined;

  /** Starts the next run where none trains. One call after another: two must not start two runs. */
  private next(): Promise<void> {
    clearTimeout(this.retry);
    this.starting = this.starting.then(() => this.startNext()).catch((error: unknown) => {
      this.lockProblem = toErrorData(error);
      // Another process trains: its turn ends some time.
      if (!this.closing) this.retry = setTimeout(() => void this.next(), retryMs).unref();
    }).then(() => this.listeners.queueChanged(this.state));
    return this.starting;
  }

  private async startNext(): Promise<void> {
    if (this.active || this.closing) return;
    if (this.waiting.length === 0) {
      // Nothing to do: another process may have its turn.
      await this.lock?.release();
      this.lock = null;
      return;
    }
    if (this.guard.held()) return;
    if (!this.lock) {
      this.lock = await acquireSchedulerLock(this.library, this.purpose);
      this.lockProblem = null;
    }
    const entry = this.waiting.shift();
    if (!entry) return;
    const { runId, resume } = entry;
    const handle = runOnce(this.library, runId, resume, (events) => {
      this.listeners.events(runId, events);
      if (changesSummary(events)) void this.tellSummary(runId);
    });
    this.active = { runId, handle };
    this.lastEnd = handle.ended.then((end) => this.afterEnd(runId, end));
  }

  private async afterEnd(runId: string, end: EndedEvent): Promise<void> {
    if (end.error?.code === 'trainer-crashed') this.guard.crashed(performance.now());
    this.active = null;
    await this.tellSummary(runId);
    await this.next();
  }

  private async tellSummary(runId: string): Promise<void> {
    try {
      this.listeners.runChanged(await toRunSummary(this.library, await readRun(this.library, runId)));
    } catch (error) {
      this.listeners.runChanged({ id: runId, status: 'damaged', failure: toErrorData(error) });
    }
  }

  private async markStopped(runId: string): Promise<void> {
    const writer = await openRunWriter(this.library, runId, 'taking a run out of the queue');
    try {
      await writer.append({ type: 'ended', atMs: Date.now(), outcome: 'stopped', exit: { code: null, signal: null }, error: null });
      await writer.update({ status: 'stopped', endedAt: new Date().toISOString() });
    } finally {
      await writer.close();
    }
    await this.tellSummary(runId);
  }
}
