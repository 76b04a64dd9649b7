import { expect, it } from 'vitest';
import { changes, mostFrequentMistake, movedIn, pairedByClass } from './cells';

it('opens the most frequent mistake, the earlier of equal ones, and none where there is none', () => {
  expect(mostFrequentMistake([[9, 2, 3], [3, 9, 0], [0, 0, 9]])).toEqual([0, 2]);
  expect(mostFrequentMistake([[4, 0], [0, 4]])).toEqual([0, 0]);
});

it('says what changed, which images came and left, and how many of each class were corrected and spoiled', () => {
  expect(changes([[3, 1], [2, 2]], [[4, 0], [1, 3]])).toEqual([[1, -1], [-1, 1]]);
  const [labels, first, second] = [[0, 0, 0, 1], [1, 0, 1, 0], [0, 1, 1, 1]];
  expect(movedIn(labels, first, second, [0, 1])).toEqual({ came: [1], left: [0] });
  expect(movedIn(labels, first, second, [0, 0])).toEqual({ came: [0], left: [1] });
  expect(pairedByClass(labels, 3, { corrected: [0, 3], spoiled: [1] })).toEqual([{ corrected: 1, spoiled: 1 }, { corrected: 1, spoiled: 0 }, { corrected: 0, spoiled: 0 }]);
});
