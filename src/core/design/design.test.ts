import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../config/experiment';
import { experimentSchema, type ExperimentConfig, type ExperimentConfigInput } from '../config/experimentSchema';
import { problemText } from '../config/problems';
import { armCount, plannedArms, trialCount } from './arms';
import { promoted, rungsOf } from './halving';
import { nextRuns, plannedRunCount, type HeldRun } from './nextRuns';

const two: ExperimentConfigInput = { name: 'two', factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }, { field: 'epochs', levels: [2, 8] }], seeds: [1, 2] };
const space: NonNullable<ExperimentConfigInput['search']>['space'] = [
  { field: 'schedule.learningRate', kind: 'log-uniform', low: 0.001, high: 1 }, { field: 'labelSmoothing', kind: 'uniform', low: 0, high: 0.2 },
  { field: 'batchSize', kind: 'int', low: 16, high: 64 }, { field: 'optimizer', kind: 'choice', values: [{ kind: 'sgd' }, { kind: 'adamw', weightDecay: 0.01 }] },
];
const random = { name: 'search', factors: [], design: 'random', search: { space, trials: 40, seed: 3 }, seeds: [1] } satisfies ExperimentConfigInput;
const halving = { ...random, design: 'halving', search: { ...random.search, trials: 9 }, base: { epochs: 9 }, halving: { firstEpochs: 1 }, seeds: [1, 2] } satisfies ExperimentConfigInput;

function parsed(document: ExperimentConfigInput): ExperimentConfig {
  const result = parseExperiment(document);
  if (!result.ok) throw new Error(result.problems.map(problemText).join('\n'));
  return result.value.config;
}
const keys = (document: ExperimentConfigInput) => plannedArms(parsed(document)).map(({ key }) => key);

describe('designs', () => {
  it('full factorial: the last factor changes fastest', () => {
    expect(keys(two)).toEqual(['augmentation none, epochs 2', 'augmentation none, epochs 8', 'augmentation crop-flip, epochs 2', 'augmentation crop-flip, epochs 8']);
  });

  it('whole objects and nested fields are levels', () => {
    const result = parseExperiment({ name: 'o', factors: [{ field: 'optimizer', levels: [{ kind: 'sgd', momentum: 0 }, { kind: 'adam' }] }, { field: 'data.trainImages', levels: [null, 100] }], seeds: [1] });
    expect(result.ok && result.value.arms.map(({ runs }) => [runs[0]!.optimizer.kind, runs[0]!.data.trainImages])).toEqual([['sgd', null], ['sgd', 100], ['adam', null], ['adam', 100]]);
  });

  it('grid: evenly from end to end, crossed with the factors', () => {
    const grid: ExperimentConfigInput = {
      name: 'g', design: 'grid', seeds: [1], factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }],
      search: { space: [{ field: 'schedule.learningRate', kind: 'log-uniform', low: 0.001, high: 0.1, points: 3 }, { field: 'epochs', kind: 'int', low: 2, high: 4 }] },
    };
    expect(plannedArms(parsed(grid)).map(({ levels }) => Object.values(levels)).slice(0, 9)).toEqual([0.001, 0.01, 0.1].flatMap((rate) => [2, 3, 4].map((epochs) => ['none', rate, epochs])));
    expect(armCount(parsed(grid))).toBe(18);
  });

  it('random: within the ranges, the same for the same seed, and more trials leave the first as they are', () => {
    const arms = plannedArms(parsed(random));
    expect(arms).toHaveLength(40);
    expect(new Set(arms.map(({ key }) => key)).size).toBe(40);
    for (const { levels } of arms) {
      expect(levels['schedule.learningRate']).toSatisfy((value: number) => value >= 0.001 && value <= 1);
      expect(levels['labelSmoothing']).toSatisfy((value: number) => value >= 0 && value <= 0.2);
      expect(levels['batchSize']).toSatisfy((value: number) => Number.isInteger(value) && value >= 16 && value <= 64);
    }
    // Uniform in the logarithm: as many of 40 below the geometric middle as above, give or take (two-sided 1e-4 of a fair coin).
    expect(arms.filter(({ levels }) => (levels['schedule.learningRate'] as number) < 0.0316).length).toSatisfy((count: number) => count >= 8 && count <= 32);
    expect(keys({ ...random, search: { ...random.search, trials: 50 } }).slice(0, 40)).toEqual(arms.map(({ key }) => key));
    expect(keys({ ...random, search: { ...random.search, seed: 4 } })[0]).not.toBe(arms[0]!.key);
  });

  it('random in a small space: every trial is another point', () => {
    const few = { name: 'few', factors: [], design: 'random', seeds: [1], search: { space: [{ field: 'epochs', kind: 'int', low: 2, high: 5 }], trials: 4 } } satisfies ExperimentConfigInput;
    expect(plannedArms(parsed(few)).map(({ levels }) => levels['epochs']).sort()).toEqual([2, 3, 4, 5]);
  });

  it('random with a factor: each draw with each level', () => {
    const crossed = keys({ ...random, search: { ...random.search, trials: 3 }, factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }] });
    expect(crossed.slice(3).map((key) => key.replace('crop-flip', 'none'))).toEqual(crossed.slice(0, 3));
  });

  it('halving: the rungs of the paper', () => {
    // Hyperband's table 1, bracket s = 4: n = 81, r = 1, eta = 3, R = 81.
    const table = rungsOf({ halving: { firstEpochs: 1, reductionFactor: 3 }, base: { epochs: 81 } }, 81);
    expect(table).toEqual([{ epochs: 1, arms: 81 }, { epochs: 3, arms: 27 }, { epochs: 9, arms: 9 }, { epochs: 27, arms: 3 }, { epochs: 81, arms: 1 }]);
    // Bracket s = 3: n = 27, r = 3; then one whose counts do not divide, cut off by R.
    expect(rungsOf({ halving: { firstEpochs: 3, reductionFactor: 3 }, base: { epochs: 81 } }, 27).map(({ arms }) => arms)).toEqual([27, 9, 3, 1]);
    expect(rungsOf({ halving: { firstEpochs: 2, reductionFactor: 2 }, base: { epochs: 15 } }, 11)).toEqual([{ epochs: 2, arms: 11 }, { epochs: 4, arms: 5 }, { epochs: 8, arms: 2 }]);
    expect(plannedArms(parsed(halving))[0]!.levels['epochs']).toBe(1);
    expect(plannedRunCount(parsed(halving))).toBe(2 * (9 + 3 + 1));
  });

  it('halving: the best by the mean over seeds; failed ones never, equals by their order', () => {
    const arms = ['a', 'b', 'c', 'd', 'e'].map((key) => ({ key }));
    const accuracies = new Map<string, (number | null)[]>([['a', [0.5, 0.5]], ['b', [0.9, null]], ['c', [0.4, 0.6]], ['d', [0.1, 0.2]], ['e', [0.7, 0.8]]]);
    expect(promoted(arms, accuracies, 2).map(({ key }) => key)).toEqual(['a', 'e']);
    expect(promoted(arms, accuracies, 5).map(({ key }) => key)).toEqual(['a', 'c', 'd', 'e']);
  });
});

const run = (armKey: string, seed: number, change: Partial<HeldRun> = {}): HeldRun => ({ armKey, seed, state: 'ended', accuracy: 0.5, own: true, trainMs: 60_000, ...change });
const named = ({ start }: ReturnType<typeof nextRuns>) => start.map(({ arm, seed }) => `${seed}: ${arm.key}`);

describe('what comes next', () => {
  it('begins all runs seed by seed, and afterwards what is missing', () => {
    const config = parsed(two);
    const [a, b, c, d] = plannedArms(config).map(({ key }) => key) as [string, string, string, string];
    expect(named(nextRuns(config, []))).toEqual([`1: ${a}`, `1: ${b}`, `1: ${c}`, `1: ${d}`, `2: ${a}`, `2: ${b}`, `2: ${c}`, `2: ${d}`]);
    const held = [run(a, 1), run(b, 1), run(c, 1), run(d, 1), run(a, 2), run(c, 2), run(d, 2, { state: 'open' })];
    expect(nextRuns(config, held)).toMatchObject({ start: [{ arm: { key: b }, seed: 2 }], then: 'complete', leftOut: 0 });
    expect(nextRuns(config, [...held, run(b, 2)])).toEqual({ start: [], then: 'complete', leftOut: 0 });
  });

  it('a budget of runs cuts between seeds, and what is there costs nothing', () => {
    const config = parsed({ ...two, seeds: [1, 2, 3], budget: { maxRuns: 7 } });
    expect(nextRuns(config, [])).toMatchObject({ then: 'budget-used', leftOut: 8 });
    expect(nextRuns(config, []).start).toHaveLength(4);
    expect(nextRuns(config, [], ({ seed, arm }) => seed === 2 && arm.key.includes('epochs 8')).start).toHaveLength(8);
    const held = plannedArms(config).map(({ key }) => run(key, 1, { own: false }));
    expect(nextRuns(config, held).start.map(({ seed }) => seed)).toEqual([2, 2, 2, 2]);
  });

  it('a budget of minutes begins one block at a time, and none once it is used', () => {
    const config = parsed({ ...two, seeds: [1, 2, 3], budget: { maxMinutes: 6 } });
    const block = (seed: number, change: Partial<HeldRun> = {}) => plannedArms(config).map(({ key }) => run(key, seed, change));
    expect(nextRuns(config, [])).toMatchObject({ then: 'waiting' });
    expect(nextRuns(config, []).start).toHaveLength(4);
    expect(nextRuns(config, block(1, { state: 'open' }))).toEqual({ start: [], then: 'waiting', leftOut: 0 });
    expect(nextRuns(config, block(1)).start.map(({ seed }) => seed)).toEqual([2, 2, 2, 2]);
    expect(nextRuns(config, [...block(1), ...block(2)])).toEqual({ start: [], then: 'budget-used', leftOut: 4 });
    // Runs that were there took none of it.
    expect(nextRuns(config, [...block(1, { own: false }), ...block(2)]).start).toHaveLength(4);
  });

  it('a halving promotes the best third once the rung is through, and the promoted stay', () => {
    const config = parsed(halving);
    const first = plannedArms(config).map(({ key }) => key);
    expect(nextRuns(config, [])).toMatchObject({ then: 'waiting', leftOut: 0 });
    expect(nextRuns(config, []).start).toHaveLength(18);
    // Arms 2, 5 and 7 are best; 8 would be, had it not failed with one seed.
    const score = (i: number) => ([2, 5, 7].includes(i) ? 0.8 + i / 100 : i === 8 ? 0.99 : 0.1 + i / 100);
    const rung0 = first.flatMap((key, i) => [1, 2].map((seed) => run(key, seed, { accuracy: i === 8 && seed === 2 ? null : score(i) })));
    expect(nextRuns(config, rung0.slice(1))).toMatchObject({ start: [{ arm: { key: first[0] }, seed: 1 }], then: 'waiting' });
    expect(nextRuns(config, [{ ...rung0[0]!, state: 'open' }, ...rung0.slice(1)])).toEqual({ start: [], then: 'waiting', leftOut: 0 });
    const second = nextRuns(config, rung0);
    const longer = [2, 5, 7].map((i) => first[i]!.replace('epochs 1', 'epochs 3'));
    expect(named(second)).toEqual([1, 2].flatMap((seed) => longer.map((key) => `${seed}: ${key}`)));
    const rung1 = longer.flatMap((key, i) => [1, 2].map((seed) => run(key, seed, { accuracy: 0.9 - i / 100 })));
    const third = nextRuns(config, [...rung0, ...rung1]);
    expect(named(third)).toEqual([1, 2].map((seed) => `${seed}: ${longer[0]!.replace('epochs 3', 'epochs 9')}`));
    const all = [...rung0, ...rung1, ...third.start.map(({ arm, seed }) => run(arm.key, seed))];
    expect(nextRuns(config, all)).toEqual({ start: [], then: 'complete', leftOut: 0 });
    // A further seed is trained everywhere, and changes no promotion that was made.
    expect(named(nextRuns({ ...config, seeds: [1, 2, 3] }, all))).toEqual([...first, ...longer, third.start[0]!.arm.key].map((key) => `3: ${key}`));
  });

  it('a halving of which every arm fails is through', () => {
    const config = parsed({ ...halving, seeds: [1] });
    expect(nextRuns(config, plannedArms(config).map(({ key }) => run(key, 1, { accuracy: null })))).toEqual({ start: [], then: 'complete', leftOut: 0 });
  });

  it('given results are no runs', () => {
    const given = [{ levels: { augmentation: 'none', epochs: 2 }, validationAccuracy: 0.7, source: 'a table' }];
    expect(nextRuns(parsed({ ...two, given }), []).start).toHaveLength(8);
    expect(nextRuns(parsed({ ...two, seeds: [], given }), [])).toEqual({ start: [], then: 'complete', leftOut: 0 });
  });
});

it.each<[object, string]>([
  [{ search: random.search }, 'search: is for the designs grid, random and halving, not full-factorial'],
  [{ design: 'random', search: { space } }, 'search.trials: is missing'],
  [{ design: 'grid' }, 'search: is missing'],
  [{ design: 'grid', search: { space: [{ field: 'epochs', kind: 'uniform', low: 0, high: 1 }] } }, 'search.space: epochs is given twice'],
  [{ design: 'random', search: { trials: 3, space: [{ field: 'batchSize', kind: 'int', low: 9, high: 8 }] } }, 'search.space.0.high: must be at least low, 9, not 8'],
  [{ design: 'random', search: { trials: 3, space: [{ field: 'batchSize', kind: 'int', low: 8, high: 9 }] } }, 'search.trials: must be at most 2, not 3'],
  [{ design: 'random', search: { trials: 3, space: [{ field: 'batchSize', kind: 'normal', low: 8, high: 9 }] } }, 'search.space.0.kind: must be "uniform", "log-uniform", "int" or "choice", not "normal"'],
  [{ design: 'random', search: { trials: 3, space: [{ field: 'batchSize', kind: 'log-uniform', low: 0, high: 9 }] } }, 'search.space.0.low: must be greater than 0, not 0'],
  [{ design: 'random', factors: [], search: { trials: 3, space: [{ field: 'labelSmoothing', kind: 'uniform', low: 1, high: 9 }] } }, 'labelSmoothing: must be less than 1'],
  [{ design: 'halving', search: random.search, factors: [] }, 'halving: is missing'],
  [{ design: 'halving', search: random.search, halving: { firstEpochs: 6 } }, 'epochs is no factor of a halving'],
  [{ design: 'halving', search: random.search, factors: [], halving: { firstEpochs: 6 } }, 'halving.firstEpochs: must be at most base.epochs, 5, not 6'],
  [{ halving: { firstEpochs: 6 } }, 'halving: is for the design halving, not full-factorial'],
  [{ factors: [{ field: 'optimizer', levels: [{ kind: 'sgd' }, { kind: 'adam' }] }, { field: 'optimizer.momentum', levels: [0, 0.9] }] }, 'optimizer.momentum and optimizer overlap'],
  [{ factors: [{ field: 'epochs', levels: [2, 2] }] }, 'a level of epochs is given twice'],
  [{ factors: [] }, 'factors: must be at least 1 entries, not []'],
  [{ factors: Array.from({ length: 6 }, (_, i) => ({ field: `f${i}`, levels: Array.from({ length: 64 }, (__, j) => j) })) }, 'factors: make 68719476736 arms; 1000 are allowed'],
  [{ budget: { maxRuns: 3 } }, 'budget.maxRuns: must be at least 4, not 3'],
  [{ budget: { hours: 3 } }, 'budget.hours: unknown field; budget may hold maxRuns, maxMinutes'],
  [{ given: [{ levels: { epochs: 2, augmentation: 'none', stem: 1 }, validationAccuracy: 0.5, source: 'x' }] }, 'given.0.levels.stem: is no factor'],
  [{ given: [{ levels: { epochs: 2 }, validationAccuracy: 0.5, source: 'x' }] }, 'given.0.levels.augmentation: is missing'],
  [{ given: [{ levels: { epochs: 3, augmentation: 'none' }, validationAccuracy: 0.5, source: 'x' }] }, 'given.0.levels.epochs: must be a level of this factor, not 3'],
  [{ given: [{ levels: { epochs: 2, augmentation: 'none' }, validationAccuracy: 79.39, source: 'x' }] }, 'given.0.validationAccuracy: must be at most 1, not 79.39'],
])('%j is refused by its field', (change, expected) => {
  const result = parseExperiment({ ...two, ...change });
  expect(result.ok ? '' : result.problems.map(problemText).join('\n')).toContain(expected);
});

it('the best of a search is chosen among its points: one that a halving trained for longer is the same, epochs that were searched are not', () => {
  const arms = [[0.1, 5], [0.2, 5], [0.3, 5], [0.2, 10]].map(([rate, epochs]) => ({ levels: { epochs: epochs!, 'schedule.learningRate': rate! } }));
  expect([trialCount({ design: 'halving' }, arms), trialCount({ design: 'random' }, arms)]).toEqual([3, 4]);
});

it('a file of before reads as it did', () => {
  expect(experimentSchema.parse(two)).toMatchObject({ schemaVersion: 1, design: 'full-factorial', search: null, halving: null, given: [], budget: { maxRuns: null, maxMinutes: null } });
});
