import { constants } from 'node:fs';
import { open, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Quarantined } from '../../contracts/importing';
import { errorCode } from '../../library/atomic';
import { FileProblem } from '../../weights/fileProblem';
import type { ImportLimits } from '../limits';
import { EntryProblem } from '../problems';
import type { Container, Entry, OpenEntry } from './container';
import { shownName } from './safeName';

/** Folders in folders are searched so deep. */
const deepest = 32;

/** A folder on the disk. Links are not followed: they may lead anywhere, and in a circle. */
export async function openFolder(path: string, limits: ImportLimits): Promise<Container> {
  const names: string[] = [];
  const quarantined: Quarantined[] = [];
  async function search(below: string, depth: number): Promise<void> {
    if (depth > deepest) throw new FileProblem(`its folders lie more than ${deepest} deep`);
    const folders: string[] = [];
    for await (const found of await opendir(join(path, below), { bufferSize: 512 })) {
      const name = below === '' ? found.name : `${below}/${found.name}`;
      if (found.isDirectory()) folders.push(name);
      else if (found.isFile()) names.push(name);
      else quarantined.push({ file: shownName(name), ...(found.isSymbolicLink() ? { reason: 'link', message: 'it is a link, and links are not followed' } : { reason: 'unreadable', message: 'it is no plain file' }) });
      if (names.length > limits.entries) throw new FileProblem(`it holds more than ${limits.entries.toLocaleString('en-US')} files`);
    }
    for (const folder of folders) await search(folder, depth + 1);
  }
  await search('', 0);
  names.sort();
  const entries = names.map((name): Entry => ({ name, bytes: null }));
  return {
    kind: 'folder', path, entries, quarantined, packedBytes: null,
    async *open(wanted) {
      for (const index of wanted) yield fileEntry(join(path, names[index]!), entries[index]!);
    },
    close: () => Promise.resolve(),
  };
}

/** A file on the disk as an entry. */
export function fileEntry(path: string, entry: Entry): OpenEntry {
  return {
    entry, path,
    read: (most) => readPlainFile(path, most),
    async *pieces() {
      const file = await openPlain(path);
      // The stream closes the file.
      for await (const piece of file.createReadStream({ highWaterMark: 1 << 20 })) yield piece as Buffer;
    },
  };
}

async function openPlain(path: string) {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    switch (errorCode(error)) {
      case 'ENOENT': throw new EntryProblem('missing', 'it is not there any more');
      case 'ELOOP': throw new EntryProblem('link', 'it is a link, and links are not followed');
      default: throw new EntryProblem('unreadable', `it cannot be opened (${errorCode(error) ?? String(error)})`);
    }
  }
}

/** A whole file, at most `most` bytes. @throws EntryProblem */
export async function readPlainFile(path: string, most: number): Promise<Buffer> {
  const file = await openPlain(path);
  try {
    const info = await file.stat();
    if (!info.isFile()) throw new EntryProblem('unreadable', 'it is no plain file');
    if (info.size > most) throw new EntryProblem('too-large', `it is ${Math.round(info.size / 1e6)} MB large`);
    return await file.readFile();
  } catch (error) {
    throw error instanceof EntryProblem ? error : new EntryProblem('unreadable', `it cannot be read (${errorCode(error) ?? String(error)})`);
  } finally {
    await file.close();
  }
}
