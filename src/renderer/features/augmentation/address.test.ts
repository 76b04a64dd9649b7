import { expect, it } from 'vitest';
import { fromQuery, toQuery } from './address';
import { draftOf, switched } from './policy/edit';
import { remembered } from './state';

const first = remembered(null);

it('shows again what stands in the address', () => {
  const place = { ...first.place, datasetId: 'photos', index: 71, seed: 9, epoch: 12, draws: 64, batchSize: 32, side: 'a' } as const;
  const policies = { a: switched(draftOf('crop-flip-mixup'), 0, false), b: draftOf('crop-flip') };
  const query = toQuery({ place, policies });
  expect(query).toMatchObject({ dataset: 'photos', image: '71', seed: '9', epoch: '12', draws: '64', batch: '32', b: 'crop-flip' });
  expect(fromQuery(query, first)).toEqual({ place, policies });
  const one = { place: { ...first.place, side: 'a' as const }, policies: { a: draftOf('none'), b: null } };
  expect(toQuery(one)).toEqual({ seed: '1', epoch: '1', draws: '16', side: 'a', a: 'none' });
  expect(fromQuery(toQuery(one), { place, policies })).toEqual({ ...one, place: { ...place, ...one.place } });
});

it('takes what is there, and nothing that cannot be', () => {
  expect(fromQuery({}, first)).toBeNull();
  expect(fromQuery({ other: 'x' }, first)).toBeNull();
  expect(fromQuery({ seed: '7' }, first)).toEqual({ ...first, place: { ...first.place, seed: 7 } });
  expect(fromQuery({ a: '[{"operation":{"kind":"shear"}}]', epoch: '-3', draws: '1000', batch: '1', image: 'cat' }, first)!.place).toMatchObject({ epoch: 1, draws: 16, batchSize: null, index: null });
  expect(fromQuery({ a: '{' }, first)!.policies.a).toEqual(draftOf('crop-flip'));
});
