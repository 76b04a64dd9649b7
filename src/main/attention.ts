import type { ListedRun } from '../contracts/runs';
import type { TrainerEvent } from '../core/run/events';
import type { NotificationText, Words } from './words';

/** The desktop around the window (desktop.ts). */
export interface Desktop {
  /** Keeps the computer awake until the returned function is called. */
  preventSleep(): () => void;
  /** In the task bar; null takes it away. @param part 0 to 1 */
  setProgress(part: number | null, mode: 'normal' | 'paused'): void;
  notify(text: NotificationText, onClick: () => void): void;
  /** Whether a person looks at the window: then nothing needs to be notified. */
  windowFocused(): boolean;
  /** Shows the window, at a place in it. */
  show(route: string): void;
}

/** An experiment of which no run is awaited any more. */
export interface ExperimentEnd {
  readonly id: string;
  readonly name: string;
  readonly completed: number;
  readonly failed: number;
}

interface Training {
  totalSteps: number;
  step: number;
  paused: boolean;
}

interface Choices {
  readonly notifications: boolean;
  readonly preventSleep: boolean;
}

/** What the system is told of training: its progress in the task bar, no sleep while it goes on, a notification of what ended unseen. */
export class Attention {
  private release: (() => void) | null = null;
  private readonly training = new Map<string, Training>();
  /** Runs that ended in this sitting and are not notified yet. */
  private readonly ended = new Set<string>();
  private readonly awaited = new Set<Promise<unknown>>();
  private held = false;
  /** What the task bar shows. */
  private bar = '';

  constructor(private readonly desktop: Desktop, private readonly choices: () => Choices, private readonly words: () => Words) {}

  /** @param held the queue waits because of the machine or the library, and a person has to do something */
  queueChanged(activeRunIds: readonly string[], held: boolean): void {
    for (const runId of activeRunIds) if (!this.training.has(runId)) this.training.set(runId, { totalSteps: 0, step: 0, paused: false });
    for (const runId of this.training.keys()) if (!activeRunIds.includes(runId)) this.training.delete(runId);
    if (held && !this.held) this.notify(this.words().held, '/live/queue');
    this.held = held;
    this.update();
  }

  events(runId: string, events: readonly TrainerEvent[]): void {
    const run = this.training.get(runId);
    for (const event of events) {
      if (event.type === 'ended') this.ended.add(runId);
      if (!run) continue;
      if (event.type === 'started' || event.type === 'planned') run.totalSteps = event.totalSteps;
      else if (event.type === 'steps') run.step = event.step.at(-1) ?? run.step;
      else if (event.type === 'resumed') run.step = event.step;
      else if (event.type === 'paused' || event.type === 'continued') run.paused = event.type === 'paused';
    }
    this.update();
  }

  /** A run as the lists show it. Of an experiment only failures are notified one by one; its end is `experimentEnded`. */
  runChanged(run: ListedRun): void {
    if (run.status === 'queued' || run.status === 'running' || !this.ended.delete(run.id)) return;
    if (run.status === 'damaged') return this.notify(this.words().ended(run.id, 'failed', null), `/runs/${run.id}`);
    // A stop was asked for by the person who would be told.
    if (run.status === 'stopped' || (run.status === 'completed' && run.experimentId !== null)) return;
    this.notify(this.words().ended(run.name || run.id, run.status, run.lastValidation?.accuracy ?? null), `/runs/${run.id}`);
  }

  experimentEnded({ id, name, completed, failed }: ExperimentEnd): void {
    this.notify(this.words().experimentEnded(name, completed, failed), `/experiments/${id}/answer`);
  }

  importEnded(name: string, outcome: 'completed' | 'failed', images: number, route: string): void {
    this.notify(this.words().importEnded(name, outcome, images), route);
  }

  /** @param outcome `unlike`: written, but its check against the trained model failed or could not run */
  exportEnded(runId: string, name: string, outcome: 'completed' | 'unlike' | 'failed'): void {
    this.notify(this.words().exportEnded(name, outcome), `/runs/${runId}`);
  }

  /** @param pairs of duplicates that were found; null where the audit failed */
  auditEnded(name: string, pairs: number | null, route: string): void {
    this.notify(this.words().auditEnded(name, pairs), route);
  }

  /** The choices have changed. */
  update(): void {
    const runs = [...this.training.values()];
    const going = runs.some(({ paused }) => !paused);
    const awake = going && this.choices().preventSleep;
    if (awake) this.release ??= this.desktop.preventSleep();
    else {
      this.release?.();
      this.release = null;
    }
    const known = runs.filter(({ totalSteps }) => totalSteps > 0);
    const part = known.length === 0 ? null : known.reduce((sum, { step, totalSteps }) => sum + Math.min(1, step / totalSteps), 0) / known.length;
    // Steps come many times a second; the bar has a few hundred pixels.
    const bar = part === null ? '' : `${Math.round(part * 500)} ${going}`;
    if (bar === this.bar) return;
    this.bar = bar;
    this.desktop.setProgress(part, going ? 'normal' : 'paused');
  }

  /** What may still notify of something, and must be waited for before the app ends. */
  waitFor(work: Promise<unknown>): void {
    const own = work.catch(() => undefined).finally(() => { this.awaited.delete(own); });
    this.awaited.add(own);
  }

  /** Resolves once the last notification is out: the app must not end before. */
  async told(): Promise<void> {
    await Promise.all(this.awaited);
  }

  private notify(text: NotificationText, route: string): void {
    if (!this.choices().notifications || this.desktop.windowFocused()) return;
    this.desktop.notify(text, () => { this.desktop.show(route); });
  }
}
