import { expect, it } from 'vitest';
import { Policy } from '../../../core/augmentation';
import { DrawCounts, drawShares } from '../../../core/inspection';
import { drawnRows, reachOf } from './drawnRows';
import { draftOf, offIds, partSwitched, policyOf, switched, wholePolicyOf, type PolicyDraft } from './policy/edit';

const size = { width: 32, height: 32 };
function rowsOf(draft: PolicyDraft, images: number) {
  const policy = policyOf(draft);
  const [draws, counts] = [new Policy(policy, size, 1), new DrawCounts(policy, size)];
  for (let i = 0; i < images; i++) counts.add(draws.draw(1, i));
  return drawnRows(draft, drawShares(wholePolicyOf(draft), offIds(draft), size), counts.rows());
}

it('counts each operation in its own row, also where others are switched off', () => {
  const draft = partSwitched(switched(draftOf('crop-flip-trivialaugment'), 0, false), 2, 'Rotate', false);
  const rows = new Map(rowsOf(draft, 2600).map((row) => [row.term, row]));
  expect(rows.get('crop')).toMatchObject({ on: false, after: 0, found: null });
  expect(rows.get('flip')!.found!.found).toBeGreaterThan(1200);
  expect(rows.get('Rotate')).toMatchObject({ on: false, before: 1 / 14, after: 0, found: null });
  expect(rows.get('Color')).toMatchObject({ on: true, switchable: true, after: 1 / 13 });
  expect(Math.abs(rows.get('Color')!.found!.found - 200)).toBeLessThan(60);
  expect(rows.get('Color')!.deviation).toBeCloseTo(Math.sqrt(2600 * (1 / 13) * (12 / 13)), 6);
});

it('has no switch where no config could say it', () => {
  const rows = rowsOf(draftOf('crop-flip-randaugment'), 10);
  expect(rows.filter(({ switchable }) => switchable).map(({ term }) => term)).toEqual(['crop', 'flip']);
});

it('makes room for a count that is far off', () => {
  const [row] = rowsOf(draftOf([{ kind: 'flip', probability: 0.5 }]), 100);
  expect(reachOf([row!])).toBe(3);
  expect(reachOf([{ ...row!, found: { ...row!.found!, found: row!.found!.expected + 5 * row!.deviation } }])).toBeCloseTo(5, 6);
});
