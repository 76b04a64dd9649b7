import { expect, it } from 'vitest';
import { isGone } from './lastPlace';

it('leads away from a run or an experiment that is not there, and from nothing else', () => {
  const has = { run: (id: string) => id === 'there', experiment: (id: string) => id === 'there' };
  expect(['/runs/there', '/experiments/there/answer', '/library', '/datasets/gone/card', '/compare/answer?runs=a'].map((path) => isGone(path, has))).toEqual([false, false, false, false, false]);
  expect(['/runs/gone', '/experiments/gone/curves'].map((path) => isGone(path, has))).toEqual([true, true]);
});
