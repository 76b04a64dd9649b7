import { expect, it } from 'vitest';
import { trivialAugmentSpace } from '../../../../core/augmentation';
import { trivialAugmentNames } from '../../../../core/augmentation/names';
import { augmentationSchema, defaultOperation, operationKinds, policies, type PolicyOperation } from '../../../../core/config/augmentation';
import { added, addable, draftOf, keptPlaces, moved, partSwitched, policyOf, removed, switched, wholePolicyOf, withParameter } from './edit';
import { edited, redone, startHistory, undone } from './history';
import { defaultOf, parametersOf, strengthOf, withStrength } from './parameters';

const kinds = (draft: ReturnType<typeof draftOf>) => draft.map(({ operation }) => operation.kind);

it('knows every preset again by its operations, and no other list', () => {
  for (const name of policies) expect(policyOf(draftOf(name))).toBe(name);
  expect(policyOf(removed(draftOf('crop-flip-trivialaugment'), 2))).toBe('crop-flip');
  expect(policyOf(switched(draftOf('crop-flip'), 0, false))).toEqual([{ kind: 'flip', probability: 0.5 }]);
  expect(policyOf(switched(switched(draftOf('crop-flip'), 0, false), 1, false))).toBe('none');
});

it('adds where an operation may stand, and nothing twice that stands once', () => {
  const mixed = draftOf('crop-flip-mixup');
  expect(kinds(added(mixed, 'cutout'))).toEqual(['randomCrop', 'flip', 'cutout', 'mixup']);
  expect(kinds(added(mixed, 'cutmix'))).toEqual(['randomCrop', 'flip', 'mixup', 'cutmix']);
  expect(addable(mixed)).not.toContain('mixup');
  expect(addable(draftOf('none'))).toEqual(operationKinds);
  let draft = draftOf('none');
  while (addable(draft).length > 0) draft = added(draft, addable(draft)[0]!);
  expect(draft).toHaveLength(32);
  for (const kind of operationKinds) expect(augmentationSchema.safeParse(policyOf(added(draftOf('none'), kind))).success, kind).toBe(true);
});

it('reorders, but mixes no batch before its images are made', () => {
  const draft = draftOf('crop-flip-mixup');
  expect(kinds(moved(draft, 1, -1))).toEqual(['flip', 'randomCrop', 'mixup']);
  expect(moved(draft, 2, -1)).toBe(draft);
  expect(moved(draft, 0, -1)).toBe(draft);
});

it('takes a parameter that the config may hold, and leaves one that it may not', () => {
  const draft = draftOf('crop-flip');
  const two = withParameter(draft, 0, 'padding', 2);
  expect(two && policyOf(two)).toEqual([{ kind: 'randomCrop', padding: 2, fill: 'zero' }, { kind: 'flip', probability: 0.5 }]);
  expect(withParameter(draft, 0, 'padding', -1)).toBeNull();
  expect(withParameter(draft, 1, 'probability', 'half')).toBeNull();
});

it('has a field for every parameter of every operation', () => {
  for (const kind of operationKinds) {
    const [operation] = draftOf([{ ...added(draftOf('none'), kind)[0]!.operation }]);
    const keys = Object.keys(operation!.operation).filter((key) => key !== 'kind' && !(kind === 'trivialAugmentWide' && ['operations', 'strengths'].includes(key)));
    expect(parametersOf(kind).map(({ key }) => key).sort(), kind).toEqual(keys.sort());
    for (const { key } of parametersOf(kind)) expect(defaultOf(kind, key), `${kind}.${key}`).toBeDefined();
  }
});

it('switches parts of an operation off and on, and all of them with it', () => {
  const draft = draftOf('crop-flip-trivialaugment');
  const without = partSwitched(switched(draft, 0, false), 2, 'Rotate', false);
  const [flip, trivial] = policyOf(without) as PolicyOperation[];
  expect([flip!.kind, trivial]).toMatchObject(['flip', { kind: 'trivialAugmentWide', operations: trivialAugmentNames.filter((name) => name !== 'Rotate') }]);
  expect(keptPlaces(without)).toEqual([1, 2]);
  expect(wholePolicyOf(without)).toBe('crop-flip-trivialaugment');
  expect(policyOf(switched(partSwitched(without, 2, 'Rotate', true), 0, true))).toBe('crop-flip-trivialaugment');
  const none = trivialAugmentNames.reduce((next, name) => partSwitched(next, 2, name, false), draft);
  expect(policyOf(none)).toBe('crop-flip');
  expect(keptPlaces(none)).toEqual([0, 1]);
});

it('leaves out a strength that is the usual one', () => {
  const operation = defaultOperation('trivialAugmentWide');
  expect(withStrength({ ...operation, strengths: { Rotate: 30 } }, 'Rotate', 135)).toEqual({});
  expect(withStrength(operation, 'Rotate', 30)).toEqual({ Rotate: 30 });
  // The usual ones are torchvision's.
  for (const { name, magnitudes } of trivialAugmentSpace()) {
    const usual = strengthOf(name)?.usual;
    expect(usual === undefined ? [] : [usual], name).toEqual(magnitudes.length === 0 ? [] : [Number(magnitudes.at(-1)!.toPrecision(6))]);
  }
});

it('undoes a drag of a slider at once, and brings it back', () => {
  let history = startHistory(4);
  for (const value of [5, 6, 7]) history = edited(history, value, 'padding');
  history = edited(history, 70, null);
  history = edited(history, 71, null);
  expect(undone(undone(history)).present).toBe(7);
  const back = undone(undone(undone(history)));
  expect(back.present).toBe(4);
  expect(undone(back)).toBe(back);
  expect(redone(back).present).toBe(7);
  expect(edited(back, 9, 'padding')).toMatchObject({ past: [4], present: 9, future: [] });
});
