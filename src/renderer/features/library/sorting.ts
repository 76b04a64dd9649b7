import { getAt } from '../../../core/design/withField';
import type { ListedRun, RunSummary } from '../../../contracts/runs';
import type { Remarks, RemarksOf } from '../../../contracts/calls/remarks';
import { figure } from '../../../core/judgement/arms';
import type { ColumnKey } from './columns';
import { settingOf } from './columns';
import type { Row } from './row';
import { bestArm, experimentState, leadContrast, runState, stateFilters } from './standing';

export type SortKey = 'name' | 'state' | 'value' | Exclude<ColumnKey, 'curve'>;
export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** What rows are sorted by besides themselves. */
export interface SortContext {
  readonly runs: ReadonlyMap<string, ListedRun>;
  remarksOf(of: RemarksOf): Remarks;
}

type Sortable = Extract<Row, { kind: 'experiment' | 'run' | 'seeds' }>;

/** One collator for all comparisons: making one for each is most of the time that sorting a thousand names takes. */
const collator = new Intl.Collator(undefined, { numeric: true });
export const compareNames = (a: string, b: string) => collator.compare(a, b);
const plainOrder = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** In the order asked for; what has no value stands last, whichever way. */
export function sorted<R extends Sortable>(rows: readonly R[], { key, descending }: Sort, context: SortContext): R[] {
  const keyed = rows.map((row) => ({ row, by: sortValue(row, key, context) }));
  return keyed.sort((a, b) => {
    if (a.by === null || b.by === null) return Number(a.by === null) - Number(b.by === null) || plainOrder(a.row.key, b.row.key);
    const order = typeof a.by === 'number' && typeof b.by === 'number' ? a.by - b.by : collator.compare(String(a.by), String(b.by));
    return (descending ? -order : order) || plainOrder(a.row.key, b.row.key);
  }).map(({ row }) => row);
}

function sortValue(row: Sortable, key: SortKey, context: SortContext): string | number | null {
  const setting = settingOf(key as ColumnKey);
  if (setting !== null) {
    const [value] = settingValues(row, setting, context);
    return value === undefined || value === null ? null : typeof value === 'number' ? value : typeof value === 'string' ? value : JSON.stringify(value);
  }
  switch (key) {
    case 'name': return nameOf(row);
    case 'state': return stateFilters.indexOf(row.kind === 'experiment' ? experimentState(row.experiment) : runState(row.kind === 'run' ? row.run : row.runs[0]!));
    case 'value': return row.kind === 'experiment' ? bestArm(row.experiment)?.validation.mean ?? null : row.kind === 'run' ? accuracyOf(row.run) : seedsFigure(row.runs).mean;
    case 'interval': { const interval = row.kind === 'experiment' ? bestArm(row.experiment)?.validation.interval : row.kind === 'seeds' ? seedsFigure(row.runs).interval : null; return interval ? interval.high - interval.low : null; }
    case 'best': return row.kind === 'run' && row.run.status !== 'damaged' ? row.run.bestValidation?.accuracy ?? null : null;
    case 'effect': { const points = row.kind === 'experiment' ? leadContrast(row.experiment)?.differencePoints : null; return points === null || points === undefined ? null : Math.abs(points); }
    case 'tags': return tagsOf(row, context).join(' ') || null;
    case 'when': return row.kind === 'experiment' ? row.experiment.createdAt : row.kind === 'run' ? whenOf(row.run) || null : row.runs.map(whenOf).sort().at(-1) ?? null;
    default: return null;
  }
}

const nameOf = (row: Sortable) => (row.kind === 'experiment' ? row.experiment.question || row.experiment.name : row.kind === 'seeds' ? row.runs[0]!.name || row.runs[0]!.id : row.run.status === 'damaged' ? row.run.id : row.run.name || row.run.id);
const whenOf = (run: ListedRun) => (run.status === 'damaged' ? '' : run.endedAt ?? run.startedAt ?? run.createdAt);
const accuracyOf = (run: ListedRun) => (run.status === 'damaged' ? null : run.lastValidation?.accuracy ?? null);

/** Mean over seeds with its interval, as everywhere: runs that have not ended say nothing of it yet. */
export function seedsFigure(runs: readonly RunSummary[]) {
  const ended = runs.flatMap(({ status, lastValidation, config }) => (status === 'completed' && lastValidation ? [{ accuracy: lastValidation.accuracy, images: config.data.validationImages }] : []));
  // Of one run nothing is said but its value.
  return figure(ended.map(({ accuracy }) => accuracy), ended.length < 2 ? null : Math.max(...ended.map(({ images }) => images)));
}

/** Values of a setting: an experiment has those of its factor, else what its runs share. */
export function settingValues(row: Row, path: string, { runs }: Pick<SortContext, 'runs'>): readonly unknown[] {
  if (row.kind === 'group') return [];
  if (row.kind === 'run') return row.run.status === 'damaged' ? [] : [getAt(row.run.config, path) ?? null];
  if (row.kind === 'seeds') return [getAt(row.runs[0]!.config, path) ?? null];
  if (row.kind === 'arm') return path in row.arm.levels ? [row.arm.levels[path]] : ofRuns(row.arm.runs.flatMap(({ runId }) => runId ?? []), path, runs);
  return row.experiment.comparison?.factors.find(({ field }) => field === path)?.levels ?? ofRuns(row.experiment.runIds, path, runs);
}

function ofRuns(ids: readonly string[], path: string, runs: ReadonlyMap<string, ListedRun>): readonly unknown[] {
  const values = ids.flatMap((id) => { const run = runs.get(id); return run && run.status !== 'damaged' ? [JSON.stringify(getAt(run.config, path) ?? null)] : []; });
  return [...new Set(values)].map((text) => JSON.parse(text) as unknown);
}

/** Of a row of seeds, the tags that any of its runs has. */
export function tagsOf(row: Row, { remarksOf }: Pick<SortContext, 'remarksOf'>): readonly string[] {
  if (row.kind === 'experiment') return remarksOf({ kind: 'experiment', id: row.experiment.id }).tags;
  if (row.kind === 'run') return remarksOf({ kind: 'run', id: row.run.id }).tags;
  return row.kind === 'seeds' ? [...new Set(row.runs.flatMap(({ id }) => remarksOf({ kind: 'run', id }).tags))] : [];
}
