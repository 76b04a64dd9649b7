import { getAt } from '../../../core/design/withField';
import type { ListedExperiment } from '../../../contracts/calls/experiments';
import type { ListedRun, RunSummary } from '../../../contracts/runs';
import type { Row } from './row';
import { seedless } from './settings';
import { compareNames, sorted, type Sort, type SortContext } from './sorting';

type Item = Extract<Row, { kind: 'experiment' | 'run' | 'seeds' }>;

/** Experiments with their arms where they are open, and the runs that belong to none, those that differ in their seed alone as one row. */
export function experimentRows(experiments: readonly ListedExperiment[], runs: readonly ListedRun[], opened: ReadonlySet<string>, sort: Sort, context: SortContext): Row[] {
  const items: Item[] = [...experiments.map((experiment) => ({ kind: 'experiment' as const, key: experiment.id, experiment })), ...seedRows(runs, 0)];
  return sorted(items, sort, context).flatMap((row) => withInner(row, opened, sort, context));
}

/**
 * Runs under the values of one setting, seeds together.
 * @param by a path; `seeds` for no groups but seeds together; null for all runs
 */
export function runRows(runs: readonly ListedRun[], by: string | null, opened: ReadonlySet<string>, sort: Sort, context: SortContext): Row[] {
  if (by === null) return sorted(runs.map((run) => ({ kind: 'run' as const, key: run.id, run, depth: 0 as const })), sort, context);
  if (by === 'seeds') return sorted(seedRows(runs, 0), sort, context).flatMap((row) => withInner(row, opened, sort, context));
  const groups = grouped(runs.filter((run) => run.status !== 'damaged'), ({ config }) => JSON.stringify(getAt(config, by) ?? null));
  const damaged = runs.filter(({ status }) => status === 'damaged').map((run) => ({ kind: 'run' as const, key: run.id, run, depth: 0 as const }));
  return [
    ...[...groups].sort(([a], [b]) => compareNames(a, b)).flatMap(([value, members]): Row[] => [
      { kind: 'group', key: `group\0${value}`, value: JSON.parse(value) as unknown, runs: members },
      ...sorted(seedRows(members, 1), sort, context).flatMap((row) => withInner(row, opened, sort, context)),
    ]),
    ...damaged,
  ];
}

/** Runs with those that share all but their seed as one row. @param depth of that row */
function seedRows(runs: readonly ListedRun[], depth: 0 | 1): Item[] {
  const damaged = runs.filter(({ status }) => status === 'damaged').map((run): Item => ({ kind: 'run', key: run.id, run, depth }));
  const readable = runs.filter((run): run is RunSummary => run.status !== 'damaged');
  return [...[...grouped(readable, ({ config }) => seedless(config))].map(([config, alike]): Item => (alike.length === 1
    ? { kind: 'run', key: alike[0]!.id, run: alike[0]!, depth } : { kind: 'seeds', key: `seeds\0${config}`, runs: alike, depth })), ...damaged];
}

function withInner(row: Item, opened: ReadonlySet<string>, sort: Sort, context: SortContext): Row[] {
  if (row.kind === 'run' || !opened.has(row.key)) return [row];
  if (row.kind === 'experiment') return [row, ...(row.experiment.comparison?.arms ?? []).map((arm): Row => ({ kind: 'arm', key: `${row.key}\0${arm.key}`, experiment: row.experiment, arm }))];
  const depth = row.depth === 0 ? 1 : 2;
  return [row, ...sorted(row.runs.map((run) => ({ kind: 'run' as const, key: run.id, run, depth } satisfies Row)), sort, context)];
}

function grouped<T extends ListedRun>(items: readonly T[], keyOf: (item: Extract<T, RunSummary>) => string): Map<string, Extract<T, RunSummary>[]> {
  const groups = new Map<string, Extract<T, RunSummary>[]>();
  for (const item of items as readonly Extract<T, RunSummary>[]) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
