import { Notification, powerSaveBlocker, type BrowserWindow } from 'electron';
import type { TrainerEvent } from '../core/run/events';

export interface NotificationText {
  readonly title: string;
  readonly body: string;
}

/** What the system is told of a run: its progress in the task bar, no sleep while it trains, a notification when it has ended unseen. */
export class Attention {
  private blocker: number | null = null;
  private telling: Promise<void> = Promise.resolve();
  private readonly totalSteps = new Map<string, number>();

  constructor(private readonly window: () => BrowserWindow | null, private readonly textOf: (runId: string, ended: Extract<TrainerEvent, { type: 'ended' }>) => Promise<NotificationText>) {}

  training(active: boolean): void {
    if (active && this.blocker === null) this.blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (active || this.blocker === null) return;
    powerSaveBlocker.stop(this.blocker);
    this.blocker = null;
    this.window()?.setProgressBar(-1);
  }

  events(runId: string, events: readonly TrainerEvent[]): void {
    let step: number | undefined;
    for (const event of events) {
      if (event.type === 'started') this.totalSteps.set(runId, event.totalSteps);
      else if (event.type === 'steps') step = event.step.at(-1);
      else if (event.type === 'ended') this.telling = this.notify(runId, event).catch((error: unknown) => { console.error('The end of a run could not be notified.', error); });
    }
    const total = this.totalSteps.get(runId);
    if (step !== undefined && total !== undefined) this.window()?.setProgressBar(Math.min(1, step / total));
  }

  /** Resolves once the last notification is out: the app must not end before. */
  told(): Promise<void> {
    return this.telling;
  }

  private async notify(runId: string, ended: Extract<TrainerEvent, { type: 'ended' }>): Promise<void> {
    this.totalSteps.delete(runId);
    // A stop was asked for by the person who would be told.
    if (ended.outcome === 'stopped' || this.window()?.isFocused() || !Notification.isSupported()) return;
    const notification = new Notification({ ...(await this.textOf(runId, ended)), silent: true });
    notification.on('click', () => {
      this.window()?.show();
      this.window()?.focus();
    });
    notification.show();
  }
}
