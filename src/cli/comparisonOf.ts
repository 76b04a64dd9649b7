import type { Comparison } from '../core/judgement/comparison';
import type { Locale } from '../core/text/format';
import { compareExperiment, comparePickedRuns, type ComparisonOptions } from '../library/comparisons';
import { listExperimentIds, readExperiment } from '../library/experiments';
import { listRuns } from '../library/runs';
import { say, usage } from './output';

/** What one experiment says, or what runs picked by hand do; an experiment among others stands for its runs, as far as they are still there. */
export async function comparisonOf(library: string, ids: readonly string[], options: ComparisonOptions = {}): Promise<Comparison> {
  const [first, ...others] = ids;
  const experiments = new Set(await listExperimentIds(library));
  if (first !== undefined && experiments.has(first) && others.length === 0) return compareExperiment(library, first, options);
  const runs = await Promise.all(ids.map(async (id) => (experiments.has(id) ? runsThere(library, id) : [id])));
  return comparePickedRuns(library, runs.flat(), options);
}

async function runsThere(library: string, experimentId: string): Promise<string[]> {
  const ids = (await readExperiment(library, experimentId)).arms.flatMap(({ runIds }) => runIds);
  const readable = new Set((await listRuns(library)).flatMap((run) => (run.state === 'readable' ? [run.id] : [])));
  const there = ids.filter((id) => readable.has(id));
  if (there.length < ids.length) say(`warning: ${ids.length - there.length} of the ${ids.length} runs of ${experimentId} are no longer in the library, or cannot be read.`);
  return there;
}

/** @throws CultivarError usage */
export function localeOf(language: string | undefined): Locale {
  if (language === undefined || language === 'en') return 'en';
  if (language === 'ja') return 'ja';
  throw usage(`--language must be en or ja, not ${language}`);
}
