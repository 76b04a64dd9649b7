import { expect, test } from 'vitest';
import { parseJson, stringifyJson } from './json';

test('every number and every text survives', () => {
  const value = { loss: Number.NaN, up: Infinity, down: -Infinity, zero: 0, list: [Number.NaN, 1], name: 'NaN', other: '\\NaN', twice: '\\\\Infinity', plain: '\\n' };
  expect(parseJson(stringifyJson(value))).toEqual(value);
  expect(stringifyJson({ loss: Number.NaN })).toBe('{"loss":"NaN"}');
  expect(JSON.parse(stringifyJson({ name: 'NaN', x: -Infinity }))).toEqual({ name: '\\NaN', x: '-Infinity' });
});
