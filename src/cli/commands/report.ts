import type { StoredPredictions } from '../../contracts/calls/experiments';
import { toErrorData } from '../../contracts/errors';
import { storedPredictions } from '../../report/storedPredictions';
import { cultivarVersion } from '../../system/version';
import { evaluateOnce } from '../../trainer/host/evaluateOnce';
import type { CommandContext } from '../command';
import { comparisonOf, localeOf } from '../comparisonOf';
import { checkedOut, writeOut } from '../outFile';
import { answer, answerJson, exits, say, usage } from '../output';

export const reportUsage = 'report RUN|EXPERIMENT… --out FILE.html [--language en|ja] [--force] [--no-compute]';

/** report RUN|EXPERIMENT…: one HTML file that holds all it shows. */
export async function report({ library, json, positionals, options }: CommandContext): Promise<number> {
  if (positionals.length === 0 || !options.out) throw usage(`usage: cultivar ${reportUsage}`);
  const locale = localeOf(options.language);
  const path = await checkedOut(options.out, options.force ?? false);
  const before = await comparisonOf(library, positionals);
  const counts = { stored: 0, computed: 0, missing: 0 };
  const runs = before.arms.flatMap((arm) => arm.runs.filter(({ runId, status }) => runId !== null && status === 'completed').map(({ runId }) => runId!));
  if (!options['no-compute']) await computeMissing(library, runs, counts);
  // Compared again where predictions came: images are then compared too.
  const comparison = counts.computed > 0 ? await comparisonOf(library, positionals) : before;
  // Loaded now: it brings the charts' library, which no other command needs.
  const { writeReport } = await import('../../report');
  const html = await writeReport({
    library, comparison, locale, cultivarVersion: cultivarVersion(),
    predictions: async (runId) => {
      const found = await storedPredictions(library, runId);
      counts[found ? 'stored' : 'missing']++;
      return found;
    },
  });
  const bytes = await writeOut(path, html);
  counts.stored -= counts.computed;
  if (json) answerJson({ schemaVersion: 1, path, bytes, language: locale, answer: comparison.answer, predictions: counts });
  else answer(`${path}: ${(bytes / 1e3).toFixed(0)} kB`);
  return exits.done;
}

/** Predictions that are not stored, from the last checkpoints. What cannot be computed is said, here and in the report. */
async function computeMissing(library: string, runs: readonly string[], counts: { computed: number }): Promise<void> {
  const missing: string[] = [];
  for (const runId of runs) if ((await present(library, runId)) === null) missing.push(runId);
  for (const [i, runId] of missing.entries()) {
    say(`Computing predictions, run ${i + 1} of ${missing.length}: ${runId}`);
    try {
      const { stored } = await evaluateOnce(library, runId, 'validation');
      if (stored) counts.computed++;
    } catch (error) {
      say(`warning: no predictions of ${runId}: ${toErrorData(error).message}`);
    }
  }
}

/** What is damaged can be computed again. */
const present = (library: string, runId: string): Promise<StoredPredictions | null> => storedPredictions(library, runId).catch(() => null);
