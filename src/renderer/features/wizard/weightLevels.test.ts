import { expect, it } from 'vitest';
import { matchWeights } from '../../../core/model/matchWeights';
import { newDocument } from './document';
import { weightLevel } from './weightLevels';

const file = (classes: number) => ({
  path: '/x/w.pth', sha256: null, name: 'w.pth', format: 'torch' as const, ignored: 0,
  tensors: matchWeights([], { architecture: 'resnet18', stem: 'imagenet', classes }).missing.map(({ name, shape }) => ({ name, shape })),
});
const document = { ...newDocument(), base: { model: { architecture: 'resnet18' } } };

it('a file becomes a level that begins anew only what does not fit the base', () => {
  expect(weightLevel(file(10), document, 10)).toMatchObject({ level: { kind: 'file', path: '/x/w.pth', stemMismatch: 'refuse', headMismatch: 'refuse' }, anew: [], report: { state: 'fits' } });
  expect(weightLevel(file(1000), document, 10)).toMatchObject({ level: { stemMismatch: 'refuse', headMismatch: 'reinitialise' }, anew: ['head'] });
  expect(weightLevel(file(1000), { ...document, base: { model: { architecture: 'resnet18', stem: 'cifar' } } }, 10)).toMatchObject({ level: { stemMismatch: 'reinitialise', headMismatch: 'reinitialise' }, anew: ['stem', 'head'] });
  expect(weightLevel(file(10), { ...document, base: { model: { architecture: 'resnet50' } } }, 10)).toMatchObject({ level: { stemMismatch: 'refuse', headMismatch: 'refuse' }, anew: [], report: { state: 'refused', better: 'resnet18' } });
});
