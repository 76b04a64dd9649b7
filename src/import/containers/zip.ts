import { promisify } from 'node:util';
import { stat } from 'node:fs/promises';
import yauzl from 'yauzl';
import type { Quarantined } from '../../contracts/importing';
import { FileProblem } from '../../weights/fileProblem';
import type { ImportLimits } from '../limits';
import { EntryProblem } from '../problems';
import type { Container, Entry, OpenEntry, Unpacked } from './container';
import { nameProblem, shownName } from './safeName';
import { countUnpacked } from './unpacked';

/** A zip file, read entry by entry where it lies; entries are put in the order of their names, as a folder's are. */
export async function openZipContainer(path: string, limits: ImportLimits): Promise<Container> {
  const { size: packedBytes } = await stat(path);
  // Names are decoded and judged here: one that leads out is told by itself, and does not take the others along.
  const zip = await promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open)(path, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true }).catch((error: unknown) => {
    throw new FileProblem(`its zip archive is damaged (${(error as Error).message})`);
  });
  try {
    const { found, quarantined } = await listed(zip, limits);
    found.sort((a, b) => (a.name < b.name ? -1 : 1));
    // Entries may lie over each other and be small to store: what they claim together is judged before one is opened.
    const claimed = countUnpacked(packedBytes, limits);
    for (const { raw } of found) claimed.add(raw.uncompressedSize);
    const unpacked = countUnpacked(packedBytes, limits);
    return {
      kind: 'zip', path, packedBytes, quarantined, entries: found.map(({ name, raw }): Entry => ({ name, bytes: raw.uncompressedSize })),
      async *open(wanted) {
        for (const index of wanted) {
          const { name, raw } = found[index]!;
          yield zipEntry(zip, raw, { name, bytes: raw.uncompressedSize }, unpacked);
        }
      },
      close: () => closed(zip),
    };
  } catch (error) {
    await closed(zip);
    throw error;
  }
}

interface Found { readonly name: string; readonly raw: yauzl.Entry }

function listed(zip: yauzl.ZipFile, limits: ImportLimits): Promise<{ found: Found[]; quarantined: Quarantined[] }> {
  if (zip.entryCount > limits.entries) throw new FileProblem(`it has ${zip.entryCount.toLocaleString('en-US')} entries`);
  return new Promise((resolve, reject) => {
    const found = new Map<string, yauzl.Entry>();
    const quarantined: Quarantined[] = [];
    zip.on('error', (error: Error) => { reject(new FileProblem(`its zip archive is damaged (${error.message})`)); });
    zip.on('end', () => { resolve({ found: [...found].map(([name, raw]) => ({ name, raw })), quarantined }); });
    zip.on('entry', (entry: yauzl.Entry) => {
      const name = decoded(entry);
      const problem = nameProblem(name) ?? entryProblem(entry) ?? (found.has(name) ? { reason: 'bad-row' as const, message: 'its name is there twice; the first one is used' } : null);
      if (problem) quarantined.push({ file: shownName(name), ...problem });
      else if (!name.endsWith('/')) found.set(name, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

/** UTF-8 where the archive says so or the bytes are; else as old tools wrote it, byte by byte. */
function decoded(entry: yauzl.Entry): string {
  const bytes = entry.fileName as unknown as Buffer;
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') && (entry.generalPurposeBitFlag & 0x800) === 0 ? bytes.toString('latin1') : text;
}

function entryProblem(entry: yauzl.Entry) {
  if ((entry.generalPurposeBitFlag & 1) !== 0) return { reason: 'unreadable' as const, message: 'it is encrypted' };
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) return { reason: 'link' as const, message: 'it is a link, and links are not followed' };
  if (![0, 8].includes(entry.compressionMethod)) return { reason: 'unreadable' as const, message: `it is packed in a way that is not known (${entry.compressionMethod})` };
  return null;
}

function zipEntry(zip: yauzl.ZipFile, raw: yauzl.Entry, entry: Entry, unpacked: Unpacked): OpenEntry {
  async function* pieces(): AsyncGenerator<Buffer> {
    try {
      const stream = await (promisify(zip.openReadStream.bind(zip)) as (entry: yauzl.Entry) => Promise<NodeJS.ReadableStream>)(raw);
      for await (const piece of stream) {
        unpacked.add((piece as Buffer).length);
        yield piece as Buffer;
      }
    } catch (error) {
      if (error instanceof FileProblem) throw error;
      throw new EntryProblem('damaged', `its packed data are damaged (${(error as Error).message})`);
    }
  }
  return { entry, path: null, pieces, read: (most) => gathered(pieces(), raw.uncompressedSize, most) };
}

/** @param claimed what its header says, judged before a byte is unpacked */
export async function gathered(pieces: AsyncIterable<Buffer>, claimed: number, most: number): Promise<Buffer> {
  const tooLarge = (bytes: number) => new EntryProblem('too-large', `it is ${Math.round(bytes / 1e6)} MB large`);
  if (claimed > most) throw tooLarge(claimed);
  const found: Buffer[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    if ((bytes += piece.length) > most) throw tooLarge(bytes);
    found.push(piece);
  }
  return Buffer.concat(found);
}

const closed = (zip: yauzl.ZipFile) => new Promise<void>((resolve) => {
  zip.once('close', resolve);
  zip.close();
});
