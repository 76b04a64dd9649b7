import { join, posix } from 'node:path';
import { FileProblem } from '../../weights/fileProblem';
import type { Container, Entry } from '../containers/container';
import { fileEntry } from '../containers/folder';
import { isAside, nameProblem, shownName } from '../containers/safeName';
import type { ImportLimits } from '../limits';
import { EntryProblem } from '../problems';
import { splitOf, splitOfName, type ImportSource } from '../source';
import { checkClasses } from './classFolders';
import { listedSource, type Listed } from './listed';
import { parseList, type ListRow } from './table';

const isList = /\.(csv|tsv|jsonl|ndjson|txt)$/i;
/** Lists lie at the top, or one folder below. */
const deepestList = 2;

interface List { readonly name: string; readonly rows: readonly ListRow[] }

/** Lists of images inside a folder or an archive; null where there is none that names images of it. */
export async function listsInside(container: Container, limits: ImportLimits): Promise<ImportSource | null> {
  const candidates = container.entries.flatMap(({ name }, i) => (isList.test(name) && !isAside(name) && name.split('/').length <= deepestList ? [i] : [])).slice(0, 16);
  if (candidates.length === 0) return null;
  const places = new Map(container.entries.map(({ name }, i) => [name, i]));
  const lists: List[] = [];
  for await (const open of container.open(candidates)) {
    const rows = parseList((await open.read(limits.listBytes)).toString('utf8'));
    // A table of something else (prices, captions) has such columns too; one of images names files that are there.
    if (rows?.slice(0, 50).some(({ path }) => placeOf(places, open.entry.name, path) !== undefined)) lists.push({ name: open.entry.name, rows });
  }
  if (lists.length === 0) return null;
  return sourceOf(container, lists, (list, path) => placeOf(places, list, path), container.entries.length);
}

/** A list that was given itself: its paths begin in its own folder. Only what it names is looked at. */
export function listItself(path: string, text: string): ImportSource | null {
  const rows = parseList(text);
  if (rows === null) return null;
  const folder = posix.dirname(path);
  const names = [...new Set(rows.flatMap((row) => (nameProblem(row.path) === null ? [normal(row.path)] : [])))].sort();
  const entries = names.map((name): Entry => ({ name, bytes: null }));
  const container: Container = {
    kind: 'file', path, entries, quarantined: [], packedBytes: null,
    async *open(wanted) {
      for (const index of wanted) yield fileEntry(join(folder, names[index]!), entries[index]!);
    },
    close: () => Promise.resolve(),
  };
  const places = new Map(names.map((name, i) => [name, i]));
  return sourceOf(container, [{ name: posix.basename(path), rows }], (_, row) => places.get(normal(row)), rows.length);
}

const normal = (path: string) => posix.normalize(path.replaceAll('\\', '/')).replace(/^\.\//, '');

/** A row's path begins where its list lies, or at the top. */
function placeOf(places: ReadonlyMap<string, number>, list: string, path: string): number | undefined {
  if (nameProblem(path) !== null) return undefined;
  return places.get(normal(`${posix.dirname(list)}/${path}`)) ?? places.get(normal(path));
}

function sourceOf(container: Container, lists: readonly List[], place: (list: string, path: string) => number | undefined, entries: number): ImportSource {
  const rows = lists.flatMap(({ name, rows: own }) => own.map((row) => ({ ...row, list: name, split: (row.split === null || row.split === '' ? splitOfName(name) : splitOf(row.split)) ?? (row.split ? null : ('train' as const)) })));
  const labels = [...new Set(rows.map(({ label }) => label).filter((label) => label !== ''))];
  const classes = labels.every((label) => /^-?\d{1,9}$/.test(label)) ? labels.sort((a, b) => Number(a) - Number(b)) : labels.sort();
  checkClasses(classes);
  const index = new Map(classes.map((name, i) => [name, i]));
  const used = new Set<number>();
  const files = rows.map((row): Listed => {
    const entry = place(row.list, row.path) ?? -1;
    const problem = problemOf(row, entry, used.has(entry));
    if (problem === null) used.add(entry);
    return { entry, name: shownName(row.path) || `${row.list}, line ${row.line}`, label: index.get(row.label) ?? 0, split: row.split ?? 'train', problem };
  });
  if (used.size === 0) throw new FileProblem(`none of the ${rows.length.toLocaleString('en-US')} files that its list names is there`);
  return listedSource('manifest', container, classes, files, Math.max(0, entries - used.size - lists.length));
}

function problemOf(row: Omit<ListRow, 'split'> & { readonly list: string; readonly split: string | null }, entry: number, taken: boolean): EntryProblem | null {
  const where = `line ${row.line} of ${row.list}`;
  const name = nameProblem(row.path);
  if (row.path === '' || row.label === '') return new EntryProblem('bad-row', `${where} has no path or no label`);
  if (name !== null) return new EntryProblem(name.reason, name.message.replace('the archive', 'its folder'));
  if (entry === -1) return new EntryProblem('missing', `${where} names it, and it is not there`);
  if (row.split === null) return new EntryProblem('bad-row', `${where} names a split that is none of train, val and test`);
  return taken ? new EntryProblem('bad-row', `${where} names it again; the first row is used`) : null;
}
