import { expect, it } from 'vitest';
import type { LeakPair, RunSplit, SplitLeaks } from '../../../core/audit/types';
import { judgedFirst, leakCount, leaveLeaksOut, partedBy } from './leaks';

const pair = (a: number, b: number, ...splits: [RunSplit, RunSplit]): LeakPair => ({ a, b, kind: 'near', distance: 0.1, mirrored: false, shift: [0, 0], splits, labels: [0, 0] });
const leaks = (pairs: readonly LeakPair[], more = 0): SplitLeaks => ({
  datasetId: 'x', revision: 'r', splitSeed: 0, validationImages: 10, audit: 'whole', auditedAt: null, threshold: 0.2, excluded: null, classes: ['a'], pairs,
  groups: [{ between: 'train-validation', exact: 0, near: pairs.length + more, images: pairs.length }],
});

it('takes the training image out of a pair, or the validation image beside a test image', () => {
  expect(partedBy(pair(3, 7, 'train', 'validation'))).toBe(3);
  expect(partedBy(pair(3, 7, 'validation', 'train'))).toBe(7);
  expect(partedBy(pair(3, 90, 'validation', 'test'))).toBe(3);
  expect(judgedFirst(pair(3, 7, 'train', 'validation'))).toEqual([7, 3]);
  expect(judgedFirst(pair(3, 7, 'validation', 'train'))).toEqual([3, 7]);
});

it('goes on while leaving images out lets further pairs appear, and keeps what was left out before', async () => {
  const all = [pair(1, 50, 'train', 'validation'), pair(2, 51, 'train', 'validation'), pair(2, 52, 'train', 'validation'), pair(4, 90, 'train', 'test')];
  const saved: (readonly number[])[] = [];
  const listed = (out: readonly number[]) => { const left = all.filter(({ a, b }) => !out.includes(a) && !out.includes(b)); return leaks(left.slice(0, 2), Math.max(0, left.length - 2)); };
  const end = await leaveLeaksOut(listed([9]), [9], { saveAndAsk: (indices) => { saved.push(indices); return Promise.resolve(listed(indices)); } });
  expect(saved).toEqual([[1, 2, 9], [1, 2, 4, 9]]);
  expect(leakCount(end)).toBe(0);
});

it('ends where nothing more can be left out', async () => {
  const stuck = leaks([pair(1, 50, 'train', 'validation')], 3);
  let calls = 0;
  expect(await leaveLeaksOut(stuck, [], { saveAndAsk: () => { calls++; return Promise.resolve(stuck); } })).toBe(stuck);
  expect(calls).toBe(1);
  expect(leakCount(stuck)).toBe(4);
});
