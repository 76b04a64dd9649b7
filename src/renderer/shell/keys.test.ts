import { describe, expect, it } from 'vitest';
import { rendererSources } from '../../../test/support/rendererSources';
import { isComposing, keyName } from './keys';

const press = (part: Partial<KeyboardEvent>) => ({ key: 'a', ctrlKey: false, metaKey: false, altKey: false, isComposing: false, keyCode: 0, ...part }) as KeyboardEvent;

describe('keys', () => {
  it('are named as bindings write them', () => {
    expect(keyName(press({ key: 'K', ctrlKey: true }))).toBe('Ctrl+k');
    expect(keyName(press({ key: 'Enter', metaKey: true }))).toBe('Ctrl+Enter');
    expect(keyName(press({ key: ' ' }))).toBe('Space');
    expect(keyName(press({ key: '?' }))).toBe('?');
  });
  it('mean nothing while an input method composes', () => {
    expect(isComposing(press({ key: 'Enter', isComposing: true }))).toBe(true);
    expect(isComposing(press({ key: 'Enter', keyCode: 229 }))).toBe(true);
    expect(isComposing(press({ key: 'Enter', keyCode: 13 }))).toBe(false);
  });
  it('of a composition reach no handler that takes Enter or Escape beside a field', () => {
    const takes = (source: string) => /\bkey === '(Enter|Escape)'|@key(down|up)\.(enter|esc)/.test(source);
    const hasField = (source: string) => /<(input|textarea|Field|NumberField|DraftField)\b/.test(source);
    const risky = [...rendererSources()].filter(([, source]) => takes(source) && hasField(source));
    expect(risky.length).toBeGreaterThan(2);
    expect(risky.filter(([, source]) => !/\bisComposing\(event\)/.test(source) && !/keydown\.esc\.stop/.test(source)).map(([path]) => path)).toEqual([]);
  });
});
