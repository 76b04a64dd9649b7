import { expect, it } from 'vitest';
import { changedTags, cleanTag } from './tags';

it('keeps a tag as a person would write it, and refuses what would be read as something else', () => {
  expect(['  seminar   2026 ', 'ｾﾐﾅｰ', 'データ拡張', 'a'.repeat(40)].map(cleanTag)).toEqual(['seminar 2026', 'セミナー', 'データ拡張', 'a'.repeat(40)]);
  expect(['', '  ', 'a'.repeat(41), 'a,b', 'epochs:20', 'epochs：20', '+a', '-a', 'a"b', 'a\u0000b'].map(cleanTag)).toEqual(Array(10).fill(null));
});

it('adds and removes without regard to capitals, each tag once', () => {
  expect(changedTags(['Seminar', 'old'], ['seminar', 'new', 'New'], ['OLD'])).toEqual(['Seminar', 'new']);
  expect(changedTags([], ['b', 'a'], [])).toEqual(['b', 'a']);
});
