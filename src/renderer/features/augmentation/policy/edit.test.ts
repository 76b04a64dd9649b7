import { expect, it } from 'vitest';
import { augmentationSchema, operationKinds, policies } from '../../../../core/config/augmentation';
import { added, addable, draftOf, moved, policyOf, removed, switched, withParameter } from './edit';
import { edited, redone, startHistory, undone } from './history';
import { defaultOf, parametersOf, withName, withStrength } from './parameters';

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
  expect(two.ok && policyOf(two.draft)).toEqual([{ kind: 'randomCrop', padding: 2, fill: 'zero' }, { kind: 'flip', probability: 0.5 }]);
  expect(withParameter(draft, 0, 'padding', -1).ok).toBe(false);
  expect(withParameter(draft, 1, 'probability', 'half').ok).toBe(false);
});

it('has a field for every parameter of every operation', () => {
  for (const kind of operationKinds) {
    const [operation] = draftOf([{ ...added(draftOf('none'), kind)[0]!.operation }]);
    const keys = Object.keys(operation!.operation).filter((key) => key !== 'kind' && !(kind === 'trivialAugmentWide' && ['operations', 'strengths'].includes(key)));
    expect(parametersOf(kind).map(({ key }) => key).sort(), kind).toEqual(keys.sort());
    for (const { key } of parametersOf(kind)) expect(defaultOf(kind, key), `${kind}.${key}`).toBeDefined();
  }
});

it('switches TrivialAugment’s operations, but never all off', () => {
  const operation = { kind: 'trivialAugmentWide', bins: 31, strengths: {}, operations: null } as const;
  const all = ['Identity', 'Rotate', 'Color'] as const;
  expect(withName(operation, all, 'Rotate', false)).toEqual(['Identity', 'Color']);
  expect(withName({ ...operation, operations: ['Identity', 'Color'] }, all, 'Rotate', true)).toBeNull();
  expect(withName({ ...operation, operations: ['Color'] }, all, 'Color', false)).toBeUndefined();
  expect(withStrength({ ...operation, strengths: { Rotate: 30 } }, 'Rotate', 135)).toEqual({});
  expect(withStrength(operation, 'Rotate', 30)).toEqual({ Rotate: 30 });
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
