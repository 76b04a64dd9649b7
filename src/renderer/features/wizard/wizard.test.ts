import { isSearch } from '../../../core/judgement/power';
import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../../core/config/experiment';
import { quickstart } from '../../../core/config/quickstart';
import { planContrasts } from '../../../core/judgement/contrastPlan';
import { withOptimizer, type Draft } from '../recipe/draft';
import { checkDocument, documentOf, factorsOf, levelProblem, moved, newDocument, runCount, withBaseProblems, withMovedLevel, withSeedCount } from './document';
import { factorFields, fieldAt, namedFields, firstLevels, freeOptions, parseLevel } from './fields';
import { armLook, layMatrix } from './matrix';
import { freeFields, newRange, withDesign } from './search';
import { automaticName, sentence, sentenceText } from './sentence';
import { stepOf } from './steps';

const named = (document = newDocument()) => ({ ...document, name: automaticName(document, 'en') });

describe('a draft experiment', () => {
  it('starts as the write-up’s two by two question', () => {
    const checked = checkDocument(named());
    expect(checked.ok && checked.value.arms.map(({ levels }) => levels)).toEqual([
      { augmentation: 'none', epochs: 5 }, { augmentation: 'none', epochs: 20 }, { augmentation: 'crop-flip-trivialaugment', epochs: 5 }, { augmentation: 'crop-flip-trivialaugment', epochs: 20 },
    ]);
    expect(runCount(newDocument())).toBe(12);
  });
  it('opens an experiment file with every default of its base, and gives the same runs back', () => {
    const document = documentOf(quickstart);
    expect(document.base).toMatchObject({ batchSize: 64, optimizer: { kind: 'sgd', momentum: 0.9 } });
    expect(parseExperiment(document)).toMatchObject({ ok: true });
    const [own, given] = [parseExperiment(document), parseExperiment(quickstart)];
    expect(own.ok && own.value.arms).toEqual(given.ok && given.value.arms);
  });
  it('keeps what a person typed where it is wrong, and says where', () => {
    const document = documentOf({ ...quickstart, base: { epochs: 'many' } });
    expect(document.base).toEqual({ epochs: 'many' });
    const wrong = { ...named(), factors: [{ field: 'epochs', levels: [5, 0] }] };
    expect(levelProblem(wrong, 'epochs', 0)?.message).toContain('at least 1');
    expect(levelProblem(wrong, 'epochs', 5)).toBeNull();
  });
  it('tells what is wrong with the base beside what is wrong with the factors', () => {
    const document = { ...named(), base: { ...(newDocument().base as object), batchSize: 'many', epochs: 'x' }, factors: [{ field: 'epochs', levels: [5] }] };
    const checked = checkDocument(document);
    expect(withBaseProblems(document, checked.ok ? [] : checked.problems).map(({ path }) => path)).toEqual(['factors.0.levels', 'batchSize']);
  });
  it('does not expand designs that are too large', () => {
    const levels = Array.from({ length: 64 }, (_, i) => i + 1);
    const document = { ...named(), factors: ['epochs', 'batchSize', 'labelSmoothing'].map((field) => ({ field, levels })) };
    const checked = checkDocument(document);
    expect(!checked.ok && checked.problems).toEqual([{ path: 'factors', message: 'makes 786432 runs, more than 5000' }]);
  });
  it('moves levels, the first being the reference', () => {
    const factors = factorsOf(newDocument());
    expect(withMovedLevel(factors, 1, 1, -1)[1]!.levels).toEqual([20, 5]);
    expect(withMovedLevel(factors, 1, 0, -1)[1]!.levels).toEqual([5, 20]);
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  });
  it('adds and takes seeds at the end', () => {
    expect(withSeedCount({ ...newDocument(), seeds: [7, 2] }, 4).seeds).toEqual([7, 2, 1, 3]);
    expect(withSeedCount({ ...newDocument(), seeds: [7, 2, 1] }, 1).seeds).toEqual([7]);
  });
});

describe('fields that can be factors', () => {
  it('are found in the schema of a run', () => {
    expect(factorFields.map(({ path }) => path)).toEqual(expect.arrayContaining(['augmentation', 'epochs', 'model.stem', 'model.architecture', 'schedule.learningRate', 'labelSmoothing', 'optimizer', 'data.trainImages']));
    expect(factorFields.map(({ path }) => path)).toEqual(expect.arrayContaining([...namedFields]));
    expect(factorFields.map(({ path }) => path)).not.toEqual(expect.arrayContaining(['seed', 'name', 'workers']));
  });
  it('start with two levels that make a valid experiment, each on its own', () => {
    // The second starting weights are a file, which a person chooses.
    expect(firstLevels(newDocument(), fieldAt('model.start')!)).toEqual(['scratch']);
    const tried = new Set<string>();
    for (const kind of ['sgd', 'muon'] as const) {
      const document = { ...named(), base: withOptimizer(newDocument().base as Draft, kind), factors: [] };
      for (const field of freeFields(document).filter(({ path }) => path !== 'model.start')) {
        const checked = checkDocument({ ...document, factors: [{ field: field.path, levels: firstLevels(document, field) }] });
        expect(checked.ok ? [] : checked.problems, field.path).toEqual([]);
        tried.add(field.path);
      }
      expect(tried.has('optimizer.filterLearningRate')).toBe(kind === 'muon');
    }
    expect(tried.size).toBe(factorFields.length - 1);
  });
  it('of an optimizer keep the weight decay, so that one thing changes', () => {
    const document = newDocument();
    const [sgd, adam] = firstLevels(document, fieldAt('optimizer')!);
    expect(sgd).toMatchObject({ kind: 'sgd', momentum: 0.9, weightDecay: 0.0005 });
    expect(adam).toEqual({ kind: 'adam', weightDecay: 0.0005 });
    expect(freeOptions(document, fieldAt('optimizer')!, [sgd!, adam!])).toEqual([{ kind: 'adamw', weightDecay: 0.0005 }, { kind: 'muon', weightDecay: 0.0005, momentum: 0.9 }]);
  });
  it('offer the networks that go with the stem, and the stems that go with the network', () => {
    const document = newDocument();
    expect(freeOptions(document, fieldAt('model.architecture')!, [])).toEqual(['resnet18', 'resnet34', 'resnet50', 'resnet101', 'resnet152']);
    expect(freeOptions(document, fieldAt('model.stem')!, [])).toEqual(['imagenet', 'cifar']);
    const own = { ...document, base: { ...(document.base as object), model: { architecture: 'fast', stem: 'own', start: 'scratch' } } };
    expect(freeOptions(own, fieldAt('model.architecture')!, ['fast'])).toEqual(['wide-resnet-16-8', 'wide-resnet-28-10', 'fast-residual']);
    expect(freeOptions(own, fieldAt('model.stem')!, ['own'])).toEqual([]);
  });
  it('read what is typed as the value it means', () => {
    expect(['20', '0.0５', '1e-3', '1,000', '', 'true', '{"kind":"adam"}', '{broken', 'none'].map(parseLevel)).toEqual([20, 0.05, 0.001, 1000, null, true, { kind: 'adam' }, '{broken', 'none']);
  });
});

describe('the question', () => {
  const ask = (factors: [string, (string | number)[]][], design = 'full-factorial') =>
    sentenceText({ ...newDocument(), design, factors: factors.map(([field, levels]) => ({ field, levels })) }, 'en');
  it('is written from the factors', () => {
    expect(sentenceText(newDocument(), 'en')).toBe('On CIFAR-10, does augmentation change validation accuracy, and does that depend on the number of epochs?');
    expect(sentenceText(newDocument(), 'ja')).toBe('CIFAR-10 で、データ拡張によって検証精度は変わるか？ それはエポック数によって違うか？');
    expect(ask([['model.stem', ['imagenet', 'cifar']]])).toBe('On CIFAR-10, does the stem change validation accuracy?');
    expect(ask([['model.stem', ['imagenet', 'cifar']], ['epochs', [5, 9]], ['labelSmoothing', [0, 0.1]]])).toBe('On CIFAR-10, does the stem change validation accuracy, and does that depend on the number of epochs and label smoothing?');
    expect(ask([['model.stem', ['imagenet', 'cifar']], ['epochs', [5, 9]], ['labelSmoothing', [0, 0.1]]], 'one-at-a-time')).toBe('On CIFAR-10, which of the stem, the number of epochs, and label smoothing, each on its own, changes validation accuracy?');
    expect(ask([])).toBe('On CIFAR-10, what changes validation accuracy?');
  });
  it('knows which words are a factor', () => {
    expect(sentence(newDocument(), 'en').flatMap(({ field }) => field ?? [])).toEqual(['augmentation', 'epochs']);
  });
  it('names the experiment', () => {
    expect(automaticName(newDocument(), 'en')).toBe('Augmentation, epochs');
    expect(automaticName({ ...newDocument(), factors: [] }, 'en')).toBe('Experiment');
  });
});

describe('the drawn design', () => {
  const checked = checkDocument(named());
  const arms = checked.ok ? checked.value.arms : [];
  const factors = factorsOf(newDocument());
  it('has the second factor’s levels side by side', () => {
    const matrix = layMatrix(factors, arms, 4);
    expect(matrix.columns?.levels).toEqual([5, 20]);
    expect(matrix.rows.map((row) => row.arms.map((arm) => arm?.key))).toEqual([
      ['augmentation none, epochs 5', 'augmentation none, epochs 20'], ['augmentation crop-flip-trivialaugment, epochs 5', 'augmentation crop-flip-trivialaugment, epochs 20'],
    ]);
    expect(layMatrix(factors, arms, 1).rows).toHaveLength(4);
  });
  it('leaves open what one-at-a-time does not run', () => {
    const one = checkDocument({ ...named(), design: 'one-at-a-time' });
    expect(one.ok && layMatrix(factors, one.value.arms, 4).rows.map((row) => row.arms.map((arm) => arm !== null))).toEqual([[true, true], [true, false]]);
  });
  it('gives an arm the colour of its first factor’s level and the fill of its second’s', () => {
    expect(armLook(factors, { augmentation: 'none', epochs: 5 })).toEqual({ series: 0, hollow: true });
    expect(armLook(factors, { augmentation: 'crop-flip-trivialaugment', epochs: 20 })).toEqual({ series: 1, hollow: false });
    expect(armLook(factors.slice(0, 1), { augmentation: 'none' })).toEqual({ series: 0, hollow: false });
  });
  it('counts what it will be judged by', () => {
    expect(planContrasts(factors, arms).length).toBe(5);
    const one = checkDocument({ ...named(), design: 'one-at-a-time' });
    expect(planContrasts(factors, one.ok ? one.value.arms : []).length).toBe(2);
  });
});

describe('a search', () => {
  const base = { ...newDocument(), factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }] };
  it('of each kind is valid as it is chosen, and leaves nothing behind', () => {
    for (const design of ['grid', 'random', 'halving'] as const) {
      const document = withDesign(base, design);
      const checked = checkDocument(named(document));
      expect(checked.ok ? [] : checked.problems, design).toEqual([]);
      expect(isSearch(document.design)).toBe(true);
      expect(checkDocument(named(withDesign(document, 'full-factorial'))).ok).toBe(true);
    }
    expect(withDesign(withDesign(base, 'random'), 'halving').search).toEqual(withDesign(base, 'random').search);
  });
  it('can begin with any field that is free', () => {
    const document = withDesign(base, 'random');
    for (const { path } of freeFields(document)) {
      const checked = checkDocument(named({ ...document, search: { space: [newRange(path)], trials: 1, seed: 1 } }));
      expect(checked.ok ? [] : checked.problems, path).toEqual([]);
    }
    expect(freeFields(document).map(({ path }) => path)).not.toEqual(expect.arrayContaining(['augmentation', 'schedule.learningRate']));
  });
  it('asks for the best', () => {
    expect(sentenceText(withDesign(base, 'random'), 'en')).toBe('On CIFAR-10, which augmentation and learning rate give the best validation accuracy?');
  });
});

describe('a problem', () => {
  it('leads to the step where it can be mended', () => {
    const at = (path: string) => stepOf({ path, message: '' }, ['epochs']);
    expect(['data.validationImages', 'epochs', 'factors.0.levels', 'seeds', 'search.space.0.high', 'schedule.learningRate', 'batchSize', 'budget.maxRuns', 'base.batchSize'].map(at))
      .toEqual(['data', 'question', 'question', 'question', 'question', 'recipe', 'recipe', 'review', 'recipe']);
  });
});
