import { describe, expect, it } from 'vitest';
import { fakeExperiments } from '../../dev/fakeComparisons';
import type { ListedExperiment } from '../../../contracts/calls/experiments';
import { experimentRows, experimentState, leadContrast, runIdsOfRow, runRows, standingOf, varyingFields, groupFields } from './rows';

const fakes = fakeExperiments();
const listed = fakes.map(({ record: { summary, progress, comparison, config } }): ListedExperiment => ({
  id: summary.id, name: summary.name, question: summary.question, createdAt: summary.createdAt, progress, seeds: config.seeds.length, runIds: summary.arms.flatMap((arm) => arm.runIds), comparison, failure: null,
}));
const runs = fakes.flatMap((fake) => fake.runs.map(({ summary }) => summary));
const of = (id: string) => listed.find((experiment) => experiment.id === id)!;
const newest = { key: 'when', descending: true } as const;

describe('experiments', () => {
  it('stand where their plan and their numbers put them', () => {
    expect(['ta-epochs', 'student', 'smoothing', 'momentum', 'stem'].map((id) => experimentState(of(id)))).toEqual(['answered', 'confounded', 'answered', 'undetermined', 'running']);
    expect(standingOf({ ...of('stem'), progress: { ...of('stem').progress, running: 0, waiting: 0 } })).toBe('interrupted');
    expect(standingOf({ ...of('stem'), comparison: null })).toBe('failed');
  });
  it('open to their arms, newest first or by any column', () => {
    const closed = experimentRows(listed, [], new Set(), newest);
    expect(closed).toHaveLength(listed.length);
    expect(closed[0]!.key).toBe('stem');
    expect(experimentRows(listed, [], new Set(['ta-epochs']), newest)).toHaveLength(listed.length + 6);
    const values = experimentRows(listed, [], new Set(), { key: 'effect', descending: true }).map((row) => (row.kind === 'experiment' ? Math.abs(leadContrast(row.experiment)?.differencePoints ?? -1) : 0));
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });
});

describe('runs', () => {
  const own = runs.filter((run) => run.experimentId === 'ta-epochs');
  it('group by a field with their seeds in one row, and lose none', () => {
    const rows = runRows(own, 'augmentation', new Set(), newest);
    expect(rows.filter(({ kind }) => kind === 'group')).toHaveLength(3);
    const seeds = rows.filter((row) => row.kind === 'seeds');
    expect(seeds).toHaveLength(6);
    expect(new Set(seeds.flatMap(runIdsOfRow)).size).toBe(30);
    expect(runRows(own, 'augmentation', new Set([seeds[0]!.key]), newest)).toHaveLength(rows.length + 5);
  });
  it('offer the fields in which they differ', () => {
    expect(varyingFields(own, groupFields)).toEqual(['augmentation', 'epochs']);
  });
  it('without a field are a row each', () => {
    expect(runRows(runs, null, new Set(), { key: 'name', descending: false })).toHaveLength(runs.length);
  });
});
