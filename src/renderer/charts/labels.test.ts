import { expect, it } from 'vitest';
import { pushApart } from './labels';

it('keeps labels readable: apart, in order, inside', () => {
  expect(pushApart([50, 20], 12, 0, 100)).toEqual([50, 20]);
  expect(pushApart([50, 52], 12, 0, 100)).toEqual([50, 62]);
  expect(pushApart([99, 98, Number.NaN], 12, 0, 100)).toEqual([100, 88, Number.NaN]);
});
