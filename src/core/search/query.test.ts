import { describe, expect, it } from 'vitest';
import { runConfigSchema, type RunConfigInput } from '../config/run';
import { configFields, valuesOf } from './configFields';
import { matchesSearch, parseSearch } from './query';

function found(query: string, config: RunConfigInput, text = ''): boolean {
  const fields = configFields(runConfigSchema.parse(config));
  return matchesSearch(parseSearch(query), { text: text.toLowerCase(), values: (field) => valuesOf(fields, field) });
}

describe('a search', () => {
  const cifar: RunConfigInput = { epochs: 20, seed: 3, model: { stem: 'cifar', architecture: 'resnet18' }, schedule: { learningRate: 0.1 }, augmentation: 'crop-flip' };

  it.each([
    ['epochs:20', true], ['epochs:2', false], ['epochs:>=20', true], ['epochs:>20', false], ['epochs:<21 stem:cifar', true], ['epochs:10..20', true], ['epochs:21..30', false],
    ['stem:imagenet', false], ['-stem:imagenet', true], ['lr:0.10', true], ['lr:1e-1', true], ['learningRate:0.05..0.2', true], ['network:resnet18', true], ['augmentation:crop', true],
    ['epochs：20', true], ['optimizer:sgd', true], ['images:none', true], ['model.stem:cifar', true], ['seed:3', true], ['ema:none', true], ['beta1:0.9', false],
  ])('%s: %s', (query, wanted) => { expect(found(query, cifar)).toBe(wanted); });

  it('finds words anywhere, and what stands in quotes as a whole', () => {
    expect(found('crop seminar', {}, 'Seminar: crop + flip')).toBe(true);
    expect(found('"crop flip"', {}, 'crop + flip')).toBe(false);
    expect(found('"crop + flip', {}, 'crop + flip')).toBe(true);
    expect(found('-seminar', {}, 'Seminar')).toBe(false);
    expect(found('12:30', {}, 'at 12:30')).toBe(true);
    expect(found('answer:no', {}, 'answer:no')).toBe(true);
    expect(found('', {}, '')).toBe(true);
  });

  it('looks into lists of operations', () => {
    expect(found('augmentation:cutout', { augmentation: [{ kind: 'cutout', side: 8 }] as unknown as RunConfigInput['augmentation'] })).toBe(true);
  });
});
