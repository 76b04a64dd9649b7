import { describe, expect, it } from 'vitest';
import { compare, passes } from './compare';

const exact = { loss: [2, 1.5], correct: [1, 2], logits: [[1, -2]], l2: { 'fc.weight': 3 } };
const single = { ...exact, loss: [2 + 1e-6, 1.5 - 1e-3], logits: [[1.001, -2]], l2: { 'fc.weight': 3.0001 } };
const verdict = (changes: Partial<typeof exact>) => passes(compare({ ...exact, ...changes }, exact, single));

describe('compare', () => {
  it('passes what equals float64 and what is as far as PyTorch\'s float32', () => {
    expect(verdict({})).toBe(true);
    expect(passes(compare(single, exact, single))).toBe(true);
  });

  it('allows 20 × float32\'s deviation + 1e-4 at each step', () => {
    expect(verdict({ loss: [2 + 1.1e-4, 1.5] })).toBe(true);
    expect(verdict({ loss: [2 + 1.3e-4, 1.5] })).toBe(false);
    expect(verdict({ loss: [2, 1.5 + 0.02] })).toBe(true);
    expect(verdict({ loss: [2, 1.5 + 0.0202] })).toBe(false);
  });

  it('fails wrong logits, wrong norms and numbers that are none', () => {
    expect(verdict({ logits: [[1, -2.03]] })).toBe(false);
    expect(verdict({ l2: { 'fc.weight': 3.003 } })).toBe(false);
    expect(verdict({ loss: [2, Number.NaN] })).toBe(false);
    expect(verdict({ loss: [2] })).toBe(false);
    expect(verdict({ logits: [[1]] })).toBe(false);
    expect(verdict({ l2: { 'fc.weight': Number.NaN } })).toBe(false);
  });
});
