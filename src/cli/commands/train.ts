import { readFile } from 'node:fs/promises';
import { CultivarError } from '../../contracts/errors';
import { differingCauses } from '../../core/config/diff';
import { checkedRunConfig, newRun, resolvedRunConfig } from '../../data/newRuns';
import { cultivarCommand } from '../../library/command';
import { runFolder } from '../../library/paths';
import { toRunSummary } from '../../library/runSummaries';
import { readRun } from '../../library/runs';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, percent, say, usage } from '../output';
import { inTurn } from '../inTurn';
import { slowPrecision, tellSlow } from '../slowPrecision';

/** @throws CultivarError config-unreadable */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new CultivarError({ code: 'config-unreadable', message: `${path} cannot be read: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message}.` });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CultivarError({ code: 'config-unreadable', message: `${path} is not JSON: ${(error as Error).message}.` });
  }
}

/** train [CONFIG.json] [--resume RUN] [--wait]: a new run, or one that was cut off. A config given with a run must be that run's. */
export async function train({ library, json, positionals, options }: CommandContext): Promise<number> {
  const [file, ...rest] = positionals;
  if (rest.length > 0 || (!file && !options.resume)) throw usage('usage: cultivar train CONFIG.json [--resume RUN] [--wait], or cultivar train --resume RUN');
  // Bad input is told as that also while another command has the queue.
  const document = file ? await readJsonFile(file) : null;
  if (file) {
    const slow = await slowPrecision([checkedRunConfig(document)]);
    if (slow) tellSlow(slow);
  }
  let runId = '';
  const { interrupted, handedOver } = await inTurn(library, options.wait ?? false, async () => {
    const { id, name } = options.resume ? await resumable(library, options.resume, document) : await newRun(library, document);
    runId = id;
    return [{ runId, resume: Boolean(options.resume), label: name || id }];
  });
  const summary = await toRunSummary(library, await readRun(library, runId));
  if (json) answerJson(summary);
  else {
    const { lastValidation: last, bestValidation: best } = summary;
    if (last) answer(`validation accuracy ${percent(last.accuracy)} after epoch ${last.epoch}${best && best.epoch !== last.epoch ? ` (best ${percent(best.accuracy)} after epoch ${best.epoch})` : ''}`);
    answer(`${summary.status}; stored in ${runFolder(library, runId)}`);
  }
  // The same steps would lead to the same loss.
  if (summary.resumable && !handedOver && summary.failure?.code !== 'loss-not-finite') say(`Go on with it: ${cultivarCommand(`train --resume ${runId}`)}`);
  if (interrupted) return exits.interrupted;
  return handedOver || summary.status === 'completed' ? exits.done : exits.failed;
}

/** @throws CultivarError usage where it is completed; config-invalid where the config given is not the run's */
async function resumable(library: string, runId: string, document: unknown) {
  const manifest = await readRun(library, runId);
  if (manifest.status === 'completed') throw usage(`The run ${runId} is completed: there is nothing to resume.`);
  const different = document === null ? [] : differingCauses(manifest.config.resolved, await resolvedRunConfig(library, document));
  if (different.length > 0) {
    throw new CultivarError({
      code: 'config-invalid',
      message: `The run ${runId} was begun with another config: ${different.join(', ')} ${different.length === 1 ? 'differs' : 'differ'}.`,
      remedy: 'Resume it with its own config (leave the file out), or start a new run.',
    });
  }
  return manifest;
}
