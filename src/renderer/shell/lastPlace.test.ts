import { expect, it } from 'vitest';
import { leavesFor } from './lastPlace';

it('leads away from a run or an experiment that is not there, and from nothing else', () => {
  const has = { run: (id: string) => id === 'there', experiment: (id: string) => id === 'there' };
  expect(['/runs/there', '/experiments/there/answer', '/library', '/datasets/gone/card', '/compare/answer?runs=a'].map((path) => leavesFor(path, has, false))).toEqual([null, null, null, null, null]);
  expect(['/runs/gone', '/experiments/gone/curves'].map((path) => leavesFor(path, has, false))).toEqual(['/library', '/library']);
});

it('leads to the library where an archive was opened with the app, whatever page was restored', () => {
  const has = { run: () => true, experiment: () => true };
  expect(['/runs/there', '/datasets/one/card', '/new/question', '/library'].map((path) => leavesFor(path, has, true))).toEqual(['/library', '/library', '/library', null]);
});
