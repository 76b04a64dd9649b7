import { searchableRun } from '../../contracts/searchable';
import { matchesSearch, parseSearch } from '../../core/search/query';
import { folded } from '../../core/text/fold';
import { listRemarks } from '../../library/remarks';
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

export const runsUsage = 'runs [--tag TAG] [--find SEARCH]';

/** runs: what the library holds, or those of it that a tag or a search finds. */
export async function runs({ library, json, positionals, options }: CommandContext): Promise<number> {
  if (positionals.length > 0) throw usage(`usage: cultivar ${runsUsage}`);
  const { runs: remarks } = await listRemarks(library);
  const terms = parseSearch(options.find ?? '');
  const found = (await listRunSummaries(library))
    .filter((run) => options.tag === undefined || (remarks[run.id]?.tags ?? []).some((tag) => folded(tag) === folded(options.tag!)))
    .filter((run) => matchesSearch(terms, searchableRun(run, remarks[run.id])));
  if (json) {
    answerJson(found.map((run) => ({ ...run, note: remarks[run.id]?.note ?? '', tags: remarks[run.id]?.tags ?? [] })));
    return exits.done;
  }
  const rows = found.map((run) => [...(run.status === 'damaged'
    ? [run.id, 'damaged', '', '', run.failure.message]
    : [run.id, run.status, `${run.epochsDone}/${run.config.epochs}`, run.bestValidation ? percent(run.bestValidation.accuracy) : '–', run.name]), (remarks[run.id]?.tags ?? []).join(', ')]);
  const none = options.tag === undefined && terms.length === 0 ? 'No run yet.' : 'No run matches.';
  answer(rows.length === 0 ? none : table([['id', 'status', 'epochs', 'best val.', 'name', 'tags'], ...rows]));
  return exits.done;
}
