import type { CloseChoice } from './closing';

export interface CloseQuestionEffects {
  /** Has the window ask; false where it cannot (its process has died). */
  askWindow(runId: string): boolean;
  /** Asks with the system's own dialog. */
  askSystem(): Promise<CloseChoice>;
  answer(choice: CloseChoice): Promise<void>;
}

/**
 * Asks what shall become of a run when the window is closed. The window asks; one that has died, or that has not said within `patienceMs`
 * that its question is shown, cannot be waited for: it must not keep the app open, so then the system's own dialog asks.
 */
export class CloseQuestion {
  private timer: NodeJS.Timeout | undefined;
  private asking = false;

  constructor(private readonly effects: CloseQuestionEffects, private readonly patienceMs = 3000) {}

  ask(runId: string): void {
    clearTimeout(this.timer);
    if (this.effects.askWindow(runId)) this.timer = setTimeout(() => { void this.bySystem(); }, this.patienceMs);
    else void this.bySystem();
  }

  /** The window has its question on the screen. */
  shown(): void {
    clearTimeout(this.timer);
  }

  private async bySystem(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      await this.effects.answer(await this.effects.askSystem());
    } finally {
      this.asking = false;
    }
  }
}
