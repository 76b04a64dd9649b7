import { folded } from '../text/fold';

/** A word of a search. With a field it is about that setting, else about all text; `not` wants the opposite. */
export interface SearchTerm {
  readonly field: string | null;
  /** Folded (text/fold.ts). */
  readonly value: string;
  readonly not: boolean;
}

/** What is searched. */
export interface Searchable {
  /** All its words, folded. */
  readonly text: string;
  /** Its values under a field's short name, folded; null where it has no such field. */
  values(field: string): readonly string[] | null;
}

/**
 * A search as terms, all of which have to match: words, "several words", `epochs:20`, `stem:cifar`, `tag:"two words"`, `epochs:>=10`,
 * `lr:0.05..0.2`, and `-` in front of what is not wanted.
 */
export function parseSearch(query: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const [, minus, field, quoted, word] of folded(query).matchAll(/(-)?(?:([\p{L}][\p{L}\d.]*):)?(?:"([^"]*)"?|([^\s"]+))/gu)) {
    const value = quoted ?? word ?? '';
    if (value !== '') terms.push({ field: field ?? null, value, not: minus === '-' });
  }
  return terms;
}

export const matchesSearch = (terms: readonly SearchTerm[], of: Searchable): boolean => terms.every((term) => matches(term, of) !== term.not);

function matches({ field, value }: SearchTerm, of: Searchable): boolean {
  const values = field === null ? null : of.values(field);
  // A colon of a person's own text, such as a time.
  if (values === null) return of.text.includes(field === null ? value : `${field}:${value}`);
  const range = rangeOf(value);
  return values.some((own) => (range ? inside(own, range) : sameNumber(own, value) ?? own.includes(value)));
}

interface Range { readonly low: number; readonly high: number; readonly openLow: boolean; readonly openHigh: boolean }

function rangeOf(value: string): Range | null {
  const [, sign, bound] = /^(>=?|<=?)(.+)$/.exec(value) ?? [];
  if (sign !== undefined && isNumber(bound!)) {
    const at = Number(bound);
    return sign.startsWith('>') ? { low: at, high: Infinity, openLow: sign === '>', openHigh: false } : { low: -Infinity, high: at, openLow: false, openHigh: sign === '<' };
  }
  const [low, high] = value.split('..');
  return high !== undefined && isNumber(low!) && isNumber(high) ? { low: Number(low), high: Number(high), openLow: false, openHigh: false } : null;
}

function inside(own: string, { low, high, openLow, openHigh }: Range): boolean {
  if (!isNumber(own)) return false;
  const value = Number(own);
  return (openLow ? value > low : value >= low) && (openHigh ? value < high : value <= high);
}

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));
/** null where they are not both numbers: 2 is not found in 20. */
const sameNumber = (a: string, b: string): boolean | null => (isNumber(a) && isNumber(b) ? Number(a) === Number(b) : null);
