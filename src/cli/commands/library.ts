import { listRunSummaries } from '../../library/runSummaries';
import { cacheFolder } from '../../library/paths';
import { doctorText } from '../../contracts/doctorText';
import { runDoctor } from '../../system/doctor';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, percent, table, usage } from '../output';

/** doctor: what this machine has, what is missing, and the command that mends it. */
export async function doctor({ library, json, options }: CommandContext): Promise<number> {
  const report = await runDoctor({ libraryDir: library, cacheDir: cacheFolder(), deep: options.deep });
  if (json) answerJson(report);
  else answer(doctorText(report).trimEnd());
  return report.ok ? exits.done : exits.failed;
}

/** runs: what the library holds. */
export async function runs({ library, json, positionals }: CommandContext): Promise<number> {
  if (positionals.length > 0) throw usage('usage: cultivar runs');
  const found = await listRunSummaries(library);
  if (json) {
    answerJson(found);
    return exits.done;
  }
  const rows = found.map((run) => run.status === 'damaged'
    ? [run.id, 'damaged', '', '', run.failure.message]
    : [run.id, run.status, `${run.epochsDone}/${run.config.epochs}`, run.bestValidation ? percent(run.bestValidation.accuracy) : '–', run.name]);
  answer(rows.length === 0 ? 'No run yet.' : table([['id', 'status', 'epochs', 'best val.', 'name'], ...rows]));
  return exits.done;
}
