import { describe, expect, it } from 'vitest';
import { compareRuns } from './compareRuns';
import { comparisonWords } from './words';
import type { Comparison, SimpleContrast } from './comparison';
import type { ComparisonInput } from './comparisonInput';
import { experiment, given, picked, run } from './testing/runs';
import { pairedTTest } from '../statistics/tTests';

const simple = ({ contrasts }: Comparison) => contrasts.filter((one): one is SimpleContrast => one.kind === 'simple');
const arm = (augmentation: string, values: readonly number[], epochs = 5) => values.map((value, i) => run({ levels: { augmentation, epochs }, seed: i + 1, value }));
const two = { augmentation: ['none', 'crop-flip'] };
const flip = (augmentation: string, values: readonly number[]) => values.map((value, i) => run({ levels: { augmentation }, seed: i + 1, value }));
const judge = (none: readonly number[], crop: readonly number[], change: Partial<ComparisonInput> = {}) =>
  compareRuns({ ...experiment(two, [...flip('none', none), ...flip('crop-flip', crop)], none.map((_, i) => i + 1)), ...change });

describe('two arms', () => {
  it('are judged as the paired t test does, and answered', () => {
    const [none, crop] = [[0.8, 0.804, 0.797], [0.815, 0.8185, 0.8125]];
    const comparison = judge(none, crop);
    const [contrast] = simple(comparison);
    const paired = pairedTTest(crop.map((value) => value * 100), none.map((value) => value * 100), 0.95);
    expect(contrast).toMatchObject({ n: 3, paired: true, verdict: 'better', degreesOfFreedom: 2 });
    expect(contrast!.differencePoints).toBeCloseTo(paired.difference, 10);
    expect(contrast!.intervalPoints!.low).toBeCloseTo(paired.interval[0], 10);
    expect(contrast!.adjustedIntervalPoints!.high).toBeCloseTo(paired.interval[1], 10);
    expect(contrast!.pAdjusted).toBeCloseTo(paired.p, 12);
    expect(contrast!.bySeed.map(({ seed, differencePoints }) => [seed, differencePoints.toFixed(2)])).toEqual([[1, '1.50'], [2, '1.45'], [3, '1.55']]);
    expect(comparison.answer).toMatchObject({ kind: 'better', factor: 'augmentation', level: 'crop-flip', against: 'none' });
    expect(comparison.pooledDeviation!.degreesOfFreedom).toBe(2);
    expect(comparison.arms[0]!.validation.interval!.low).toBeLessThan(0.8);
  });

  it('a small sure difference does not matter, whichever side of zero; an unsure one is too few seeds', () => {
    const same = judge([0.8, 0.804, 0.797, 0.801], [0.8012, 0.805, 0.7984, 0.8022]);
    expect(simple(same)[0]!.intervalPoints!.low).toBeGreaterThan(0);
    expect(same.answer).toMatchObject({ kind: 'same' });
    const unsure = judge([0.8, 0.82, 0.79], [0.83, 0.81, 0.80]);
    expect(unsure.answer).toMatchObject({ kind: 'undetermined', reason: 'too-few-seeds', n: 3 });
    expect((unsure.answer as { seedsNeeded: number }).seedsNeeded).toBeGreaterThan(3);
    // The reference first: the other way round it is worse.
    expect(judge([0.815, 0.8185, 0.8125], [0.8, 0.804, 0.797]).answer).toMatchObject({ kind: 'worse' });
  });

  it('one seed is never a win, and says n = 1', () => {
    const comparison = judge([0.8], [0.95]);
    expect(comparison.answer).toMatchObject({ kind: 'undetermined', reason: 'one-seed', n: 1 });
    expect(simple(comparison)[0]).toMatchObject({ n: 1, verdict: 'undetermined', intervalPoints: null, p: null });
    expect(simple(comparison)[0]!.differencePoints).toBeCloseTo(15, 10);
    expect(comparison.arms[0]!.validation).toMatchObject({ interval: null, deviationPoints: null });
    expect(comparison.arms[0]!.validation.overImages!.low).toBeCloseTo(0.7887, 3);
  });

  it('differences that agree to the image by chance are not infinitely sure', () => {
    const [contrast] = simple(judge([0.8, 0.81], [0.8002, 0.8102], { marginPoints: 0 }));
    expect(contrast!.standardErrorPoints).toBeGreaterThan(0);
    expect(contrast!.verdict).toBe('undetermined');
  });

  it('say no word while runs are awaited, and are judged without runs that failed', () => {
    const runs = [...flip('none', [0.8, 0.804, 0.797]), ...flip('crop-flip', [0.815, 0.8185]), { ...flip('crop-flip', [0, 0, 0.8125])[2]!, status: 'running' as const }];
    const awaited = compareRuns(experiment(two, runs));
    expect(awaited.answer).toEqual({ kind: 'running', done: 5, planned: 6 });
    expect(simple(awaited)[0]).toMatchObject({ verdict: 'undetermined', provisional: true });
    const failed = compareRuns(experiment(two, runs.map((one) => (one.status === 'running' ? { ...one, status: 'failed' as const } : one))));
    expect(simple(failed)[0]).toMatchObject({ n: 2, paired: true, provisional: false });
    expect(failed.arms[1]!.runs[2]).toMatchObject({ leftOut: 'not-completed' });
    expect(failed.caveats).toContainEqual({ kind: 'runs-left-out', count: 1, reasons: ['not-completed'], failed: ['augmentation crop-flip'] });
  });

  it('without common seeds are compared unpaired, and that is said', () => {
    const runs = [...flip('none', [0.8, 0.804, 0.797]), ...flip('crop-flip', [0.835, 0.8385, 0.8325]).map((one) => ({ ...one, seed: one.seed! + 10 }))];
    const comparison = compareRuns(experiment(two, runs));
    expect(simple(comparison)[0]).toMatchObject({ paired: false, unpairedReason: 'no-common-seeds', n: 3, verdict: 'better', bySeed: [] });
    expect(comparison.caveats).toContainEqual({ kind: 'not-paired', reason: 'no-common-seeds' });
  });

  it('on another data revision are compared unpaired and confounded with it; a run of another split or length is left out', () => {
    const other = flip('crop-flip', [0.83, 0.8385, 0.8325]).map((one) => ({ ...one, surroundings: { ...one.surroundings!, datasetRevision: 'b' } }));
    const comparison = compareRuns(experiment(two, [...flip('none', [0.8, 0.804, 0.797]), ...other]));
    expect(simple(comparison)[0]).toMatchObject({ paired: false, unpairedReason: 'other-data-revision' });
    expect(comparison.answer).toMatchObject({ kind: 'confounded', fields: ['augmentation', 'datasetRevision'] });
    const runs = [
      ...flip('none', [0.8, 0.804, 0.797]), ...flip('crop-flip', [0.815, 0.8185]),
      run({ levels: { augmentation: 'crop-flip' }, seed: 3, value: 0.9, base: { data: { splitSeed: 9 } } }), run({ levels: { augmentation: 'crop-flip' }, seed: 4, value: 0.9, epochs: 3 }),
      flip('crop-flip', [0.5])[0]!,
    ];
    expect(compareRuns(experiment(two, runs)).arms[1]!.runs.map(({ leftOut }) => leftOut)).toEqual([null, null, 'other-split', 'other-epochs-recorded', 'same-seed']);
  });

  it('that leave out different images are confounded with the list, by its name; as a factor it is the cause, and that the judges differ is told', () => {
    const exclude = { list: 'twins', sha256: 'a'.repeat(64) };
    const without = (one: ReturnType<typeof run>, images: number) => ({ ...one, config: { ...one.config!, data: { ...one.config!.data, exclude } }, epochs: one.epochs.map((epoch) => ({ ...epoch, validationImages: images })) });
    const [none, crop] = [flip('none', [0.8, 0.804, 0.797]), flip('crop-flip', [0.815, 0.8185, 0.8125])];
    const apart = compareRuns(experiment(two, [...none, ...crop.map((one) => without(one, 4990))]));
    expect(apart.answer).toMatchObject({ kind: 'confounded', fields: ['augmentation', 'data.exclude'] });
    expect(apart.differences.find(({ field }) => field === 'data.exclude')).toMatchObject({ role: 'cause', values: { 'augmentation none': null, 'augmentation crop-flip': { sha256: exclude.sha256 } } });
    expect(apart.caveats).toContainEqual({ kind: 'exclude-lists-differ', arms: ['augmentation crop-flip'], validationImages: { low: 4990, high: 5000 } });
    const told = (comparison: typeof apart) => comparison.caveats.filter(({ kind }) => kind === 'exclude-lists-differ').map((one) => comparisonWords.en.caveat(comparison, one)).join();
    expect(told(apart)).toMatch(/^“crop \+ flip” leaves images out .* on 4,990 to 5,000 validation images, not on the same ones/);
    expect(compareRuns(experiment(two, [...none, ...crop].map((one) => without(one, 4990)))).caveats.some(({ kind }) => kind === 'exclude-lists-differ')).toBe(false);
    const asFactor = [0.8, 0.804, 0.797].flatMap((value, i) => [run({ levels: { 'data.exclude': null }, seed: i + 1, value }), without(run({ levels: { 'data.exclude': null }, seed: i + 1, value: value + 0.015 }), 5000)]);
    const factor = compareRuns(picked(...asFactor));
    expect(factor.answer).toMatchObject({ kind: 'better', factor: 'data.exclude' });
    expect(told(factor)).toContain('each was judged on 5,000 validation images, and not for certain on the same ones');
  });

  it('of two data sets compared as a factor: unpaired, and the revision follows', () => {
    const on = (dataset: string, values: readonly number[]) => values.map((value, i) => run({ levels: { 'data.dataset': dataset }, seed: i + 1, value, surroundings: { datasetRevision: dataset } }));
    const comparison = compareRuns(experiment({ 'data.dataset': ['cifar10', 'cleaned'] }, [...on('cifar10', [0.8, 0.804, 0.797]), ...on('cleaned', [0.835, 0.8385, 0.8325])]));
    expect(comparison.answer.kind).toBe('better');
    expect(comparison.contrasts[0]).toMatchObject({ paired: false, unpairedReason: 'other-data-revision' });
    expect(comparison.differences.find(({ field }) => field === 'datasetRevision')).toMatchObject({ role: 'follows', from: 'data.dataset' });
  });

  it('trained on different devices are confounded; devices that differ seed by seed alike are told', () => {
    const gpu = (one: ReturnType<typeof run>) => ({ ...one, surroundings: { ...one.surroundings!, device: 'gpu' } });
    const [none, crop] = [flip('none', [0.8, 0.804, 0.797]), flip('crop-flip', [0.815, 0.8185, 0.8125])];
    const apart = compareRuns(experiment(two, [...none, ...crop.map(gpu)]));
    expect(apart.answer).toMatchObject({ kind: 'confounded', fields: ['augmentation', 'device'] });
    expect(apart.confounds[0]!.offered).toEqual([{ levels: { augmentation: 'crop-flip' }, exists: true, missingSeeds: [1, 2, 3] }]);
    const alike = compareRuns(experiment(two, [gpu(none[0]!), ...none.slice(1), gpu(crop[0]!), ...crop.slice(1)]));
    expect(alike.answer.kind).toBe('better');
    expect(alike.caveats).toContainEqual({ kind: 'environment-differs', fields: ['device'] });
  });

  it('on the CPU in the place of a GPU that could not be used: asked and done differ, and that alone is no difference between arms', () => {
    const missed = (one: ReturnType<typeof run>) => ({ ...one, surroundings: { ...one.surroundings!, gpuMissed: true } });
    const [none, crop] = [flip('none', [0.8, 0.804, 0.797]), flip('crop-flip', [0.815, 0.8185, 0.8125])];
    const told = compareRuns(experiment(two, [...none, ...crop.map(missed)]));
    expect(told.caveats).toContainEqual({ kind: 'asked-and-done-differ', fields: ['device'] });
    expect(told.answer.kind).toBe('better');
    expect(told.differences.map(({ field }) => field)).toEqual(['augmentation']);
    expect(compareRuns(experiment(two, [...none, ...crop])).caveats.filter(({ kind }) => kind === 'asked-and-done-differ')).toEqual([]);
  });
});

describe('the write-up\'s comparison', () => {
  const levels = [{ augmentation: 'none', epochs: 5 }, { augmentation: 'crop-flip-trivialaugment', epochs: 20 }] as const;

  it('of two runs is confounded, names both causes, and what follows from them is none', () => {
    const comparison = compareRuns(picked(run({ levels: levels[0], seed: 1, value: 0.52 }), run({ levels: levels[1], seed: 1, value: 0.62 })));
    expect(comparison.answer).toMatchObject({ kind: 'confounded', fields: ['augmentation', 'epochs'] });
    expect(comparison.confounds).toHaveLength(1);
    expect(comparison.confounds[0]).toMatchObject({ causes: ['augmentation', 'epochs'], environment: [], follows: ['totalSteps'] });
    expect(comparison.differences.map(({ field, role, from }) => [field, role, from])).toEqual([['augmentation', 'cause', null], ['epochs', 'cause', null], ['totalSteps', 'follows', 'epochs']]);
  });

  it('is answered by the 2 × 2 that it offers', () => {
    const first = [run({ levels: levels[0], seed: 1, value: 0.52 }), run({ levels: levels[1], seed: 1, value: 0.62 })];
    const { offered } = compareRuns(picked(...first)).confounds[0]!;
    expect(offered).toHaveLength(4);
    expect(offered.filter(({ exists }) => exists).map(({ levels: those, missingSeeds }) => [those, missingSeeds])).toEqual([[levels[0], [2, 3]], [levels[1], [2, 3]]]);
    const truth = (those: Readonly<Record<string, unknown>>, seed: number) =>
      0.5 + (those['epochs'] === 20 ? 0.09 : 0) + (those['augmentation'] === 'none' ? 0 : those['epochs'] === 20 ? 0.03 : -0.04) + [0, 0.004, -0.003][seed - 1]! + ((seed * 7 + Object.keys(those).length) % 3) * 0.0004;
    const runs = offered.flatMap((one) => [...one.missingSeeds, ...(one.exists ? [1] : [])].map((seed) => run({ levels: one.levels, seed, value: truth(one.levels, seed) })));
    const answered = compareRuns(picked(...runs));
    expect(runs).toHaveLength(12);
    expect(answered.confounds).toEqual([]);
    expect(answered.answer).toMatchObject({ kind: 'depends', factor: 'augmentation', on: 'epochs' });
    expect(simple(answered).map(({ factor, at, verdict }) => [factor, Object.values(at)[0], verdict])).toEqual([
      ['augmentation', 5, 'worse'], ['augmentation', 20, 'better'], ['epochs', 'none', 'better'], ['epochs', 'crop-flip-trivialaugment', 'better'],
    ]);
    expect(answered.contrasts.filter(({ kind }) => kind === 'interaction')).toHaveLength(1);
  });

  it('as given numbers is never counted, offers all four arms, and betrays the starting weights', () => {
    const results = [given(levels[0], 0.7939, 0.9271, 'plain'), given(levels[1], 0.8334, 0.7337, 'augmented')];
    const design = experiment({ augmentation: ['none', 'crop-flip-trivialaugment'], epochs: [5, 20] }, [], []).design!;
    for (const input of [picked(...results), { ...picked(...results), design: { ...design, plannedRuns: 0 } }]) {
      const comparison = compareRuns(input);
      expect(comparison.answer).toMatchObject({ kind: 'confounded', fields: ['augmentation', 'epochs'] });
      expect((comparison.answer as { differencePoints: number }).differencePoints).toBeCloseTo(3.95, 10);
      expect(comparison.arms.filter(({ given: count }) => count > 0).map(({ n, validation, runs }) => [n, validation.mean, runs[0]!.leftOut])).toEqual([[0, 0.7939, 'given'], [0, 0.8334, 'given']]);
      expect(comparison.confounds[0]!.offered).toHaveLength(4);
      expect(comparison.confounds[0]!.offered.every(({ exists, missingSeeds }) => !exists && missingSeeds.length === 3)).toBe(true);
      expect(comparison.contrasts.every(({ verdict, p }) => verdict === 'undetermined' && p === null)).toBe(true);
      expect(comparison.caveats.map(({ kind }) => kind)).toEqual(['given-results', 'starting-weights-suspected', 'train-measured-on-augmented']);
      expect(comparison.caveats[0]).toMatchObject({ unknownFields: expect.arrayContaining(['model.start', 'optimizer.kind', 'batchSize']) });
      expect(comparison.caveats[1]).toMatchObject({ accuracy: 0.7939, epochs: 5, fromScratch: { low: 0.48, high: 0.52 } });
      // The starting weights are unknown in both: no difference that is listed.
      expect(comparison.differences.map(({ field }) => field)).toEqual(['augmentation', 'epochs']);
    }
  });
});

describe('more arms', () => {
  const six = { augmentation: ['none', 'crop-flip', 'crop-flip-trivialaugment'], epochs: [5, 20] };

  it('three levels: the best arm and what it cannot be told from', () => {
    const runs = [...arm('none', [0.8, 0.803, 0.798]), ...arm('crop-flip', [0.85, 0.853, 0.8475]), ...arm('crop-flip-trivialaugment', [0.851, 0.8519, 0.8482])];
    const comparison = compareRuns({ ...experiment({ augmentation: six.augmentation, epochs: [5] }, runs), marginPoints: 0.1 });
    expect(comparison.answer).toMatchObject({ kind: 'best', arm: 'augmentation crop-flip-trivialaugment, epochs 5', notToldFrom: ['augmentation crop-flip, epochs 5'] });
  });

  it('3 × 2: nine simple contrasts and three interactions, Holm over all, the interval clear of zero exactly where p is', () => {
    const values: Record<string, number[]> = { none5: [0.5, 0.505, 0.498], none20: [0.6, 0.606, 0.597], 'crop-flip5': [0.499, 0.509, 0.495], 'crop-flip20': [0.62, 0.622, 0.621], 'crop-flip-trivialaugment5': [0.46, 0.464, 0.461], 'crop-flip-trivialaugment20': [0.63, 0.629, 0.62] };
    const runs = six.augmentation.flatMap((augmentation) => six.epochs.flatMap((epochs) => arm(augmentation, values[`${augmentation}${epochs}`]!, epochs)));
    const comparison = compareRuns(experiment(six, runs));
    expect([simple(comparison).length, comparison.contrasts.length]).toEqual([9, 12]);
    for (const { adjustedIntervalPoints, intervalPoints, pAdjusted, p } of comparison.contrasts) {
      expect(adjustedIntervalPoints!.low > 0 || adjustedIntervalPoints!.high < 0).toBe(pAdjusted! <= 0.05);
      expect(pAdjusted).toBeGreaterThanOrEqual(p!);
      expect(adjustedIntervalPoints!.low).toBeLessThanOrEqual(intervalPoints!.low);
    }
    expect(new Set(comparison.contrasts.map(({ pAdjusted }) => pAdjusted! <= 0.05))).toEqual(new Set([true, false]));
    expect(comparison.factorial!.anova.map(({ term }) => term)).toEqual([['augmentation'], ['epochs'], ['augmentation', 'epochs']]);
    expect(comparison.factorial!.effects).toHaveLength(3);
    expect(comparison.time.front[0]).toContain('epochs 5');
    // The order in which runs come says nothing.
    expect(compareRuns(experiment(six, [...runs].reverse())).contrasts.map(({ p }) => p!.toFixed(12))).toEqual(comparison.contrasts.map(({ p }) => p!.toFixed(12)));
    // A missing cell takes its contrasts along, no others.
    const holed = compareRuns(experiment(six, runs.filter(({ armKey }) => armKey !== 'augmentation none, epochs 20')));
    expect(holed.contrasts.filter(({ differencePoints }) => differencePoints === null)).toHaveLength(5);
    expect(holed.factorial).toBeNull();
  });

  it('a hidden second difference is a confound: decay that came with the optimizer', () => {
    const optimizer = (kind: string, base: Record<string, never> | { optimizer: Record<string, number | string> }) => [1, 2, 3].map((seed) => run({ levels: { 'optimizer.kind': kind }, seed, value: 0.8 + seed / 100, base }));
    const factors = { 'optimizer.kind': ['sgd', 'adamw'] };
    const hidden = compareRuns(experiment(factors, [...optimizer('sgd', {}), ...optimizer('adamw', {})]));
    expect(hidden.answer).toMatchObject({ kind: 'confounded', fields: ['optimizer.kind', 'optimizer.weightDecay'] });
    const clean = compareRuns(experiment(factors, [...optimizer('sgd', { optimizer: { weightDecay: 0.01 } }), ...optimizer('adamw', { optimizer: { weightDecay: 0.01 } })]));
    expect(clean.confounds).toEqual([]);
    expect(clean.differences.find(({ field }) => field === 'optimizer.momentum')).toMatchObject({ role: 'follows', from: 'optimizer.kind' });
    expect(clean.caveats.map(({ kind }) => kind)).toContain('learning-rate-not-tuned');
  });

  it('a large grid has its simple contrasts, and no interactions', () => {
    const levels = Array.from({ length: 16 }, (_, i) => i / 100);
    const runs = levels.flatMap((labelSmoothing) => levels.map((weightDecay) => run({ levels: { labelSmoothing, 'optimizer.weightDecay': weightDecay }, seed: 1, value: 0.8 - labelSmoothing, base: { optimizer: { kind: 'sgd' } } })));
    const { contrasts, answer } = compareRuns(experiment({ labelSmoothing: levels, 'optimizer.weightDecay': levels }, runs, [1]));
    expect(contrasts).toHaveLength(2 * 120 * 16);
    expect(answer).toMatchObject({ kind: 'undetermined', reason: 'one-seed' });
  });

  it('an only arm, and a search, say what they can', () => {
    expect(compareRuns(picked(run({ levels: {}, seed: 1, value: 0.8 }), run({ levels: {}, seed: 2, value: 0.8 }))).answer).toMatchObject({ kind: 'undetermined', reason: 'one-arm', n: 2 });
    expect(compareRuns(picked()).answer).toMatchObject({ kind: 'undetermined', reason: 'no-contrast' });
    const rates = [0.01, 0.02, 0.05].flatMap((rate, i) => [1, 2, 3].map((seed) => run({ levels: { 'schedule.learningRate': rate, labelSmoothing: i / 10 }, seed, value: 0.6 + i / 20 + seed / 1000 })));
    const input = picked(...rates);
    const factors = [{ field: 'schedule.learningRate', levels: [0.01, 0.02, 0.05] }, { field: 'labelSmoothing', levels: [0, 0.1, 0.2] }];
    const searched = compareRuns({ ...input, runs: rates, design: { factors, arms: [0, 3, 6].map((i) => ({ key: rates[i]!.armKey!, levels: { 'schedule.learningRate': [0.01, 0.02, 0.05][i / 3]!, labelSmoothing: i / 30 } })), seeds: [1, 2, 3], plannedRuns: 9, trials: 3 } });
    expect(searched.answer).toMatchObject({ kind: 'best', notToldFrom: [] });
    expect(searched.confounds).toEqual([]);
    expect(searched.caveats).toContainEqual({ kind: 'search-chose', trials: 3 });
  });
});
