import type { BinItem } from '../../contracts/calls/bin';
import { CultivarError } from '../../contracts/errors';
import { bytes } from '../../core/text/format';
import { deleteRun, emptyBin, restoreRun } from '../../library/bin';
import { binContents } from '../../library/binContents';
import { restoreExperiment } from '../../library/experimentBin';
import { readWaiting } from '../../library/queueFile';
import { binWeights, restoreWeights } from '../../library/weightsBin';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, table, usage } from '../output';

export const binUsage = 'bin [run RUN … | weights RUN … | restore ID … | empty]';

/** bin: what was deleted; takes runs, or the weights of runs whose records stay, brings back, and frees the disk. */
export async function bin({ library, json, positionals: [action, ...ids] }: CommandContext): Promise<number> {
  switch (action) {
    case undefined: return tell(await binContents(library), json);
    case 'run': {
      if (ids.length === 0) throw usage(`usage: cultivar ${binUsage}`);
      for (const id of ids) await remove(library, id);
      return tell(await binContents(library), json);
    }
    case 'weights': {
      if (ids.length === 0) throw usage(`usage: cultivar ${binUsage}`);
      let binned = 0;
      for (const id of ids) binned += await binWeights(library, id);
      if (json) answerJson({ schemaVersion: 1, binnedBytes: binned });
      else answer(`${bytes(binned)} of weights are in the bin, the records stay. "cultivar bin empty" frees them.`);
      return exits.done;
    }
    case 'restore': {
      if (ids.length === 0) throw usage(`usage: cultivar ${binUsage}`);
      for (const id of ids) await restore(library, id);
      return tell(await binContents(library), json);
    }
    case 'empty': {
      if (ids.length > 0) throw usage(`usage: cultivar ${binUsage}`);
      const freedBytes = await emptyBin(library);
      if (json) answerJson({ schemaVersion: 1, freedBytes });
      else answer(`${bytes(freedBytes)} are free.`);
      return exits.done;
    }
    default: throw usage(`usage: cultivar ${binUsage}`);
  }
}

/** One that waits would be started and not be there. */
async function remove(library: string, id: string): Promise<void> {
  if ((await readWaiting(library)).waiting.some(({ runId }) => runId === id)) throw new CultivarError({ code: 'run-locked', message: `The run "${id}" waits in the queue.`, remedy: 'Take it out of the queue first.' });
  await deleteRun(library, id);
}

/** A run comes back before its weights do. */
async function restore(library: string, id: string): Promise<void> {
  const kinds = (await binContents(library)).filter((item) => item.id === id).map(({ kind }) => kind);
  if (kinds.length === 0) throw new CultivarError({ code: 'run-unknown', message: `The bin has no "${id}".`, remedy: 'See what it has.', command: 'cultivar bin' });
  if (kinds.includes('experiment')) await restoreExperiment(library, id);
  if (kinds.includes('run')) await restoreRun(library, id);
  if (kinds.includes('weights')) await restoreWeights(library, id);
}

function tell(items: readonly BinItem[], json: boolean): number {
  if (json) answerJson({ schemaVersion: 1, items });
  else if (items.length === 0) answer('The bin is empty.');
  else answer(table([['id', 'what', 'bytes', 'since', 'name'], ...items.map(({ id, kind, bytes: size, since, name }) => [id, kind, bytes(size), since.slice(0, 16).replace('T', ' '), name])]));
  return exits.done;
}
