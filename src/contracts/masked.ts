/** What of a text tells who and where: names and folders of this computer. */
export interface Private {
  /** Folders by the word that stands for them, such as LIBRARY. */
  readonly folders: Readonly<Record<string, string>>;
  /** Names by the word that stands for them, such as USER. */
  readonly names: Readonly<Record<string, string>>;
}

const nothing: Private = { folders: {}, names: {} };
/** Words that are no one's name, and stand in paths and messages of any machine. */
const anyones = new Set(['root', 'user', 'admin', 'localhost', 'home']);
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * A text that is pasted where others read it: without the names of person and computer, the folders of the library and of a home, and
 * passwords in addresses. Longer folders go first, since one may lie in another.
 */
export function masked(text: string, { folders, names }: Private = nothing): string {
  const places = Object.entries(folders).filter(([, path]) => path.length > 1).sort(([, a], [, b]) => b.length - a.length);
  const withoutFolders = places.reduce((out, [word, path]) => out.replace(new RegExp(`${escaped(path)}(?![\\p{L}\\p{N}_-])`, 'gu'), word), text);
  const withoutHomes = withoutFolders
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]+(?::[^\s/@]*)?@/gi, '$1***@')
    .replace(/\b[A-Za-z]:\\Users\\[^\\\s:,)']+/g, '~')
    .replace(/\/(?:home|Users)\/[^/\s:,)']+|\/root(?=\/|\s|$)/g, '~');
  const people = Object.entries(names).filter(([, name]) => name.length > 1 && !anyones.has(name.toLowerCase())).sort(([, a], [, b]) => b.length - a.length);
  return people.reduce((out, [word, name]) => out.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`, 'giu'), word), withoutHomes);
}
