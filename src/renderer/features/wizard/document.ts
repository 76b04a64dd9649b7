import { getAt } from '../../../core/design/withField';
import { parseExperiment, type Arm, type ExperimentConfig } from '../../../core/config/experiment';
import { parseWith, type ConfigProblem, type Parsed } from '../../../core/config/problems';
import { defaultRunConfig, runConfigSchema } from '../../../core/config/run';
import type { Level } from '../../../core/judgement/comparison';
import { withValue, type Draft } from '../recipe/draft';

export interface DraftFactor {
  readonly field: string;
  /** The first is the reference. */
  readonly levels: readonly Level[];
}

/** More runs than this are not expanded, since each is checked at every key press. */
const runLimit = 5000;

/** A run config as the base of an experiment: without what the experiment itself sets. */
function baseOf(config: Draft): Draft {
  const { schemaVersion: _schema, name: _name, seed: _seed, ...base } = config;
  return base;
}
const plain = (value: unknown): Draft => JSON.parse(JSON.stringify(value)) as Draft;

/** The write-up's question, all four cells from random weights. */
export const newDocument = (): Draft => ({
  schemaVersion: 1,
  name: '',
  question: '',
  base: baseOf(plain(defaultRunConfig())),
  factors: [
    { field: 'augmentation', levels: ['none', 'crop-flip-trivialaugment'] },
    { field: 'epochs', levels: [5, 20] },
  ],
  design: 'full-factorial',
  seeds: [1, 2, 3],
  marginPoints: 0.5,
});

/** An experiment file as a draft: its base written out with every default, so that each field has something to show. */
export function documentOf(config: unknown): Draft {
  const given = plain(config);
  const base = parseWith(runConfigSchema, given.base ?? {});
  return { ...newDocument(), ...given, base: base.ok ? baseOf(plain(base.value)) : (given.base ?? {}) };
}

export const factorsOf = (document: Draft): readonly DraftFactor[] =>
  (Array.isArray(document.factors) ? (document.factors as unknown[]) : []).flatMap((factor) => {
    const { field, levels } = (factor ?? {}) as { field?: unknown; levels?: unknown };
    return typeof field === 'string' && Array.isArray(levels) ? [{ field, levels: levels as Level[] }] : [];
  });

export const seedsOf = (document: Draft): readonly number[] =>
  (Array.isArray(document.seeds) ? (document.seeds as unknown[]) : []).filter((seed): seed is number => typeof seed === 'number');

export const withFactors = (document: Draft, factors: readonly DraftFactor[]): Draft => ({ ...document, factors });

/** The factors with one level moved by `by` places; the first place is the reference. */
export function withMovedLevel(factors: readonly DraftFactor[], factor: number, from: number, by: number): readonly DraftFactor[] {
  return factors.map((one, i) => (i === factor ? { ...one, levels: moved(one.levels, from, from + by) } : one));
}
/** The list with one entry taken to another place; unchanged where that place is none. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  if (to < 0 || to >= list.length || from < 0 || from >= list.length) return list;
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), list[from]!, ...rest.slice(to)];
}

/** Seeds 1 to n; those that are there already are kept in their order, as runs exist for them. */
export function withSeedCount(document: Draft, count: number): Draft {
  const kept = seedsOf(document).slice(0, count);
  const free = Array.from({ length: count + kept.length }, (_, i) => i + 1).filter((seed) => !kept.includes(seed));
  return { ...document, seeds: [...kept, ...free.slice(0, count - kept.length)] };
}

export const sameLevel = (a: Level, b: Level): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Runs that a document would come to, before they are written out. */
export function runCount(document: Draft): number {
  const counts = factorsOf(document).map(({ levels }) => levels.length);
  const arms = document.design === 'one-at-a-time' ? 1 + counts.reduce((sum, count) => sum + count - 1, 0) : counts.reduce((product, count) => product * count, 1);
  return arms * seedsOf(document).length;
}

export type CheckedExperiment = Parsed<{ readonly config: ExperimentConfig; readonly arms: readonly Arm[] }>;

/** The check of an experiment file, with a bound on what the window expands. */
export function checkDocument(document: Draft): CheckedExperiment {
  const count = runCount(document);
  if (count > runLimit) return { ok: false, problems: [{ path: 'factors', message: `makes ${count} runs, more than ${runLimit}` }] };
  return parseExperiment(document);
}

/** A problem of the form of an experiment hides those of its base: here they stand together, but for fields that factors set. */
export function withBaseProblems(document: Draft, problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const base = parseWith(runConfigSchema, document.base);
  const varied = factorsOf(document).map(({ field }) => field);
  const more = base.ok ? [] : base.problems.filter(({ path }) => !varied.some((field) => path === field || path.startsWith(`${field}.`)) && !problems.some((problem) => problem.path === path));
  return [...problems, ...more];
}

/** What is wrong with one level by itself: with its field set to it, the base is checked as a run. */
export function levelProblem(document: Draft, field: string, level: Level): ConfigProblem | null {
  const checked = parseWith(runConfigSchema, withValue(document.base as Draft, field, level));
  if (checked.ok) return null;
  return checked.problems.find(({ path }) => path === field || path.startsWith(`${field}.`)) ?? null;
}

/** The base's value of a field: the reference of a factor that is new. */
export const baseValue = (document: Draft, field: string): Level => (getAt(document.base, field) ?? null) as Level;
