import { folded } from './fold';

/** Of one tag, in characters. */
const longestTag = 40;
/** Of one run or experiment. */
export const mostTags = 30;

/**
 * A tag as it is kept: full-width forms made plain, spaces single. null for what cannot be one: empty, too long, with a comma or a colon (which
 * separate tags and search words), or with a sign in front (which adds and removes them on the command line).
 */
export function cleanTag(text: string): string | null {
  const tag = text.normalize('NFKC').replace(/\s+/g, ' ').trim();
  return tag.length === 0 || [...tag].length > longestTag || /[,:"\p{Cc}]|^[+-]/u.test(tag) ? null : tag;
}

/** Tags with some added and some removed, each once, in the order in which they came. "Seminar" and "seminar" are one. */
export function changedTags(tags: readonly string[], add: readonly string[], remove: readonly string[]): string[] {
  const gone = new Set(remove.map(folded));
  const kept = new Map(tags.filter((tag) => !gone.has(folded(tag))).map((tag) => [folded(tag), tag]));
  for (const tag of add) if (!kept.has(folded(tag))) kept.set(folded(tag), tag);
  return [...kept.values()];
}
