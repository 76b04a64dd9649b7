import { setImmediate } from 'node:timers/promises';

/** What has been asked of a run from outside. Read between steps; the step itself blocks the thread. */
export class RunControl {
  /** Ends at the next step with a checkpoint. */
  stopped = false;
  paused = false;
  private wake: (() => void) | null = null;
  private readonly notes: string[] = [];

  stop(): void { this.stopped = true; this.wake?.(); }
  pause(): void { this.paused = true; }
  continue(): void { this.paused = false; this.wake?.(); }
  note(text: string): void { this.notes.push(text); }
  takeNotes(): string[] { return this.notes.splice(0); }

  /** Lets messages in: without this the loop would never hear of a stop. */
  yield(): Promise<void> { return setImmediate(); }

  /** Waits while paused and not stopped. */
  async whilePaused(): Promise<void> {
    while (this.paused && !this.stopped) await new Promise<void>((resolve) => { this.wake = resolve; });
    this.wake = null;
  }
}
