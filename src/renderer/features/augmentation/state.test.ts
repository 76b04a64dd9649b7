import { expect, it } from 'vitest';
import { draftOf, partSwitched, policyOf, switched } from './policy/edit';
import { remembered, toRemember } from './state';

it('comes back to the same place', () => {
  const { place } = remembered(null);
  const there = { ...place, datasetId: 'photos', index: 71, seed: 9, epoch: 12, draws: 64, study: 'average', side: 'a', subject: '2:Rotate', step: 17, direction: -1 } as const;
  const policies = { a: partSwitched(draftOf('crop-flip-trivialaugment'), 2, 'Rotate', false), b: switched(draftOf('crop-flip-mixup'), 0, false) };
  expect(remembered(toRemember(there, policies))).toEqual({ place: there, policies });
});

it('begins with two policies side by side, one of them edited', () => {
  const { place, policies } = remembered(null);
  expect([policyOf(policies.a), policies.b && policyOf(policies.b), place.side]).toEqual(['crop-flip', 'crop-flip-trivialaugment', 'b']);
});

it('keeps what it can read of a damaged memory', () => {
  const { place, policies } = remembered(JSON.stringify({ seed: 3, epoch: 0, draws: 17, side: 'b', a: [{ operation: { kind: 'shear' }, on: true, off: [] }], b: null }));
  expect(place).toMatchObject({ seed: 3, epoch: 1, draws: 16, side: 'a' });
  expect(policyOf(policies.a)).toBe('crop-flip');
  expect(remembered('{').place).toEqual(remembered(null).place);
});
