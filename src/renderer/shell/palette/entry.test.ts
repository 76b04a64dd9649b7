import { describe, expect, it } from 'vitest';
import { search, searchable, type Entry } from './entry';
import { words } from './fuzzy';

const entry = (id: string, group: Entry['group'], label: string, more: Partial<Entry> = {}) => searchable({ id, group, icon: 'info', label, run: () => undefined, ...more });
const entries = [
  entry('library', 'views', 'Library'),
  entry('a', 'experiments', 'Does TrivialAugment help?'),
  entry('b', 'experiments', 'CIFAR stem, TrivialAugment', { note: 'Running, 7 of 20' }),
  entry('what', 'words', 'What is TrivialAugment?', { also: '操作' }),
  ...Array.from({ length: 30 }, (_, i) => entry(`run-${i}`, 'runs', `Run ${i}`)),
];
const shown = (query: string, recent: readonly string[] = []) => search(entries, words(query), recent).map(({ group, found, more }) => [group, found.map((one) => one.entry.id), more]);

describe('what the palette lists', () => {
  it('has what was run last at the top while nothing is typed, and nothing twice', () => {
    const [[group, ids], ...others] = shown('', ['b', 'gone', 'library']) as [string, string[]][] as [[string, string[]], ...[string, string[]][]];
    expect([group, ids]).toEqual(['recent', ['b', 'library']]);
    expect(others.flatMap(([, rest]) => rest)).not.toContain('b');
  });
  it('orders groups by their best, and says how many more there are', () => {
    expect(shown('triv')).toEqual([['experiments', ['a', 'b'], 0], ['words', ['what'], 0]]);
    expect(shown('run')[0]).toEqual(['runs', ['run-0', 'run-1', 'run-2', 'run-3', 'run-4', 'run-5'], 24]);
  });
  it('puts what was run last first among the like', () => {
    expect(shown('triv', ['b'])[0]).toEqual(['experiments', ['b', 'a'], 0]);
  });
  it('finds by what stands beside, and by the other language', () => {
    expect(shown('7 of')).toEqual([['experiments', ['b'], 0]]);
    expect(shown('操作')).toEqual([['words', ['what'], 0]]);
    expect(shown('zebra')).toEqual([]);
  });
});
