import { z } from 'zod';
import { extendRun } from '../../data/extendRun';
import { runFolder } from '../../library/paths';
import { toRunSummary } from '../../library/runSummaries';
import { readRun } from '../../library/runs';
import type { CommandContext } from '../command';
import { inTurn } from '../inTurn';
import { answer, answerJson, exits, percent, say, usage } from '../output';
import { readJsonFile } from './train';

export const extendUsage = 'extend RUN --epochs N [--schedule FILE.json] [--wait]';

/** extend RUN: a new run that goes on where a completed one ended. */
export async function extend({ library, json, positionals: [runId, ...rest], options }: CommandContext): Promise<number> {
  const epochs = z.coerce.number().int().min(1).safeParse(options.epochs);
  if (!runId || rest.length > 0 || !epochs.success) throw usage(`usage: cultivar ${extendUsage}`);
  const schedule = options.schedule === undefined ? undefined : await readJsonFile(options.schedule);
  let id = '';
  const { interrupted, handedOver } = await inTurn(library, options.wait ?? false, async () => {
    const run = await extendRun(library, runId, epochs.data, schedule);
    id = run.id;
    const { kind, learningRate } = run.config.resolved.schedule;
    say(`${run.id} goes on from ${runId} for ${epochs.data} epochs; schedule over them: ${kind} from ${learningRate}${schedule === undefined ? ', a warm restart' : ''}.`);
    return [{ runId: run.id, resume: false, label: run.name }];
  });
  const summary = await toRunSummary(library, await readRun(library, id));
  if (json) answerJson(summary);
  else {
    if (summary.lastValidation) answer(`validation accuracy ${percent(summary.lastValidation.accuracy)} after epoch ${summary.lastValidation.epoch} more`);
    answer(`${summary.status}; stored in ${runFolder(library, id)}`);
  }
  if (interrupted) return exits.interrupted;
  return handedOver || summary.status === 'completed' ? exits.done : exits.failed;
}
