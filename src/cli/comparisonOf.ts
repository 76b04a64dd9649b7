import type { Comparison } from '../core/judgement/comparison';
import type { Locale } from '../core/text/format';
import { compareExperiment, comparePickedRuns, type ComparisonOptions } from '../library/comparisons';
import { listExperimentIds, readExperiment } from '../library/experiments';
import { usage } from './output';

/** What one experiment says, or what runs picked by hand do; an experiment among others stands for its runs. */
export async function comparisonOf(library: string, ids: readonly string[], options: ComparisonOptions = {}): Promise<Comparison> {
  const [first, ...others] = ids;
  const experiments = new Set(await listExperimentIds(library));
  if (first !== undefined && experiments.has(first) && others.length === 0) return compareExperiment(library, first, options);
  const runs = await Promise.all(ids.map(async (id) => (experiments.has(id) ? (await readExperiment(library, id)).arms.flatMap(({ runIds }) => runIds) : [id])));
  return comparePickedRuns(library, runs.flat(), options);
}

/** @throws CultivarError usage */
export function localeOf(language: string | undefined): Locale {
  if (language === undefined || language === 'en') return 'en';
  if (language === 'ja') return 'ja';
  throw usage(`--language must be en or ja, not ${language}`);
}
