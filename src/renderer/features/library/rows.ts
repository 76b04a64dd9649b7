import type { ListedExperiment } from '../../../contracts/calls/experiments';
import type { ListedRun, RunSummary } from '../../../contracts/runs';
import { causesOf } from '../../../core/config/diff';
import type { ComparedArm, Contrast } from '../../../core/judgement/comparison';

export type StateFilter = 'any' | 'answered' | 'undetermined' | 'confounded' | 'running' | 'unfinished';
export const stateFilters = ['any', 'answered', 'undetermined', 'confounded', 'running', 'unfinished'] as const satisfies readonly StateFilter[];

export type SortKey = 'name' | 'value' | 'effect' | 'when';
export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** Where an experiment stands: what its plan awaits comes before what its numbers say. */
export type Standing = 'failed' | 'running' | 'interrupted' | 'answered';
export function standingOf({ failure, progress, comparison }: ListedExperiment): Standing {
  if (failure || !comparison) return 'failed';
  if (progress.running + progress.waiting > 0) return 'running';
  if (progress.planned > 0 && progress.completed + progress.failed < progress.planned) return 'interrupted';
  return 'answered';
}

const done = new Set(['better', 'worse', 'same', 'depends', 'best']);
export function experimentState(experiment: ListedExperiment): Exclude<StateFilter, 'any'> {
  const standing = standingOf(experiment);
  if (standing === 'running') return 'running';
  const kind = experiment.comparison?.answer.kind;
  if (kind === 'confounded') return 'confounded';
  if (standing !== 'answered') return 'unfinished';
  return kind !== undefined && done.has(kind) ? 'answered' : 'undetermined';
}
export const runState = (run: ListedRun): Exclude<StateFilter, 'any'> => (run.status === 'running' || run.status === 'queued' ? 'running' : run.status === 'completed' ? 'answered' : 'unfinished');

/** The arm with the highest mean; reported, never judged by it. */
export const bestArm = (experiment: ListedExperiment): ComparedArm | null =>
  (experiment.comparison?.arms ?? []).reduce<ComparedArm | null>((best, arm) => (arm.validation.mean !== null && (best?.validation.mean ?? -1) < arm.validation.mean ? arm : best), null);

/** The difference that the question asks about: the answer's first, else the first that was measured. */
export function leadContrast({ comparison }: ListedExperiment): Contrast | null {
  if (!comparison) return null;
  const { answer, contrasts } = comparison;
  const ids = 'contrasts' in answer ? answer.contrasts : [];
  return ids.map((own) => contrasts.find(({ id }) => id === own)).find((one) => one !== undefined && one.differencePoints !== null) ?? contrasts.find(({ differencePoints }) => differencePoints !== null) ?? null;
}

export type Row =
  | { readonly kind: 'experiment'; readonly key: string; readonly experiment: ListedExperiment }
  | { readonly kind: 'arm'; readonly key: string; readonly experiment: ListedExperiment; readonly arm: ComparedArm }
  | { readonly kind: 'run'; readonly key: string; readonly run: ListedRun; readonly depth: 0 | 1 | 2 }
  | { readonly kind: 'group'; readonly key: string; readonly value: unknown; readonly runs: readonly RunSummary[] }
  | { readonly kind: 'seeds'; readonly key: string; readonly runs: readonly RunSummary[] };

const whenOf = (run: ListedRun) => (run.status === 'damaged' ? '' : run.endedAt ?? run.startedAt ?? run.createdAt);
const nameOf = (run: ListedRun) => (run.status === 'damaged' ? run.id : run.name || run.id);

/** Experiments with their arms where they are open, and the runs that belong to none. */
export function experimentRows(experiments: readonly ListedExperiment[], runs: readonly ListedRun[], opened: ReadonlySet<string>, sort: Sort): Row[] {
  const effect = (experiment: ListedExperiment) => Math.abs(leadContrast(experiment)?.differencePoints ?? -1);
  const items = [
    ...experiments.map((experiment) => ({ row: { kind: 'experiment' as const, key: experiment.id, experiment }, by: { name: experiment.question || experiment.name, value: bestArm(experiment)?.validation.mean ?? -1, effect: effect(experiment), when: experiment.createdAt } })),
    ...runs.map((run) => ({ row: { kind: 'run' as const, key: run.id, run, depth: 0 as const }, by: { name: nameOf(run), value: run.status === 'damaged' ? -1 : run.lastValidation?.accuracy ?? -1, effect: -1, when: whenOf(run) } })),
  ].sort((a, b) => ordered(a.by[sort.key], b.by[sort.key], sort) || plainOrder(a.row.key, b.row.key));
  return items.flatMap(({ row }): Row[] => (row.kind === 'experiment' && opened.has(row.key)
    ? [row, ...(row.experiment.comparison?.arms ?? []).map((arm): Row => ({ kind: 'arm', key: `${row.key}\0${arm.key}`, experiment: row.experiment, arm }))] : [row]));
}

/** One collator for all comparisons: making one for each is most of the time that sorting a thousand names takes. */
const collator = new Intl.Collator(undefined, { numeric: true });

function ordered(a: string | number, b: string | number, { key, descending }: Sort): number {
  const order = key === 'name' ? collator.compare(String(a), String(b)) : plainOrder(a, b);
  return descending ? -order : order;
}

const plainOrder = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Value of a config at a path. */
export const valueAtPath = (config: unknown, path: string): unknown => path.split('.').reduce<unknown>((node, key) => (typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined), config);

/** Runs under the values of one field; runs that differ in their seed alone are one row, opened on demand. Without a field, all runs. */
export function runRows(runs: readonly ListedRun[], field: string | null, opened: ReadonlySet<string>, sort: Sort): Row[] {
  const by = (run: ListedRun) => ({ name: nameOf(run), value: run.status === 'damaged' ? -1 : run.lastValidation?.accuracy ?? -1, effect: -1, when: whenOf(run) })[sort.key];
  const order = (list: readonly ListedRun[]) => [...list].sort((a, b) => ordered(by(a), by(b), sort) || plainOrder(a.id, b.id));
  if (field === null) return order(runs).map((run) => ({ kind: 'run', key: run.id, run, depth: 0 }));
  const readable = order(runs).filter((run): run is RunSummary => run.status !== 'damaged');
  const groups = grouped(readable, (run) => JSON.stringify(valueAtPath(run.config, field) ?? null));
  return [...groups].sort(([a], [b]) => collator.compare(a, b)).flatMap(([value, members]): Row[] => [
    { kind: 'group', key: `group\0${value}`, value: JSON.parse(value) as unknown, runs: members },
    ...[...grouped(members, seedless)].flatMap(([config, arm]): Row[] => {
      if (arm.length === 1) return [{ kind: 'run', key: arm[0]!.id, run: arm[0]!, depth: 1 }];
      const key = `seeds\0${config}`;
      return [{ kind: 'seeds', key, runs: arm }, ...(opened.has(key) ? arm.map((run): Row => ({ kind: 'run', key: run.id, run, depth: 2 })) : [])];
    }),
  ]);
}

const seedless = (run: RunSummary) => { const { seed: _seed, ...rest } = causesOf(run.config); return JSON.stringify(rest); };

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Fields in which the runs differ, for grouping by them. */
export function varyingFields(runs: readonly ListedRun[], fields: readonly string[]): string[] {
  const readable = runs.filter((run): run is RunSummary => run.status !== 'damaged');
  return fields.filter((field) => new Set(readable.map((run) => JSON.stringify(valueAtPath(run.config, field) ?? null))).size > 1);
}
export const groupFields = ['augmentation', 'epochs', 'model.architecture', 'model.stem', 'optimizer.kind', 'schedule.learningRate', 'batchSize', 'labelSmoothing', 'optimizer.weightDecay', 'data.dataset', 'data.trainImages'] as const;

/** The runs that a row stands for, for comparing them. */
export const runIdsOfRow = (row: Row): readonly string[] => {
  switch (row.kind) {
    case 'experiment': return row.experiment.runIds;
    case 'arm': return row.arm.runs.flatMap((run) => (run.runId === null ? [] : [run.runId]));
    case 'run': return row.run.status === 'damaged' ? [] : [row.run.id];
    case 'group': case 'seeds': return row.runs.map((run) => run.id);
  }
};
