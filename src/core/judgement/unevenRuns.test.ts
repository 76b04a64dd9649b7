import { describe, expect, it } from 'vitest';
import { compareRuns } from './compareRuns';
import type { Comparison, Levels } from './comparison';
import type { JudgedRun } from './comparisonInput';
import { experiment, picked, run, type RunFacts } from './testing/runs';
import { answerSentence, comparisonWords } from './words';

const seeds = [1, 2, 3, 4, 5];
/** Chance of a run, in fractions: a tenth of a point, another at each place. */
const chance = (at: number) => [0, 0.0012, -0.0008, 0.0005, -0.001][at % 5]!;
/** Runs of an arm with every seed. */
const arm = (levels: Levels, value: number, shift: number, facts: (seed: number) => Partial<RunFacts> = () => ({})): JudgedRun[] =>
  seeds.map((seed, i) => run({ levels, seed, value: value + chance(i + shift), ...facts(seed) }));
const failed = () => ({ status: 'failed' as const });
const said = (comparison: Comparison) => [answerSentence(comparison, 'en'), answerSentence(comparison, 'ja')];
const policies = ['none', 'crop-flip', 'crop-flip-cutout', 'crop-flip-mixup'];
const of = (augmentation: string) => ({ augmentation });

describe('an arm without a value', () => {
  it('of three leaves the other two their word, which says against what, and that it does not hold for the third', () => {
    const clear = compareRuns(experiment({ augmentation: policies.slice(0, 3) }, [...arm(of('none'), 0.8, 0), ...arm(of('crop-flip'), 0.83, 1), ...arm(of('crop-flip-cutout'), 0.1, 2, failed)], seeds));
    expect(clear.answer).toMatchObject({ kind: 'better', level: 'crop-flip', against: 'none' });
    expect(said(clear)[0]).toMatch(/^Yes: crop \+ flip adds 3\.00 points \(.*\) over none\. “crop \+ flip \+ Cutout” has no value\.$/);
    expect(said(clear)[1]).toMatch(/^はい。crop \+ flip により、拡張なしと比べて 3\.00 ポイント上がります（.*）。「crop \+ flip \+ Cutout」には値がありません。$/);
    const alike = compareRuns(experiment({ augmentation: policies.slice(0, 3) }, [...arm(of('none'), 0.8, 0), ...arm(of('crop-flip'), 0.8, 0), ...arm(of('crop-flip-cutout'), 0.1, 2, failed)], seeds));
    expect(said(alike)[0]).toMatch(/^No difference that matters between crop \+ flip and none: 0\.00 \(.*\), inside ±0\.5\. “crop \+ flip \+ Cutout” has no value\.$/);
    expect(said(alike)[1]).toContain('crop + flip と拡張なしの間に問題になる差はありません：');
  });

  it('is not among those that the best is above', () => {
    const comparison = compareRuns(experiment({ augmentation: policies }, [...arm(of('none'), 0.8, 0), ...arm(of('crop-flip'), 0.83, 1), ...arm(of('crop-flip-cutout'), 0.1, 2, failed), ...arm(of('crop-flip-mixup'), 0.8, 3)], seeds));
    expect(said(comparison)[0]).toBe('Best is “crop + flip” with 83.00 %: every other arm that has a value is clearly below it. “crop + flip + Cutout” has no value.');
    expect(said(comparison)[1]).toMatch(/値のあるほかの条件はどれも明らかに下回ります。「crop \+ flip \+ Cutout」には値がありません。$/);
  });

  it('of a 2 × 2: the word says where it holds', () => {
    const cell = (augmentation: string, epochs: number, value: number, shift: number, facts?: () => Partial<RunFacts>) => arm({ augmentation, epochs }, value, shift, facts);
    const comparison = compareRuns(experiment({ augmentation: ['none', 'crop-flip'], epochs: [5, 20] }, [...cell('none', 5, 0.8, 0), ...cell('none', 20, 0.85, 1), ...cell('crop-flip', 5, 0.83, 2, failed), ...cell('crop-flip', 20, 0.88, 3)], seeds));
    expect(said(comparison)[0]).toMatch(/^Yes: crop \+ flip adds \d\.\d\d points \(.*\) at 20 epochs\. “crop \+ flip, 5 epochs” has no value\.$/);
    expect(said(comparison)[1]).toMatch(/^はい。crop \+ flip により、20エポックでは \d\.\d\d ポイント上がります/);
  });
});

it('an arm whose runs were deleted differs in its levels, not in everything that is no longer known of it', () => {
  const gone = arm(of('crop-flip-cutout'), 0.1, 2, () => ({ status: 'missing' })).map((one) => ({ ...one, config: null, surroundings: null, epochs: [] }));
  const { differences } = compareRuns(experiment({ augmentation: policies.slice(0, 3) }, [...arm(of('none'), 0.8, 0), ...arm(of('crop-flip'), 0.83, 1), ...gone], seeds));
  expect(differences.map(({ field, role }) => [field, role])).toEqual([['augmentation', 'cause']]);
});

it('failed runs are left out, and the arm that lost some is named: what is left may flatter it', () => {
  const comparison = compareRuns(experiment({ augmentation: ['none', 'crop-flip'] }, [...arm(of('none'), 0.8, 0), ...arm(of('crop-flip'), 0.83, 1, (seed) => (seed > 2 ? failed() : {}))], seeds));
  expect(comparison.caveats).toEqual([{ kind: 'runs-left-out', count: 3, reasons: ['not-completed'], failed: ['augmentation crop-flip'] }]);
  expect(comparisonWords.en.caveat(comparison, comparison.caveats[0]!)).toBe('3 runs are left out: not completed. Runs of “crop + flip” failed: the ones that are left may look better than the arm is.');
  const stopped = compareRuns(experiment({ augmentation: ['none', 'crop-flip'] }, [...arm(of('none'), 0.8, 0), ...arm(of('crop-flip'), 0.83, 1, (seed) => (seed > 2 ? { status: 'stopped' } : {}))], seeds));
  expect(stopped.caveats).toMatchObject([{ failed: [] }]);
});

it('"only at" is said where the other place is judged, not where seeds are too few there', () => {
  const value = (augmentation: string, epochs: number) => 0.8 + (augmentation === 'none' ? 0 : epochs === 20 ? 0.03 : 0.004) + epochs / 1000;
  const runs = ['none', 'crop-flip'].flatMap((augmentation, a) => [5, 20].flatMap((epochs, e) => seeds.map((seed, i) => run({ levels: { augmentation, epochs }, seed, value: value(augmentation, epochs) + 3 * chance(i + a + 2 * e) }))));
  const comparison = compareRuns(experiment({ augmentation: ['none', 'crop-flip'], epochs: [5, 20] }, runs, seeds));
  expect(comparison.answer.kind).toBe('depends');
  expect(said(comparison)[0]).toMatch(/^It depends: crop \+ flip adds 3\.00 points \(.*\) at 20 epochs\. At 5 epochs it adds 0\.40 \(.*\), too few seeds to tell\.$/);
  expect(said(comparison)[1]).toMatch(/^条件によります。/);
});

it('one word at more than four places is said with its range', () => {
  const factors = { augmentation: ['none', 'crop-flip'], epochs: [1, 2, 3], labelSmoothing: [0, 0.1] };
  const runs = factors.augmentation.flatMap((augmentation, a) => factors.epochs.flatMap((epochs, e) => factors.labelSmoothing.flatMap((labelSmoothing, l) => [1, 2, 3].map((seed) =>
    run({ levels: { augmentation, epochs, labelSmoothing }, seed, value: 0.6 + 0.03 * a + 0.01 * e + chance(seed + a + 2 * l) })))));
  const [en, ja] = said(compareRuns(experiment(factors, runs)));
  expect(en).toMatch(/^Yes: crop \+ flip adds \d\.\d\d to \d\.\d\d points at each of 6 settings of the other factors \(95 % intervals within \d\.\d\d to \d\.\d\d\)\.$/);
  expect(ja).toMatch(/^はい。crop \+ flip により、ほかの要因の 6通りのどれでも \d\.\d\d〜\d\.\d\d ポイント上がります（95 % 区間はすべて \d\.\d\d〜\d\.\d\d の中）。$/);
});

it('surroundings that differ affect arms alike where seeds pair, and not for certain where they do not', () => {
  const on = (runs: readonly JudgedRun[], gpus: number) => runs.map((one, i) => ({ ...one, surroundings: { ...one.surroundings!, device: i < gpus ? 'gpu' : 'cpu' } }));
  const [none, crop] = [arm(of('none'), 0.8, 0), arm(of('crop-flip'), 0.83, 1)];
  const told = (comparison: Comparison) => comparison.caveats.filter(({ kind }) => kind === 'environment-differs').map((one) => comparisonWords.en.caveat(comparison, one));
  expect(told(compareRuns(picked(...on(none, 3), ...on(crop, 3))))).toEqual(['Runs were made in different surroundings: device. Arms are affected alike.']);
  const apart = compareRuns(picked(...on(none, 4), ...on(crop.map((one) => ({ ...one, seed: one.seed! + 10 })), 1)));
  expect(told(apart)).toEqual(['Runs were made in different surroundings: device. Arms that are not paired by seed may be affected differently.']);
});

describe('seeds that overlap', () => {
  const [none, crop] = [arm(of('none'), 0.8, 0), arm(of('crop-flip'), 0.83, 1)];
  it('in one alone of several: samples, since that one judges nothing', () => {
    const comparison = compareRuns(picked(...none.slice(0, 3), ...crop.slice(2)));
    expect(comparison.contrasts[0]).toMatchObject({ n: 3, paired: false, unpairedReason: 'no-common-seeds', verdict: 'better' });
    expect(comparison.caveats).toContainEqual({ kind: 'not-paired', reason: 'no-common-seeds' });
  });
  it('with an arm of one run judge nothing, and no arm of several is said to have one', () => {
    const comparison = compareRuns(picked(...none, ...crop.slice(0, 1)));
    expect(said(comparison)[0]).toMatch(/^Undetermined: with one run on one side, \+\d\.\d\d points cannot be told from the luck of the seed \(n = 1\)\.$/);
  });
});

it('values that agree to the image are not infinitely sure in any figure', () => {
  const runs = ['none', 'crop-flip'].flatMap((augmentation, a) => [5, 20].flatMap((epochs, e) => [1, 2].map((seed) => run({ levels: { augmentation, epochs }, seed, value: 0.6667 + 0.0111 * a + 0.0333 * e + 0.0007 * a * e }))));
  const { arms, factorial, pooledDeviation } = compareRuns(experiment({ augmentation: ['none', 'crop-flip'], epochs: [5, 20] }, runs, [1, 2]));
  // t(0.975, 1) and the deviation of a uniform error of one image of 5,000.
  const half = (12.706204736 / 5000 / Math.sqrt(12)) / Math.sqrt(2);
  for (const { validation: { mean, deviationPoints, interval } } of arms) {
    expect(deviationPoints).toBeCloseTo(0, 10);
    expect(interval!.high - mean!).toBeCloseTo(half, 9);
  }
  expect(pooledDeviation!.points).toBeCloseTo(100 / 5000 / Math.sqrt(12), 9);
  for (const { standardErrorPoints, differencePoints, intervalPoints } of factorial!.effects) {
    expect(standardErrorPoints).toBeCloseTo(pooledDeviation!.points / Math.sqrt(2), 9);
    expect(intervalPoints.high - differencePoints).toBeGreaterThan(0.01);
  }
});

it('two data sets picked by hand are one difference, and their images are not held against each other', () => {
  const on = (dataset: string, seed: number, value: number): JudgedRun => ({
    ...run({ levels: of('none'), seed, value, images: 100, wrong: [seed], base: { data: { dataset } }, surroundings: { datasetRevision: dataset } }), runId: `${dataset} ${seed}`,
  });
  const comparison = compareRuns(picked(...[1, 2, 3].flatMap((seed) => [on('cifar10', seed, 0.9 + chance(seed)), on('other', seed, 0.8 + chance(seed + 1))])));
  expect(comparison.factors.map(({ field }) => field)).toEqual(['data.dataset']);
  expect(comparison.confounds).toEqual([]);
  expect(comparison.contrasts[0]).toMatchObject({ paired: false, unpairedReason: 'other-data-revision', verdict: 'worse' });
  expect(comparison.imagewise).toEqual([]);
});
