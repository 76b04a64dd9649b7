import { expect, it } from 'vitest';
import { foldedWarnings } from './foldedWarnings';

const small = (subject: string, count: number) => ({ code: 'class-small', count, subject });

it('a few are told one by one', () => {
  const few = [small('a', 3), { code: 'grey', count: 9, subject: null }, small('b', 1)];
  expect(foldedWarnings(few)).toEqual(few.map((warning) => ({ ...warning, more: 0 })));
});

it('those of many classes are one, in the place of the first, by the class with the fewest images', () => {
  const many = [small('a', 3), { code: 'grey', count: 9, subject: null }, small('b', 1), small('c', 2), small('d', 5), small('e', 1)];
  expect(foldedWarnings(many)).toEqual([{ ...small('b', 1), more: 4 }, { code: 'grey', count: 9, subject: null, more: 0 }]);
});
