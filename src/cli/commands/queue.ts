import { inspectLock } from '../../library/lock';
import { schedulerLockFile } from '../../library/paths';
import { mostAtOnce, readWaiting, updateQueue, withMoved, type Queue } from '../../library/queueFile';
import { listRuns } from '../../library/runs';
import { CultivarError } from '../../contracts/errors';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, table, usage } from '../output';

/** queue [pause | continue | move RUN PLACE | at-once RUNS]: what waits and trains. A window that is open follows. */
export async function queue({ library, json, positionals }: CommandContext): Promise<number> {
  const change = await changeOf(library, positionals);
  if (change) await updateQueue(library, change);
  const { queue: { paused, atOnce }, waiting } = await readWaiting(library);
  const held = await inspectLock(schedulerLockFile(library));
  const holder = held.state === 'held' ? { pid: held.holder.pid, purpose: held.holder.purpose, since: held.holder.createdAt } : null;
  const manifests = new Map((await listRuns(library)).flatMap((run) => (run.state === 'readable' ? [[run.id, run.manifest] as const] : [])));
  const training = [...manifests.values()].filter(({ status }) => status === 'running');
  const runs = [
    ...training.map(({ id, name }) => ({ id, name, status: 'running', resume: false })),
    ...waiting.filter(({ runId }) => !training.some(({ id }) => id === runId)).map(({ runId, resume }) => ({ id: runId, name: manifests.get(runId)?.name ?? '', status: 'queued', resume })),
  ];
  if (json) answerJson({ schemaVersion: 1, paused, atOnce, holder, runs });
  else {
    answer([
      paused ? 'Paused: nothing more is started.' : null,
      holder ? `Trained by process ${holder.pid} (${holder.purpose}) since ${holder.since}.` : 'No process trains.',
      atOnce > 1 ? `Up to ${atOnce} runs at once, where the devices allow it.` : null,
    ].filter(Boolean).join('\n'));
    if (runs.length > 0) answer(table([['id', 'status', 'name'], ...runs.map(({ id, status, resume, name }) => [id, resume ? 'queued, goes on' : status, name])]));
  }
  return exits.done;
}

type Change = (queue: Queue) => Partial<Queue>;

/** @throws CultivarError usage; run-unknown where a run to move does not wait */
async function changeOf(library: string, [action, ...rest]: readonly string[]): Promise<Change | null> {
  const count = (text: string | undefined, least: number, most: number) => {
    const value = Number(text);
    return text !== undefined && Number.isInteger(value) && value >= least && value <= most ? value : null;
  };
  if (action === undefined) return null;
  if (action === 'pause' && rest.length === 0) return () => ({ paused: true });
  if (action === 'continue' && rest.length === 0) return () => ({ paused: false });
  const atOnce = count(rest[0], 1, mostAtOnce);
  if (action === 'at-once' && rest.length === 1 && atOnce !== null) return () => ({ atOnce });
  const place = count(rest[1], 1, 1_000_000);
  if (action === 'move' && rest.length === 2 && place !== null) {
    const runId = rest[0]!;
    if (!(await readWaiting(library)).waiting.some((entry) => entry.runId === runId)) throw new CultivarError({ code: 'run-unknown', message: `No run "${runId}" waits in the queue.` });
    return ({ entries }) => ({ entries: withMoved(entries, runId, place - 1) });
  }
  throw usage(`usage: cultivar queue, queue pause, queue continue, queue move RUN PLACE (from 1), queue at-once RUNS (1 to ${mostAtOnce})`);
}
