import { readWaiting, updateQueue, type Queue, type QueueEntry } from '../../library/queueFile';

/** The library's queue as this process last read it from the disk, less what trains, and what could not be written back to it. */
export class WaitingRuns {
  queue: Pick<Queue, 'paused' | 'atOnce'> = { paused: false, atOnce: 1 };
  /** In the order in which they start. */
  entries: readonly QueueEntry[] = [];
  /** Put back after a failure of the machine, which may not even let the queue file be written. Stand first. */
  private putBack: QueueEntry[] = [];

  /** @param trains whether a run trains: it waits no more, also where the file could not be told */
  constructor(private readonly library: string, private readonly trains: (runId: string) => boolean) {}

  has(runId: string): boolean {
    return this.entries.some((entry) => entry.runId === runId);
  }

  async refresh(): Promise<void> {
    const { queue, waiting } = await readWaiting(this.library);
    this.queue = queue;
    const first = this.putBack.filter(({ runId }) => !this.trains(runId));
    this.entries = [...first, ...waiting.filter(({ runId }) => !this.trains(runId) && !first.some((entry) => entry.runId === runId))];
  }

  /** @throws CultivarError a storage error */
  async change(change: Parameters<typeof updateQueue>[1]): Promise<void> {
    await updateQueue(this.library, change);
    await this.refresh();
  }

  /** A run starts: for this process it waits no more. */
  take(runId: string): void {
    this.entries = without(this.entries, runId);
    this.forget(runId);
  }

  /** Tells the file so. An entry that stays because the disk fails is a resume at most, and the run is active or has ended for good. */
  async writeTaken(runId: string): Promise<void> {
    await updateQueue(this.library, (queue) => ({ entries: without(queue.entries, runId) })).catch(() => undefined);
  }

  /** Takes a run out that does not start. @throws CultivarError a storage error */
  async remove(runId: string): Promise<void> {
    await this.change((queue) => ({ entries: without(queue.entries, runId) }));
  }

  /** It is not wanted first any more. */
  forget(runId: string): void {
    this.putBack = without(this.putBack, runId);
  }

  /** Puts a run first that the machine let fall, to be resumed; kept in memory where it cannot be written. */
  async putFirst(runId: string): Promise<void> {
    const entry: QueueEntry = { runId, resume: true, handedOver: false };
    this.putBack.unshift(entry);
    this.entries = [entry, ...without(this.entries, runId)];
    await updateQueue(this.library, (queue) => ({ entries: [entry, ...without(queue.entries, runId)] })).then(() => { this.putBack = this.putBack.filter((other) => other !== entry); }, () => undefined);
  }
}

const without = (entries: readonly QueueEntry[], runId: string): QueueEntry[] => entries.filter((entry) => entry.runId !== runId);
