import { promisify } from 'node:util';
import yauzl from 'yauzl';
import { FileProblem } from './fileProblem';

/** An entry of a zip file: its place, sizes and name, checked to be plain. */
export interface ZipFile {
  readonly entries: ReadonlyMap<string, yauzl.Entry>;
  /** The bytes of an entry, whole. @throws FileProblem where they are not as many as `bytes` */
  read(entry: yauzl.Entry, bytes: number): Promise<Buffer>;
  /** The bytes of an entry in pieces. @throws FileProblem where they are not as many as `bytes` */
  pieces(entry: yauzl.Entry, bytes: number): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

const mostEntries = 20_000;

/**
 * Opens a zip file for reading single entries. Names that lead out of the archive, links, encrypted and doubled entries are refused.
 * @throws FileProblem
 */
export async function openZip(path: string): Promise<ZipFile> {
  const zip = await promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open)(path, { lazyEntries: true, autoClose: false, strictFileNames: true }).catch((error: unknown) => {
    throw new FileProblem(`its zip archive is damaged (${(error as Error).message})`);
  });
  const openStream = promisify(zip.openReadStream.bind(zip)) as (entry: yauzl.Entry) => Promise<NodeJS.ReadableStream>;
  async function* pieces(entry: yauzl.Entry, bytes: number): AsyncGenerator<Buffer> {
    // Said before a byte is unpacked: a small file may claim to be a very large one.
    if (entry.uncompressedSize !== bytes) throw new FileProblem(`${entry.fileName} has ${entry.uncompressedSize} bytes instead of ${bytes}`);
    let read = 0;
    try {
      for await (const piece of await openStream(entry)) {
        read += (piece as Buffer).length;
        if (read > bytes) break;
        yield piece as Buffer;
      }
    } catch (error) {
      throw new FileProblem(`${entry.fileName} is damaged (${(error as Error).message})`);
    }
    if (read !== bytes) throw new FileProblem(`${entry.fileName} does not have the ${bytes} bytes that it says`);
  }
  try {
    return {
      entries: await listed(zip),
      read: async (entry, bytes) => {
        const found: Buffer[] = [];
        for await (const piece of pieces(entry, bytes)) found.push(piece);
        return Buffer.concat(found);
      },
      pieces,
      close: () => closed(zip),
    };
  } catch (error) {
    await closed(zip);
    throw error;
  }
}

const closed = (zip: yauzl.ZipFile) => new Promise<void>((resolve) => {
  zip.once('close', resolve);
  zip.close();
});

function listed(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  if (zip.entryCount > mostEntries) throw new FileProblem(`it has ${zip.entryCount} entries`);
  return new Promise((resolve, reject) => {
    const entries = new Map<string, yauzl.Entry>();
    zip.on('error', (error: Error) => { reject(new FileProblem(`its zip archive is damaged (${error.message})`)); });
    zip.on('end', () => { resolve(entries); });
    zip.on('entry', (entry: yauzl.Entry) => {
      const problem = entryProblem(entry) ?? (entries.has(entry.fileName) ? 'is there twice' : null);
      if (problem) {
        reject(new FileProblem(`its entry ${JSON.stringify(entry.fileName)} ${problem}`));
        return;
      }
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function entryProblem(entry: yauzl.Entry): string | null {
  if (yauzl.validateFileName(entry.fileName) !== null) return 'leads out of the archive';
  if ((entry.generalPurposeBitFlag & 1) !== 0) return 'is encrypted';
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) return 'is a link';
  return null;
}
