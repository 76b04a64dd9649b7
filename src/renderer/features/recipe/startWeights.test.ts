import { describe, expect, it } from 'vitest';
import { matchWeights } from '../../../core/model/matchWeights';
import { startReport } from './startWeights';

/** Of an empty file everything is missing: all that the network has. */
const tensorsOf = (architecture: 'resnet18' | 'resnet50', stem: 'imagenet' | 'cifar', classes: number) => matchWeights([], { architecture, stem, classes }).missing.map(({ name, shape }) => ({ name, shape }));
const refuse = { stemMismatch: 'refuse', headMismatch: 'refuse' } as const;
const anew = { stemMismatch: 'reinitialise', headMismatch: 'reinitialise' } as const;

describe('startReport', () => {
  const torchvision = { tensors: tensorsOf('resnet50', 'imagenet', 1000) };
  it('ImageNet weights for ten classes: the classifier has to be begun anew, and with the CIFAR stem the stem as well', () => {
    const own = startReport(torchvision, { architecture: 'resnet50', stem: 'imagenet' }, 10, refuse);
    expect(own).toMatchObject({ state: 'startable', better: null, misfits: { stem: [], body: [] } });
    expect(own.misfits.head).toEqual([
      { name: 'fc.weight', kind: 'otherShape', shape: [1000, 2048], wanted: [10, 2048] }, { name: 'fc.bias', kind: 'otherShape', shape: [1000], wanted: [10] },
    ]);
    expect(own.matched).toBe(own.of - 2);
    const cifar = { architecture: 'resnet50', stem: 'cifar' } as const;
    expect(startReport(torchvision, cifar, 10, { ...refuse, headMismatch: 'reinitialise' })).toMatchObject({ state: 'startable', misfits: { stem: [{ name: 'conv1.weight' }] } });
    expect(startReport(torchvision, cifar, 10, anew).state).toBe('fits');
  });
  it('weights of another network are refused, and the network they are of is named', () => {
    const report = startReport({ tensors: tensorsOf('resnet18', 'imagenet', 10) }, { architecture: 'resnet50', stem: 'imagenet' }, 10, anew);
    expect(report).toMatchObject({ state: 'refused', better: 'resnet18' });
    expect(report.misfits.body.length).toBeGreaterThan(10);
  });
  it('what is missing and what no network knows are told apart', () => {
    const some = [...tensorsOf('resnet18', 'imagenet', 10).filter(({ name }) => name !== 'layer1.0.conv1.weight' && !name.startsWith('fc.')), { name: 'projection.weight', shape: [4] }];
    const { misfits, state, better } = startReport({ tensors: some }, { architecture: 'resnet18', stem: 'imagenet' }, 10, anew);
    expect(misfits.body.map(({ name, kind }) => [name, kind])).toEqual([['layer1.0.conv1.weight', 'missing'], ['projection.weight', 'unexpected']]);
    expect(misfits.head.map(({ kind }) => kind)).toEqual(['missing', 'missing']);
    expect([state, better]).toEqual(['refused', null]);
  });
});
