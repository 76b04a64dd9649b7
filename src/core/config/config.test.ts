import { describe, expect, it } from 'vitest';
import { parseExperiment } from './experiment';
import { parseWith, problemText } from './problems';
import { quickstart } from './quickstart';
import { defaultRunConfig, runConfigSchema } from './run';

const problems = (document: unknown) => {
  const parsed = parseWith(runConfigSchema, document);
  return parsed.ok ? [] : parsed.problems.map(problemText);
};

describe('a run config', () => {
  it('takes a default for every field that is left out', () => {
    expect(defaultRunConfig()).toMatchObject({ schemaVersion: 1, epochs: 5, batchSize: 128, optimizer: { kind: 'sgd', momentum: 0.9 }, precision: 'float32' });
    expect(parseWith(runConfigSchema, defaultRunConfig())).toEqual({ ok: true, value: defaultRunConfig() });
  });

  it.each([
    [{ epoch: 3 }, ['epoch: unknown field; this document may hold schemaVersion, name, seed,']],
    [{ epochs: '3' }, ['epochs: must be a number, not "3"']],
    [{ epochs: 0 }, ['epochs: must be at least 1, not 0']],
    [{ batchSize: 1.5 }, ['batchSize: must be a whole number, not 1.5']],
    [{ model: { stem: 'x', width: 2 } }, ['model.stem: must be "imagenet", "cifar" or "own", not "x"', 'model.width: unknown field; model may hold architecture, stem, start']],
    [{ optimizer: { kind: 'lion' } }, ['optimizer.kind: must be "sgd", "adam", "adamw" or "muon", not "lion"']],
    [{ optimizer: { kind: 'sgd', momentum: 2 } }, ['optimizer.momentum: must be less than 1, not 2']],
    [{ optimizer: { kind: 'sgd', beta1: 0.5 } }, ['optimizer.beta1: unknown field; optimizer may hold kind, momentum, nesterov, weightDecay']],
    [{ optimizer: { kind: 'sgd', momentum: 0, nesterov: true } }, ['optimizer.nesterov: needs a momentum greater than 0']],
    [{ model: { architecture: 'wide-resnet-28-10', stem: 'own' }, optimizer: { kind: 'muon', normalizeFilters: true } }, ['optimizer.normalizeFilters: needs a network with a norm behind every convolution']],
    [{ epochs: 2, schedule: { warmupEpochs: 2 } }, ['schedule.warmupEpochs: must be less than epochs']],
    [{ data: { dataset: 'A b' } }, ['data.dataset: must be a dataset id: at most 80 small letters, digits and hyphens, not "A b"']],
    [{ data: { dataset: 'a'.repeat(81) } }, ['data.dataset: must be a dataset id: at most 80']],
    [{ schedule: { learningRate: Infinity } }, ['schedule.learningRate: must be a number, not Infinity']],
    [{ schedule: { learningRate: 0 } }, ['schedule.learningRate: must be greater than 0, not 0']],
    [{ augmentation: 'crop' }, ['augmentation: must be "none", "crop-flip", "crop-flip-trivialaugment",']],
    [{ augmentation: { kind: 'flip' } }, ['or a list, not {"kind":"flip"}']],
    [{ augmentation: [{ kind: 'shear' }] }, ['augmentation.0.kind: must be "randomCrop", "flip",']],
    [{ augmentation: [{ kind: 'flip' }, { kind: 'randomCrop', padding: -1 }] }, ['augmentation.1.padding: must be at least 0, not -1']],
    [{ augmentation: [{ kind: 'randomCrop', pad: 4 }] }, ['augmentation.0.pad: unknown field; augmentation.0 may hold kind, padding, fill']],
    [{ augmentation: [{ kind: 'trivialAugmentWide', strengths: { Rotation: 1 } }] }, ['augmentation.0.strengths.Rotation: unknown field; augmentation.0.strengths may hold ShearX,']],
    [{ augmentation: [{ kind: 'cutout', value: [1, 2] }] }, ['augmentation.0.value: must be a number or a list of 3, not [1,2]']],
    [{ augmentation: [{ kind: 'randomErasing', scale: [0.5, 0.1] }] }, ['augmentation.0.scale: the first of the two is the smaller one']],
    [{ augmentation: [{ kind: 'mixup' }, { kind: 'flip' }] }, ['augmentation: mixup and cutmix mix whole batches: they come last']],
    [{ augmentation: [{ kind: 'cutmix' }, { kind: 'cutmix' }] }, ['augmentation: mixup and cutmix stand once each']],
    [null, ['must be an object, not null']],
    [[], ['must be an object, not []']],
  ])('%j is refused with the field and what is allowed', (document, expected) => {
    const found = problems(document);
    expect(found).toHaveLength(expected.length);
    expected.forEach((start, i) => expect(found[i]).toContain(start));
  });
});

describe('an experiment', () => {
  it('is every arm with every seed', () => {
    const parsed = parseExperiment(quickstart);
    if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join('\n'));
    const { arms } = parsed.value;
    expect(arms.map((arm) => arm.levels)).toEqual([
      { augmentation: 'none', epochs: 2 }, { augmentation: 'none', epochs: 8 },
      { augmentation: 'crop-flip-trivialaugment', epochs: 2 }, { augmentation: 'crop-flip-trivialaugment', epochs: 8 },
    ]);
    expect(arms.map((arm) => arm.runs.map((run) => run.seed))).toEqual(arms.map(() => [1, 2, 3]));
    expect(arms[1].runs[0]).toMatchObject({ epochs: 8, augmentation: 'none', batchSize: 64, model: { architecture: 'resnet18', stem: 'imagenet' } });
  });

  it('of the kind one-at-a-time varies one factor from the first levels', () => {
    const parsed = parseExperiment({ ...quickstart, design: 'one-at-a-time', factors: [{ field: 'epochs', levels: [2, 3] }, { field: 'model.stem', levels: ['imagenet', 'cifar'] }] });
    expect(parsed.ok && parsed.value.arms.map((arm) => Object.values(arm.levels))).toEqual([[2, 'imagenet'], [3, 'imagenet'], [2, 'cifar']]);
    expect(parsed.ok && parsed.value.arms[2].runs[0].model).toMatchObject({ stem: 'cifar', architecture: 'resnet18' });
  });

  it.each([
    [{ factors: [{ field: 'model.stemm', levels: ['a', 'b'] }] }, 'model.stemm: unknown field; model may hold architecture, stem, start'],
    [{ factors: [{ field: 'epochs', levels: [2, 'two'] }] }, 'epochs: must be a number, not "two"'],
    [{ factors: [{ field: 'seed', levels: [1, 2] }] }, 'seed is no factor'],
    [{ seeds: [1, 1] }, 'seeds: a seed is given twice'],
    [{ seeds: [] }, 'seeds: must be at least 1 entries, not []'],
    [{ designs: 1 }, 'designs: unknown field; this document may hold schemaVersion, name, question, base, factors, design, seeds, marginPoints'],
  ])('%j is refused', (change, expected) => {
    const parsed = parseExperiment({ ...quickstart, ...change });
    expect(parsed.ok ? '' : parsed.problems.map(problemText).join('\n')).toContain(expected);
  });
});
