import { describe, expect, it } from 'vitest';
import { fold, match, parts, words } from './fuzzy';

const shown = (query: string, label: string, also = '') => {
  const found = match(words(query), fold(label), fold(also).text);
  return found && parts(label, found.ranges).map(({ text, found: on }) => (on ? `[${text}]` : text)).join('');
};
const score = (query: string, label: string) => match(words(query), fold(label))?.score ?? -1;

describe('what is typed into the palette', () => {
  it('finds words in any order, whatever their width, case and kana', () => {
    expect(shown('epochs TRIV', 'TrivialAugment, epochs')).toBe('[Triv]ialAugment, [epochs]');
    expect(shown('ｒｅｓｎｅｔ', 'ResNet-18')).toBe('[ResNet]-18');
    expect(shown('しーど', 'シード')).toBe('[シード]');
    expect(shown('ﾗｲﾌﾞﾗﾘ', 'ライブラリ')).toBe('[ライブラリ]');
    expect(shown('triv', 'No augmentation')).toBeNull();
  });
  it('finds what stands beside a label, without marking it', () => {
    expect(shown('cifar queue', 'Queue', 'CIFAR stem')).toBe('[Queue]');
  });
  it('passes over letters, from the start of a word on', () => {
    expect(shown('nwexp', 'New experiment')).toBe('[N]e[w] [exp]eriment');
    expect(shown('wexp', 'New experiment')).toBeNull();
    expect(shown('zz', 'fizz buzz')).toBe('fi[zz] buzz');
    expect(shown('nt', 'New experiment, cut off')).toBe('New experime[nt], cut off');
    expect(shown('nc', 'New experiment, cut off')).toBeNull();
  });
  it('puts first what begins with it, then beginnings of words, then insides, then letters with gaps', () => {
    const labels = ['arm', 'the arm', 'alarm', 'a run of many'];
    const scores = labels.map((label) => score('arm', label));
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(score('arm', 'arm')).toBeGreaterThan(score('arm', 'arms and legs'));
  });
  it('matches everything where nothing is typed', () => {
    expect(match(words('  '), fold('x'))).toEqual({ score: 0, ranges: [] });
  });
  it('keeps letters of several code units whole', () => {
    expect(shown('run', '🌿 run')).toBe('🌿 [run]');
  });
});
