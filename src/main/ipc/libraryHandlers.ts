import { z } from 'zod';
import type { BinCalls } from '../../contracts/calls/bin';
import type { RemarksCalls } from '../../contracts/calls/remarks';
import { CultivarError } from '../../contracts/errors';
import { emptyBin } from '../../library/bin';
import { binContents, runSizes } from '../../library/binContents';
import { changeRemarks, listRemarks, longestNote } from '../../library/remarks';
import { readRun } from '../../library/runs';
import { toRunSummary } from '../../library/runSummaries';
import { binWeights, restoreWeights } from '../../library/weightsBin';
import type { AppContext } from '../context';
import { handler, id, nothing, type Handlers } from './register';

const of = z.strictObject({ kind: z.enum(['run', 'experiment']), id });
const tags = z.array(z.string().max(200)).max(100);
const change = z.strictObject({ note: z.string().max(longestNote).optional(), add: tags.optional(), remove: tags.optional(), pinned: z.boolean().optional() });
const many = z.tuple([z.array(id).min(1).max(10_000)]);

/** Notes and tags, and what of the library takes which part of the disk. */
export function libraryHandlers({ libraryDir, queue, push }: AppContext): Handlers<keyof RemarksCalls | keyof BinCalls> {
  const tell = async (runIds: readonly string[]) => {
    for (const runId of runIds) push('run.changed', await toRunSummary(libraryDir, await readRun(libraryDir, runId)));
    push('bin.changed', null);
  };
  return {
    'remarks.list': handler<'remarks.list'>(nothing, () => listRemarks(libraryDir)),
    'remarks.change': handler<'remarks.change'>(z.tuple([of, change]), async (target, given) => {
      const changed = await changeRemarks(libraryDir, target, given);
      push('remarks.changed', { of: target, remarks: changed.after });
      return changed;
    }),
    'bin.list': handler<'bin.list'>(nothing, () => binContents(libraryDir)),
    'bin.empty': handler<'bin.empty'>(nothing, async () => {
      const freedBytes = await emptyBin(libraryDir);
      push('bin.changed', null);
      return { freedBytes };
    }),
    'runs.binWeights': handler<'runs.binWeights'>(many, async (runIds) => {
      // All or none: one that is to go on is told before anything is moved.
      const waiting = runIds.find((runId) => queue.state.waitingRunIds.includes(runId) || queue.state.activeRunIds.includes(runId));
      if (waiting !== undefined) throw new CultivarError({ code: 'run-locked', message: `The run "${waiting}" waits or trains: it needs its weights.`, remedy: 'Take it out of the queue, or wait for its end.' });
      const binned: { runId: string; bytes: number }[] = [];
      try {
        for (const runId of runIds) binned.push({ runId, bytes: await binWeights(libraryDir, runId) });
      } finally {
        await tell(binned.filter(({ bytes }) => bytes > 0).map(({ runId }) => runId));
      }
      return { runIds: binned.filter(({ bytes }) => bytes > 0).map(({ runId }) => runId), bytes: binned.reduce((sum, { bytes }) => sum + bytes, 0) };
    }),
    'runs.restoreWeights': handler<'runs.restoreWeights'>(many, async (runIds) => {
      for (const runId of runIds) await restoreWeights(libraryDir, runId);
      await tell(runIds);
      return null;
    }),
    'storage.runs': handler<'storage.runs'>(nothing, () => runSizes(libraryDir)),
  };
}
