import { describe, expect, it } from 'vitest';
import { rendererSources } from '../../../test/support/rendererSources';
import { checkIds } from '../../contracts/doctor';
import { errorCodes } from '../../contracts/errors';
import { en } from './en';
import { ja } from './ja';

type Tree = { readonly [key: string]: string | Tree };
const flatten = (tree: Tree, prefix = ''): Map<string, string> =>
  new Map(Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)])));
const english = flatten(en);
const japanese = flatten(ja);

const sources = [...rendererSources().values()].join('\n');

/** Keys written out (in quotes anywhere: some stand in tables), and the openings of keys that are put together. */
const written = new Set([...sources.matchAll(/'([a-z][A-Za-z]*(?:\.[A-Za-z0-9_-]+)+)'/g)].map((match) => match[1]!));
const patterns = [...sources.matchAll(/`([a-z][A-Za-z]*(?:\.[A-Za-z0-9-]+)*\.)\$\{[^}]+\}((?:\.[A-Za-z]+)*)`/g)].map((match) => [match[1]!, match[2]!] as const);
const called = new Set([...sources.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]!));
const isUsed = (key: string) => written.has(key) || patterns.some(([head, tail]) => key.startsWith(head) && key.endsWith(tail) && !key.slice(head.length, key.length - tail.length || undefined).includes('.'));

describe('messages', () => {
  it('are the same in both languages, with the same values in them', () => {
    expect([...japanese.keys()].sort()).toEqual([...english.keys()].sort());
    const values = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort();
    for (const [key, text] of english) expect({ key, values: values(japanese.get(key)!) }).toEqual({ key, values: values(text) });
  });
  it('exist for every key that is called', () => {
    expect([...called].filter((key) => !english.has(key))).toEqual([]);
  });
  it('are all used', () => {
    const dynamic = ['doctor.check.']; // reached by DoctorCheck.titleKey
    expect([...english.keys()].filter((key) => !isUsed(key) && !dynamic.some((head) => key.startsWith(head)))).toEqual([]);
  });
  it('name every error code and every check of doctor', () => {
    for (const code of errorCodes) expect(english.has(`errors.${code}`), code).toBe(true);
    for (const id of checkIds) expect(english.has(`doctor.check.${id}`), id).toBe(true);
  });
  it('keep to the style: no exclamation marks, no "please", no "successfully", no em dashes', () => {
    for (const text of english.values()) expect(text).not.toMatch(/!|\bplease\b|\bsuccessfully\b|—/i);
    for (const text of japanese.values()) expect(text).not.toMatch(/！|ください！|—/);
  });
});
