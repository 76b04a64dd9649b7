/** What the person answers when the window is closed while a run trains. */
export type CloseChoice = 'keep-training' | 'stop-at-checkpoint' | 'cancel';

export interface ClosingEffects {
  /** The run that trains, or null. */
  activeRunId(): string | null;
  windowVisible(): boolean;
  /** Asks the person; `Closing.answer` is called with what they said. */
  ask(runId: string): void;
  hideWindow(): void;
  /** Stops what trains at a checkpoint, waits until its process has ended, and lets go of the library. */
  shutDown(): Promise<void>;
  /** Ends the app; `before-quit` comes again and is let through. */
  quit(): void;
}

interface Preventable {
  preventDefault(): void;
}

/**
 * How the app ends. A run that trains is never cut off: the person keeps it (the window hides and the app ends after the last run),
 * has it stopped at a checkpoint, or stays.
 */
export class Closing {
  private state: 'open' | 'background' | 'shutting-down' | 'leaving' = 'open';

  constructor(private readonly effects: ClosingEffects) {}

  /** The window's close event. */
  windowCloses(event: Preventable): void {
    if (this.state === 'leaving') return;
    const runId = this.effects.activeRunId();
    if (runId === null) return;
    event.preventDefault();
    if (this.state !== 'shutting-down') this.effects.ask(runId);
  }

  /** The app's before-quit event. */
  appQuits(event: Preventable): void {
    if (this.state === 'leaving') return;
    event.preventDefault();
    const runId = this.effects.activeRunId();
    if (runId !== null && this.state === 'open' && this.effects.windowVisible()) this.effects.ask(runId);
    else void this.leave();
  }

  async answer(choice: CloseChoice): Promise<void> {
    switch (choice) {
      case 'cancel':
        return;
      case 'keep-training':
        // It may have ended while the question stood.
        if (this.effects.activeRunId() === null) return this.leave();
        this.state = 'background';
        this.effects.hideWindow();
        return;
      case 'stop-at-checkpoint':
        return this.leave();
    }
  }

  /** Nothing trains any more: what still waits is held back, and waits for the next start. */
  async trainingEnded(): Promise<void> {
    if (this.state === 'background') await this.leave();
  }

  /** The window is shown again, by a second start. */
  reopened(): void {
    if (this.state === 'background') this.state = 'open';
  }

  /** Ends without a question: a signal, or the end of the session. */
  async leave(): Promise<void> {
    if (this.state === 'shutting-down' || this.state === 'leaving') return;
    this.state = 'shutting-down';
    try {
      await this.effects.shutDown();
    } finally {
      this.state = 'leaving';
      this.effects.quit();
    }
  }
}
