import { watch, type FSWatcher } from 'node:fs';
import { CultivarError, toErrorData, type CultivarErrorData } from '../../contracts/errors';
import type { ListedRun, QueueState } from '../../contracts/runs';
import type { EndedEvent, TrainerEvent } from '../../core/run/events';
import type { Lock } from '../../library/lock';
import { queueFileName, withAdded, withMoved, type QueueEntry } from '../../library/queueFile';
import { assertRoom } from '../../library/room';
import { toRunSummary } from '../../library/runSummaries';
import { readRun } from '../../library/runs';
import { openRunWriter } from '../../library/runWriter';
import { acquireSchedulerLock } from '../../library/schedulerLock';
import { CrashLoopGuard } from './crashLoop';
import { holdsQueue } from '../../contracts/failures';
import { firstToStart } from './firstToStart';
import { lookForGpuAgain, nativeHost } from './nativeHost';
import { runOnce, type RunHandle } from './runOnce';
import { slots } from './slots';
import { WaitingRuns } from './waitingRuns';

export interface SchedulerListeners {
  events(runId: string, events: readonly TrainerEvent[]): void;
  runChanged(run: ListedRun): void;
  queueChanged(state: QueueState): void;
}

export interface SchedulerChoices {
  /** Runs that leave their device open train on the CPU while the GPU cannot be used, instead of waiting for it. */
  readonly cpuMeanwhile: () => boolean;
  /** What trainers are started with; for tests. */
  readonly host?: typeof nativeHost;
}

/** How often the queue is asked for while another process has it. */
const retryMs = 2000;

interface ActiveRun {
  readonly handle: RunHandle;
  readonly slot: number;
  readonly ended: Promise<unknown>;
}

/** What a list shows of a run changes with these; the rest is for its own page. */
const changesSummary = (events: readonly TrainerEvent[]) => events.some(({ type }) => type === 'started' || type === 'epoch' || type === 'ended');

/**
 * The library's queue: runs one after another (or a few at once), each in a process of its own. One process at a time has a library's
 * queue, the app or the command line; what waits, in which order, and whether it is paused is on disk (library/queueFile.ts), so a
 * restart forgets nothing and others can put runs in.
 */
export class Scheduler {
  private readonly active = new Map<string, ActiveRun>();
  private readonly waiting: WaitingRuns;
  private lock: Lock | null = null;
  /** Another process has the queue; asked again and again. */
  private lockProblem: CultivarErrorData | null = null;
  /** The machine or the library would fail every run; until a person continues. */
  private machineProblem: CultivarErrorData | null = null;
  private closing = false;
  private readonly guard = new CrashLoopGuard();
  private starting: Promise<void> = Promise.resolve();
  private retry: NodeJS.Timeout | undefined;
  private watcher: FSWatcher | null = null;
  private told = '';
  private toldWaiting: ReadonlySet<string> = new Set();

  constructor(private readonly library: string, private readonly purpose: string, private readonly listeners: SchedulerListeners, private readonly choices: SchedulerChoices = { cpuMeanwhile: () => true }) {
    this.waiting = new WaitingRuns(library, (runId) => this.active.has(runId));
  }

  get state(): QueueState {
    const { entries, queue: { paused, atOnce } } = this.waiting;
    const held = entries.length > 0 && this.active.size === 0 ? (this.machineProblem ?? this.guard.held() ?? this.lockProblem) : null;
    const activeRunIds = [...this.active.keys()];
    return { activeRunId: activeRunIds[0] ?? null, activeRunIds, waitingRunIds: entries.map(({ runId }) => runId), paused, atOnce, held };
  }

  /** Takes the queue, with what still waits in it from before. Interrupted runs are not resumed unasked. */
  async open(): Promise<void> {
    await this.waiting.refresh(); // what cannot be read is told at once
    await this.next();
  }

  /** Puts runs that are written and `queued` into the queue. */
  async enqueue(runIds: readonly string[]): Promise<void> {
    this.askedAgain();
    // Their manifests say that they wait: where the order cannot be written they come last.
    await this.waiting.change((queue) => ({ entries: withAdded(queue.entries, runIds.map((runId) => ({ runId, resume: false }))) })).catch(() => undefined);
    await this.next();
  }

  /** @throws CultivarError run-unknown; run-locked where it waits, trains or is completed; a storage error */
  async resume(runId: string): Promise<void> {
    const { status, name } = await readRun(this.library, runId);
    if (this.active.has(runId) || this.waiting.has(runId) || status === 'running' || status === 'completed') {
      throw new CultivarError({ code: 'run-locked', message: `The run "${name || runId}" cannot be resumed: it is ${status === 'completed' ? 'completed' : 'running or waiting already'}.` });
    }
    this.askedAgain();
    await this.waiting.change((queue) => ({ entries: withAdded(queue.entries, [{ runId, resume: true }]) }));
    await this.next();
  }

  /** Ends a run at a checkpoint, or takes it out of the queue; it is kept either way. */
  async stop(runId: string, keep: 'last' | 'best' = 'last'): Promise<void> {
    const active = this.active.get(runId);
    if (active) return active.handle.stop(keep);
    if (!this.waiting.has(runId)) return;
    this.waiting.forget(runId);
    const { status } = await readRun(this.library, runId);
    if (status === 'queued') await this.markStopped(runId);
    await this.waiting.remove(runId);
    await this.next();
  }

  /** Nothing more is started, also after a restart, until `continueQueue`; what trains goes on. @throws CultivarError a storage error */
  async pauseQueue(): Promise<QueueState> {
    await this.waiting.change(() => ({ paused: true }));
    return this.nextState();
  }

  /** Ends a pause, and tries again where the queue was held. @throws CultivarError a storage error */
  async continueQueue(): Promise<QueueState> {
    this.askedAgain();
    await lookForGpuAgain();
    await this.waiting.refresh();
    // Where it was held and not paused there is nothing to write, and a library that cannot be written says so in `held`.
    if (this.waiting.queue.paused) await this.waiting.change(() => ({ paused: false }));
    return this.nextState();
  }

  /** @param toIndex place among the waiting, from 0. @throws CultivarError a storage error */
  async move(runId: string, toIndex: number): Promise<QueueState> {
    await this.waiting.change((queue) => ({ entries: withMoved(queue.entries, runId, toIndex) }));
    return this.nextState();
  }

  /** How many runs may train at once, where the devices allow it (slots.ts). @throws CultivarError a storage error */
  async setAtOnce(atOnce: number): Promise<QueueState> {
    await this.waiting.change(() => ({ atOnce }));
    return this.nextState();
  }

  /** The GPU may be back, or the CPU was chosen meanwhile: what waited for the device goes on by itself. */
  async deviceChanged(): Promise<void> {
    await lookForGpuAgain();
    if (this.machineProblem?.code === 'gpu-unusable') this.machineProblem = null;
    await this.next();
  }

  async pause(runId: string): Promise<void> { this.active.get(runId)?.handle.pause(); }
  async continue(runId: string): Promise<void> { this.active.get(runId)?.handle.continue(); }
  async note(runId: string, text: string): Promise<void> { this.active.get(runId)?.handle.note(text); }

  /** Stops what trains, at a checkpoint, and gives the queue back. What waits stays waiting. */
  async close(): Promise<void> {
    this.closing = true;
    clearTimeout(this.retry);
    this.watcher?.close();
    await this.starting;
    for (const { handle } of this.active.values()) handle.stop();
    await Promise.all([...this.active.values()].map(({ ended }) => ended));
    await this.starting;
    await this.lock?.release();
    this.lock = null;
  }

  /** A person asks: what held the queue may be mended. */
  private askedAgain(): void {
    this.guard.forgive();
    this.machineProblem = null;
  }

  private async nextState(): Promise<QueueState> {
    await this.next();
    return this.state;
  }

  /** Others put runs in, or pause. Where the file system tells of no change, the next look at the disk finds it. */
  private follow(): void {
    if (this.watcher || this.closing) return;
    try {
      this.watcher = watch(this.library, { persistent: false }, (_event, name) => { if (name === queueFileName) void this.next(); });
      this.watcher.on('error', () => { this.watcher?.close(); this.watcher = null; });
    } catch {
      // The library is not there yet; the next call looks again.
    }
  }

  /** Starts what may start. One call after another: two must not start the same run. */
  private next(): Promise<void> {
    clearTimeout(this.retry);
    this.follow();
    this.starting = this.starting.then(() => this.startNext()).catch((error: unknown) => {
      const problem = toErrorData(error);
      if (holdsQueue(problem.code)) this.machineProblem = problem;
      else this.lockProblem = problem;
      // Another process trains: its turn ends some time.
      if (!this.closing && problem.code === 'run-locked') this.retry = setTimeout(() => void this.next(), retryMs).unref();
    }).then(() => this.releaseIdle()).then(() => { this.tellQueue(); });
    return this.starting;
  }

  private tellQueue(): void {
    const state = this.state;
    const text = JSON.stringify(state);
    if (text === this.told) return;
    this.told = text;
    this.listeners.queueChanged(state);
    // One that another process put in is new to whoever listens.
    const before = this.toldWaiting;
    this.toldWaiting = new Set(state.waitingRunIds);
    for (const runId of state.waitingRunIds) if (!before.has(runId)) void this.tellSummary(runId);
  }

  private mayStart(): boolean {
    return !this.closing && !this.waiting.queue.paused && this.waiting.entries.length > 0 && !this.machineProblem && !this.guard.held();
  }

  private async startNext(): Promise<void> {
    if (this.closing) return;
    await this.waiting.refresh();
    while (this.mayStart()) {
      const slot = await this.freeSlot();
      if (slot === null) return;
      if (!this.lock) {
        this.lock = await acquireSchedulerLock(this.library, this.purpose);
        this.lockProblem = null;
        await this.waiting.refresh(); // whoever had it may have trained some of these
        continue;
      }
      await assertRoom(this.library);
      // Why there is no runtime is told by the run that wants it.
      const awaited = await (this.choices.host ?? nativeHost)().then(({ gpuAwaited }) => gpuAwaited, () => null);
      const first = await firstToStart(this.library, this.waiting.entries, awaited, this.choices.cpuMeanwhile());
      if (first) await this.start(first, slot);
      else this.machineProblem = awaited;
    }
  }

  /** Nothing trains and nothing may start: another process may have its turn. */
  private async releaseIdle(): Promise<void> {
    if (this.active.size > 0 || this.mayStart() || !this.lock) return;
    // A disk that can no longer be written keeps the file; it is stale once this process ends.
    await this.lock.release().catch(() => undefined);
    this.lock = null;
  }

  private async freeSlot(): Promise<number | null> {
    const allowed = await slots(this.waiting.queue.atOnce);
    const taken = new Set([...this.active.values()].map(({ slot }) => slot));
    const free = Array.from({ length: allowed }, (_, slot) => slot).find((slot) => !taken.has(slot));
    return free ?? null;
  }

  private async start({ runId, resume }: QueueEntry, slot: number): Promise<void> {
    this.waiting.take(runId);
    const handle = runOnce(this.library, runId, resume, (events) => {
      this.listeners.events(runId, events);
      if (changesSummary(events)) void this.tellSummary(runId);
    }, slot);
    const ended = handle.ended.then((end) => this.afterEnd(runId, end));
    this.active.set(runId, { handle, slot, ended });
    await this.waiting.writeTaken(runId);
  }

  private async afterEnd(runId: string, end: EndedEvent): Promise<void> {
    const code = end.error?.code;
    if (code === 'trainer-crashed') this.guard.crashed(performance.now());
    this.active.delete(runId);
    if (end.error && code !== undefined && end.outcome === 'failed' && holdsQueue(code)) await this.holdAfter(runId, toErrorData(new CultivarError({ ...end.error, code: code as CultivarErrorData['code'] })));
    await this.tellSummary(runId);
    await this.next();
  }

  /** Every other run would meet the same: nothing more is started, and the run that met it is first when the queue goes on. */
  private async holdAfter(runId: string, problem: CultivarErrorData): Promise<void> {
    this.machineProblem = problem;
    await this.waiting.putFirst(runId);
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
