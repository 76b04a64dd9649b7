import { describe, expect, it } from 'vitest';
import { numbersIn } from './numbersIn';

const sentence = 'Yes: at 20 epochs it adds 1.72 points (95 % interval 1.40 to 2.05), at 5 epochs it costs 3.20.';

describe('numbersIn', () => {
  it('takes each difference once and loses no word', () => {
    const parts = numbersIn(sentence, [{ id: 'a', differencePoints: 1.7204 }, { id: 'b', differencePoints: -3.2 }]);
    expect(parts.filter(({ id }) => id !== null)).toEqual([{ text: '1.72', id: 'a' }, { text: '3.20', id: 'b' }]);
    expect(parts.map(({ text }) => text).join('')).toBe(sentence);
  });
  it('keeps a sign, equal numbers and parts of longer numbers apart', () => {
    expect(numbersIn('−0.42 and 0.42', [{ id: 'a', differencePoints: -0.42 }, { id: 'b', differencePoints: 0.42 }])).toEqual([{ text: '−0.42', id: 'a' }, { text: ' and ', id: null }, { text: '0.42', id: 'b' }]);
    expect(numbersIn('10.421 here', [{ id: 'a', differencePoints: 0.42 }])).toEqual([{ text: '10.421 here', id: null }]);
    expect(numbersIn('nothing', [{ id: 'a', differencePoints: null }])).toEqual([{ text: 'nothing', id: null }]);
  });
});
