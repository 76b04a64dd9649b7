import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeJsonAtomic } from './atomic';
import { acquireLockPatiently } from './lock';
import { listRuns } from './runs';

/** More than this share no machine's memory in earnest. */
export const mostAtOnce = 8;

const entrySchema = z.strictObject({
  runId: z.string(),
  /** Goes on from its last checkpoint. */
  resume: z.boolean(),
  /** Put in by a command that did not stay: whoever has the queue trains it, another command too. */
  handedOver: z.boolean(),
});
const queueSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Nothing more is started until it is continued. */
  paused: z.boolean(),
  atOnce: z.int().min(1).max(mostAtOnce),
  entries: z.array(entrySchema),
});

export type QueueEntry = z.output<typeof entrySchema>;
export type Queue = z.output<typeof queueSchema>;

const emptyQueue: Queue = { schemaVersion: 1, paused: false, atOnce: 1, entries: [] };

export const queueFileName = 'queue.json';
const queueFile = (library: string) => join(library, queueFileName);

/**
 * The queue as it stands on disk: order, runs to take up again, pause. That a new run waits is in its own manifest (`queued`), so a queue
 * file that is missing or cannot be read costs the order and no run.
 */
export async function readQueue(library: string): Promise<Queue> {
  const parsed = queueSchema.safeParse(await readJson(queueFile(library)).catch(() => null));
  return parsed.success ? parsed.data : emptyQueue;
}

/** The queue and what waits in it, next first: first the order on disk, then waiting runs it does not name, oldest first. */
export async function readWaiting(library: string): Promise<{ queue: Queue; waiting: QueueEntry[] }> {
  const [queue, runs] = await Promise.all([readQueue(library), listRuns(library)]);
  const readable = runs.flatMap((run) => (run.state === 'readable' ? [run.manifest] : []));
  const statusOf = new Map(readable.map(({ id, status }) => [id, status]));
  const waits = ({ runId, resume }: QueueEntry) => {
    const status = statusOf.get(runId);
    return status === 'queued' || (resume && (status === 'stopped' || status === 'failed' || status === 'interrupted'));
  };
  const listed = queue.entries.filter(waits);
  const known = new Set(listed.map(({ runId }) => runId));
  const others = readable.filter(({ id, status }) => status === 'queued' && !known.has(id)).reverse();
  return { queue, waiting: [...listed, ...others.map(({ id }) => ({ runId: id, resume: false, handedOver: false }))] };
}

/**
 * Changes the queue: one process after another, so that app and command line lose none of each other's changes.
 * @param change gets the entries with every waiting run in them
 * @throws CultivarError a storage error; run-locked where another process keeps the file for seconds
 */
export async function updateQueue(library: string, change: (queue: Queue) => Partial<Omit<Queue, 'schemaVersion'>>): Promise<Queue> {
  const lock = await acquireLockPatiently(`${queueFile(library)}.lock`, 'changing the queue');
  try {
    const { queue, waiting } = await readWaiting(library);
    const before = { ...queue, entries: waiting };
    const next = queueSchema.parse({ ...before, ...change(before) });
    await writeJsonAtomic(queueFile(library), next);
    return next;
  } finally {
    await lock.release();
  }
}

/** Entries with runs at the end; one that is there already keeps its place. */
export function withAdded(entries: readonly QueueEntry[], runs: readonly { readonly runId: string; readonly resume: boolean }[], handedOver = false): QueueEntry[] {
  const added = new Set(runs.map(({ runId }) => runId));
  const known = new Set(entries.map(({ runId }) => runId));
  return [
    ...entries.map((entry) => (handedOver && added.has(entry.runId) ? { ...entry, handedOver } : entry)),
    ...runs.filter(({ runId }) => !known.has(runId)).map(({ runId, resume }) => ({ runId, resume, handedOver })),
  ];
}

/** Entries with one moved to a place, counted from 0; beyond the end is the end. */
export function withMoved(entries: readonly QueueEntry[], runId: string, toIndex: number): QueueEntry[] {
  const moved = entries.find((entry) => entry.runId === runId);
  if (!moved) return [...entries];
  const others = entries.filter((entry) => entry !== moved);
  return [...others.slice(0, toIndex), moved, ...others.slice(toIndex)];
}
