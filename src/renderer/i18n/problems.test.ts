import { describe, expect, it } from 'vitest';
import { parseWith } from '../../core/config/problems';
import { runConfigSchema } from '../../core/config/run';
import { parseExperiment } from '../../core/config/experiment';
import { problemText } from './problems';

const keyOf = (document: unknown) => {
  const parsed = parseWith(runConfigSchema, document);
  return parsed.ok ? 'ok' : problemText(parsed.problems[0]!.message).key;
};

/** The sentences are matched as core writes them: a new wording there must be met here. */
describe('every kind of problem the form can meet has a sentence of its own', () => {
  it.each([
    [{ batchSize: 1 }, 'problem.atLeast'],
    [{ epochs: 1e6 }, 'problem.atMost'],
    [{ epochs: 2.5 }, 'problem.wholeNumber'],
    [{ epochs: 'many' }, 'problem.number'],
    [{ epochs: null }, 'problem.number'],
    [{ schedule: { learningRate: 0 } }, 'problem.greater'],
    [{ schedule: { learningRate: 'x' } }, 'problem.number'],
    [{ labelSmoothing: 1 }, 'problem.less'],
    [{ epochs: 3, schedule: { warmupEpochs: 3 } }, 'problem.warmupLength'],
    [{ augmentation: 'mixup' }, 'problem.oneOf'],
    [{ augmentation: [{ kind: 'mixup' }, { kind: 'flip' }] }, 'problem.mixLast'],
    [{ augmentation: [{ kind: 'mixup' }, { kind: 'mixup' }] }, 'problem.operationOnce'],
    [{ augmentation: [{ kind: 'randAugment', magnitude: 40 }] }, 'problem.oneOfBins'],
    [{ augmentation: [{ kind: 'randomErasing', scale: [0.5, 0.1] }] }, 'problem.pairOrder'],
    [{ augmentation: [{ kind: 'shear' }] }, 'problem.oneOf'],
    [{ model: { architecture: 'wide-resnet-16-8', stem: 'own' }, optimizer: { kind: 'muon', normalizeFilters: true } }, 'problem.normsFollow'],
    [{ lr: 1 }, 'problem.unknownField'],
  ])('%j', (document, key) => { expect(keyOf(document)).toBe(key); });
});

describe('and so has an experiment', () => {
  const experiment = { name: 'x', factors: [{ field: 'epochs', levels: [5, 20] }], seeds: [1] };
  const range = { field: 'schedule.learningRate', kind: 'log-uniform', low: 0.001, high: 0.1 };
  const keysOf = (change: object) => {
    const parsed = parseExperiment({ ...experiment, ...change });
    return parsed.ok ? ['ok'] : parsed.problems.map(({ message }) => problemText(message).key);
  };
  it.each([
    [{ factors: [{ field: 'epochs', levels: [5] }] }, 'problem.atLeast'],
    [{ factors: [...experiment.factors, ...experiment.factors] }, 'problem.fieldTwice'],
    [{ factors: [{ field: 'optimizer', levels: [{ kind: 'sgd' }, { kind: 'adam' }] }, { field: 'optimizer.momentum', levels: [0.8, 0.9] }] }, 'problem.fieldsOverlap'],
    [{ factors: [{ field: 'seed', levels: [5, 6] }] }, 'problem.seedFactor'],
    [{ factors: [{ field: 'name', levels: ['a', 'b'] }] }, 'problem.noFactor'],
    [{ factors: [{ field: 'epochs', levels: [5, 5] }] }, 'problem.levelTwice'],
    [{ seeds: [1, 1] }, 'problem.seedTwice'],
    [{ seeds: [] }, 'problem.atLeast'],
    [{ factors: ['epochs', 'batchSize', 'data.splitSeed'].map((field) => ({ field, levels: Array.from({ length: 20 }, (_, i) => i + 2) })) }, 'problem.tooManyArms'],
    [{ search: { space: [range] } }, 'problem.otherDesign'],
    [{ design: 'random' }, 'problem.designNeeds'],
    [{ design: 'random', search: { space: [range] } }, 'problem.designNeeds'],
    [{ design: 'grid', search: { space: [{ ...range, high: 0.0001 }] } }, 'problem.atLeast'],
    [{ design: 'random', search: { space: [{ field: 'model.stem', kind: 'choice', values: ['imagenet', 'cifar'] }], trials: 5 } }, 'problem.atMost'],
    [{ design: 'halving', halving: { firstEpochs: 1 }, search: { space: [range], trials: 3 } }, 'problem.epochsHalving'],
    [{ design: 'halving', factors: [], halving: { firstEpochs: 9 }, search: { space: [range], trials: 3 } }, 'problem.atMost'],
    [{ budget: { maxRuns: 1 } }, 'problem.budgetBlock'],
  ])('%j', (change, key) => { expect(keysOf(change)).toContain(key); });
});
