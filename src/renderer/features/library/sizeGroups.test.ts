import { expect, it } from 'vitest';
import type { ListedExperiment } from '../../../contracts/calls/experiments';
import { fakeExperiments } from '../../dev/fakeComparisons';
import { firstRuns, sizeGroups } from './sizeGroups';

const listed = fakeExperiments().map(({ record: { summary, progress, comparison, config } }): ListedExperiment => ({
  id: summary.id, name: summary.name, question: summary.question, createdAt: summary.createdAt, progress, seeds: config.seeds.length, runIds: summary.arms.flatMap((arm) => arm.runIds), comparison, failure: null,
}));
const size = (id: string, weightsBytes: number) => ({ id, name: `run ${id}`, weightsBytes, recordBytes: 1 });
const [large, small] = [listed.find(({ id }) => id === 'ta-epochs')!, listed.find(({ id }) => id === 'stem')!];
const sizes = [size('alone', 90), size(large.runIds[0]!, 60), size(small.runIds[0]!, 50), size(large.runIds[1]!, 40)];

it('puts runs under their experiments, by what these take together', () => {
  const groups = sizeGroups(sizes, listed);
  expect(groups.map(({ experiment, weightsBytes, recordBytes }) => [experiment?.id ?? null, weightsBytes, recordBytes])).toEqual([['ta-epochs', 100, 2], [null, 90, 1], ['stem', 50, 1]]);
  const [first] = groups;
  expect(first!.runs.map(({ size: { id } }) => id)).toEqual(large.runIds.slice(0, 2));
  const arm = large.comparison!.arms.find(({ runs }) => runs.some(({ runId }) => runId === large.runIds[0]))!;
  expect(first!.runs[0]!.differs).toEqual({ levels: arm.levels, seed: arm.runs.find(({ runId }) => runId === large.runIds[0])!.seed });
  expect(groups[1]!.runs[0]!.differs).toBeNull();
});

it('counts a run of several experiments once, and knows no levels where an experiment cannot be read', () => {
  const twice = { ...large, id: 'again', comparison: null };
  const groups = sizeGroups(sizes, [twice, ...listed]);
  expect(groups.map(({ experiment }) => experiment?.id ?? null)).toEqual(['again', null, 'stem']);
  expect(groups[0]!.runs.every(({ differs }) => differs === null)).toBe(true);
  expect(groups.flatMap(({ runs }) => runs)).toHaveLength(sizes.length);
});

it('shows the first runs with their groups', () => {
  const groups = sizeGroups(sizes, listed);
  expect(firstRuns(groups, 3).map(({ runs }) => runs.length)).toEqual([2, 1]);
  expect(firstRuns(groups, 1).map(({ runs, weightsBytes }) => [runs.length, weightsBytes])).toEqual([[1, 100]]);
  expect(firstRuns(groups, 20)).toEqual(groups);
});
