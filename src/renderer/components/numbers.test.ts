import { describe, expect, it } from 'vitest';
import { parseNumber, stepNumber } from './numbers';

describe('parseNumber', () => {
  it.each([
    ['128', 128], ['0.05', 0.05], ['.5', 0.5], ['5e-4', 5e-4], [' 7 ', 7], ['１２８', 128], ['45,000', 45000], ['−1', -1],
  ])('reads %j', (text, value) => { expect(parseNumber(text)).toBe(value); });
  it('keeps what is no number as it is', () => {
    expect(parseNumber('12a')).toBe('12a');
    expect(parseNumber('0x10')).toBe('0x10');
    expect(parseNumber('')).toBeNull();
  });
});

it('steps without binary dust', () => {
  expect(stepNumber(0.1, 0.2)).toBe(0.3);
});
