import { describe, expect, it } from 'vitest';
import { fakeExperiments } from '../../dev/fakeComparisons';
import type { ListedExperiment } from '../../../contracts/calls/experiments';
import { runIdsOfRow } from './row';
import { experimentRows, runRows } from './rows';
import { seedsFigure } from './sorting';
import { varyingFields } from './settings';
import { experimentState, leadContrast, standingOf } from './standing';

const fakes = fakeExperiments();
const listed = fakes.map(({ record: { summary, progress, comparison, config } }): ListedExperiment => ({
  id: summary.id, name: summary.name, question: summary.question, createdAt: summary.createdAt, progress, seeds: config.seeds.length, runIds: summary.arms.flatMap((arm) => arm.runIds), comparison, failure: null,
}));
const runs = fakes.flatMap((fake) => fake.runs.map(({ summary }) => summary));
const of = (id: string) => listed.find((experiment) => experiment.id === id)!;
const newest = { key: 'when', descending: true } as const;
const context = { runs: new Map(runs.map((run) => [run.id, run])), remarksOf: ({ id }: { id: string }) => ({ note: '', tags: id === 'stem' ? ['a'] : id === 'student' ? ['b'] : [], pinned: false }) };

describe('experiments', () => {
  it('stand where their plan and their numbers put them', () => {
    expect(['ta-epochs', 'student', 'smoothing', 'momentum', 'stem'].map((id) => experimentState(of(id)))).toEqual(['answered', 'confounded', 'answered', 'undetermined', 'running']);
    expect(standingOf({ ...of('stem'), progress: { ...of('stem').progress, running: 0, waiting: 0 } })).toBe('interrupted');
    expect(standingOf({ ...of('stem'), comparison: null })).toBe('failed');
  });
  it('open to their arms, newest first or by any column', () => {
    const closed = experimentRows(listed, [], new Set(), newest, context);
    expect(closed).toHaveLength(listed.length);
    expect(closed[0]!.key).toBe('stem');
    expect(experimentRows(listed, [], new Set(['ta-epochs']), newest, context)).toHaveLength(listed.length + 6);
    const values = experimentRows(listed, [], new Set(), { key: 'effect', descending: true }, context).map((row) => (row.kind === 'experiment' ? Math.abs(leadContrast(row.experiment)?.differencePoints ?? 0) : 0));
    expect(values).toEqual([...values].sort((a, b) => b - a));
    for (const descending of [true, false]) expect(experimentRows(listed, [], new Set(), { key: 'tags', descending }, context).slice(0, 2).map(({ key }) => key)).toEqual(descending ? ['student', 'stem'] : ['stem', 'student']);
  });
  it('stand beside loose runs, whose seeds are one row that opens', () => {
    const loose = runs.filter(({ experimentId, config }) => experimentId === 'ta-epochs' && config.augmentation === 'none' && config.epochs === 5);
    const damaged = { id: 'broken', status: 'damaged', failure: { code: 'run-damaged', message: '' } } as const;
    const rows = experimentRows([], [...loose, damaged], new Set(), newest, context);
    expect(rows.map(({ kind }) => kind)).toEqual(['seeds', 'run']);
    expect(experimentRows([], loose, new Set([rows[0]!.key]), newest, context).map((row) => row.kind === 'run' && row.depth)).toEqual([false, 1, 1, 1, 1, 1]);
  });
});

describe('runs', () => {
  const own = runs.filter((run) => run.experimentId === 'ta-epochs');
  it('group by a field with their seeds in one row, and lose none', () => {
    const rows = runRows(own, 'augmentation', new Set(), newest, context);
    expect(rows.filter(({ kind }) => kind === 'group')).toHaveLength(3);
    const seeds = rows.filter((row) => row.kind === 'seeds');
    expect(seeds).toHaveLength(6);
    expect(new Set(seeds.flatMap(runIdsOfRow)).size).toBe(30);
    expect(runRows(own, 'augmentation', new Set([seeds[0]!.key]), newest, context)).toHaveLength(rows.length + 5);
    expect(runRows(own, 'seeds', new Set(), newest, context)).toHaveLength(6);
  });
  it('offer the settings in which they differ, seeds left out', () => {
    expect(varyingFields(own)).toEqual(['augmentation', 'epochs']);
  });
  it('without a field are a row each, by any column', () => {
    expect(runRows(runs, null, new Set(), { key: 'name', descending: false }, context)).toHaveLength(runs.length);
    const epochs = runRows(own, null, new Set(), { key: 'set:epochs', descending: true }, context).map((row) => (row.kind === 'run' && row.run.status !== 'damaged' ? row.run.config.epochs : 0));
    expect(epochs).toEqual([...epochs].sort((a, b) => b - a));
  });
  it('over seeds have the mean with its interval of Student’s t', () => {
    const [one, ...rest] = own.filter(({ status }) => status === 'completed');
    const alike = [0.80, 0.82, 0.84].map((accuracy, i) => ({ ...[one!, ...rest][i]!, lastValidation: { accuracy, epoch: 1 } }));
    const { mean, interval } = seedsFigure(alike);
    expect(mean).toBeCloseTo(0.82, 12);
    // t(0.975, 2) = 4.302652729911275, s = 0.02.
    expect(interval!.high - mean!).toBeCloseTo((4.302652729911275 * 0.02) / Math.sqrt(3), 10);
    expect(seedsFigure(alike.slice(0, 1)).interval).toBeNull();
    expect(seedsFigure([{ ...alike[0]!, status: 'running' }]).mean).toBeNull();
  });
});
