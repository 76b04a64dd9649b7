import type { TrainerEvent } from '../core/run/events';

/**
 * Collects a run's events and hands them on together, at most every `intervalMs`: a fast step must not cost a message each.
 * Order is kept; an event that starts, ends or stops a run goes at once, with what waited before it.
 */
export class EventBatcher {
  private readonly waiting = new Map<string, TrainerEvent[]>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly send: (runId: string, events: readonly TrainerEvent[]) => void, private readonly intervalMs = 100) {}

  add(runId: string, events: readonly TrainerEvent[]): void {
    const list = this.waiting.get(runId);
    if (list) list.push(...events);
    else this.waiting.set(runId, [...events]);
    if (events.some(({ type }) => type === 'started' || type === 'ended' || type === 'paused' || type === 'continued')) this.flush();
    else this.timer ??= setTimeout(() => { this.flush(); }, this.intervalMs);
  }

  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const batches = [...this.waiting];
    this.waiting.clear();
    for (const [runId, events] of batches) this.send(runId, events);
  }
}
