import { describe, expect, it } from 'vitest';
import { rendererSources } from '../../../test/support/rendererSources';
import { keyPageOf, keyTable } from './keyTable';

const named = new Set<string>(Object.values(keyTable).flatMap((lines) => lines.flatMap((line) => ('binds' in line ? [...line.binds] : []))));

/** Names of the bindings in each call of useKey({ … }), by the braces. */
function bindings(source: string): string[] {
  return [...source.matchAll(/\buseKey\(\{/g)].flatMap((match) => {
    let [depth, quoted, names] = [0, false, ''];
    for (const letter of source.slice(match.index + 'useKey('.length)) {
      if (letter === '\'') quoted = !quoted;
      else if (!quoted) depth += { '{': 1, '(': 1, '[': 1, '}': -1, ')': -1, ']': -1 }[letter] ?? 0;
      if (depth === 0) break;
      names += depth === 1 ? letter : ' ';
    }
    return [...names.matchAll(/(?:^\{|[,\n])\s*(?:'([^']+)'|([A-Za-z]\w*))\s*:/g)].map((found) => found[1] ?? found[2]!);
  });
}

describe('the table of keys', () => {
  it('is read off the sources', () => {
    expect(bindings('useKey({ \'Ctrl+x\': () => { f({ a: 1 }); }, m: (e) => g(e), \'[\': () => f(\'(\'), Escape: h })')).toEqual(['Ctrl+x', 'm', '[', 'Escape']);
  });
  it('names every binding of the window, and none that nobody listens for', () => {
    const bound = new Set([...rendererSources().values()].flatMap(bindings));
    expect(bound.size).toBeGreaterThan(15);
    expect([...bound].filter((name) => !named.has(name))).toEqual([]);
    expect([...named].filter((name) => !bound.has(name))).toEqual([]);
  });
  it('has a page for each address', () => {
    expect(['/library', '/new/run', '/live', '/live/queue', '/runs/a', '/compare/answer', '/system/doctor'].map(keyPageOf)).toEqual(['library', 'wizard', 'live', 'queue', 'live', 'results', 'everywhere']);
  });
});
