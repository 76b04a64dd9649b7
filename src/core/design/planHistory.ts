import { experimentSchema, type ExperimentConfig, type Json } from '../config/experimentSchema';
import { parseWith } from '../config/problems';
import { plannedRunCount } from './nextRuns';

/** What a plan has that the one before had not. */
export type PlanAddition =
  | { readonly kind: 'factor' | 'levels'; readonly field: string; readonly levels: readonly Json[] }
  | { readonly kind: 'seeds'; readonly seeds: readonly number[] }
  | { readonly kind: 'trials'; readonly from: number; readonly to: number }
  /** Limits on runs and minutes; null: none. */
  | { readonly kind: 'budget'; readonly maxRuns: number | null; readonly maxMinutes: number | null };

/** One plan of an experiment, oldest first. */
export interface PlanStep {
  readonly at: string;
  /** Of the whole plan as it then stood; null where it cannot be read (a version that is not known here). */
  readonly runs: number | null;
  /** Of the first plan: all that was asked. Empty: the same was asked again. */
  readonly added: readonly PlanAddition[];
}

/** What was asked first, and what each extension added. @param plans as stored, oldest first */
export function planHistory(plans: readonly { readonly at: string; readonly given: unknown }[]): PlanStep[] {
  let before: ExperimentConfig | null = null;
  return plans.map(({ at, given }) => {
    const read = parseWith(experimentSchema, given);
    if (!read.ok) return { at, runs: null, added: [] };
    const step = { at, runs: read.value.seeds.length === 0 ? 0 : plannedRunCount(read.value), added: additions(before, read.value) };
    before = read.value;
    return step;
  });
}

function additions(before: ExperimentConfig | null, now: ExperimentConfig): PlanAddition[] {
  const levels = now.factors.flatMap(({ field, levels: all }): PlanAddition[] => {
    const known = before?.factors.find((factor) => factor.field === field)?.levels;
    if (!known) return [{ kind: 'factor', field, levels: all }];
    const had = new Set(known.map((level) => JSON.stringify(level)));
    const added = all.filter((level) => !had.has(JSON.stringify(level)));
    return added.length > 0 ? [{ kind: 'levels', field, levels: added }] : [];
  });
  const seeds = now.seeds.filter((seed) => !before?.seeds.includes(seed));
  const [from, to] = [before?.search?.trials ?? 0, now.search?.trials ?? 0];
  const { maxRuns, maxMinutes } = now.budget;
  const limited = before ? maxRuns !== before.budget.maxRuns || maxMinutes !== before.budget.maxMinutes : maxRuns !== null || maxMinutes !== null;
  return [
    ...levels,
    ...(seeds.length > 0 ? [{ kind: 'seeds' as const, seeds }] : []),
    ...(to > from ? [{ kind: 'trials' as const, from, to }] : []),
    ...(limited ? [{ kind: 'budget' as const, maxRuns, maxMinutes }] : []),
  ];
}
