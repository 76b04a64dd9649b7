import { expect, it } from 'vitest';
import { matchesSearch, parseSearch } from '../search/query';
import { folded } from './fold';
import { changedTags } from './tags';

it('width, case and kana do not count', () => {
  expect(folded('ＲＥＳＮＥＴ')).toBe('resnet');
  expect([folded('しーど'), folded('ｼｰﾄﾞ')]).toEqual(['シード', 'シード']);
  expect(folded('ゔ')).toBe('ヴ');
});

it('the search of the library and tags compare so too', () => {
  const run = { text: folded('シードを増やす'), values: (field: string) => (field === 'tag' ? [folded('ゼミ')] : null) };
  expect(matchesSearch(parseSearch('しーど'), run)).toBe(true);
  expect(matchesSearch(parseSearch('tag:ぜみ'), run)).toBe(true);
  expect(matchesSearch(parseSearch('-しーど'), run)).toBe(false);
  expect(changedTags(['ゼミ'], ['ぜみ'], [])).toEqual(['ゼミ']);
});
