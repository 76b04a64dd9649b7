import type { IconName } from '../../components/icons';
import { fold, match, type Folded, type Range } from './fuzzy';

/** In the order in which they stand where nothing is typed. */
const groups = ['recent', 'here', 'experiments', 'views', 'commands', 'runs', 'datasets', 'settings', 'words'] as const;
type Group = (typeof groups)[number];

export interface Entry {
  readonly id: string;
  readonly group: Exclude<Group, 'recent'>;
  readonly icon: IconName;
  readonly label: string;
  /** Shown beside the label. */
  readonly note?: string;
  /** Searched, not shown: names in the other language, ids. */
  readonly also?: string;
  readonly keys?: string;
  readonly run: () => void;
}

export interface Searchable extends Entry {
  readonly folded: Folded;
  readonly beside: string;
}
export const searchable = (entry: Entry): Searchable => ({ ...entry, folded: fold(entry.label), beside: fold(`${entry.note ?? ''} ${entry.also ?? ''}`).text });

interface Found {
  readonly entry: Entry;
  readonly ranges: readonly Range[];
}
export interface FoundGroup {
  readonly group: Group;
  readonly found: readonly Found[];
  /** Found as well, and not shown. */
  readonly more: number;
}

/** Entries that were run last come first among the like. */
const recentBonus = 15;
/** Shown of a group: while nothing is typed, and of what was typed. */
const shown = { unasked: { recent: 5, here: 8, experiments: 4, views: 20, commands: 4, runs: 4, datasets: 3, settings: 0, words: 1 } satisfies Record<Group, number>, asked: 6 };

/** Groups whose best are found equally well stand in their usual order. */
const tier = (score: number) => Math.floor(score / 25);

/** What the list holds. @param recent ids of the entries run last, the latest first */
export function search(entries: readonly Searchable[], query: readonly string[], recent: readonly string[]): readonly FoundGroup[] {
  if (query.length === 0) {
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    const last = recent.flatMap((id) => byId.get(id) ?? []).slice(0, shown.unasked.recent);
    return groups.map((group) => {
      const all = group === 'recent' ? last : entries.filter((entry) => entry.group === group && !last.includes(entry));
      return { group, found: all.slice(0, shown.unasked[group]).map((entry) => ({ entry, ranges: [] })), more: 0 };
    }).filter(({ found }) => found.length > 0);
  }
  const matches = entries.flatMap((entry) => {
    const found = match(query, entry.folded, entry.beside);
    if (!found) return [];
    const last = recent.indexOf(entry.id);
    return [{ entry, ranges: found.ranges, score: found.score + (last < 0 ? 0 : recentBonus - last) }];
  });
  return groups.map((group) => {
    const all = matches.filter(({ entry }) => entry.group === group).sort((a, b) => b.score - a.score);
    return { group, found: all.slice(0, shown.asked), more: Math.max(0, all.length - shown.asked), score: all[0]?.score ?? 0 };
  }).filter(({ found }) => found.length > 0).sort((a, b) => tier(b.score) - tier(a.score));
}
