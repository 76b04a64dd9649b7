import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { ImportContainer, Quarantined } from '../contracts/importing';
import { imageFormat } from '../data/images/imageFormat';
import { FileProblem } from '../weights/fileProblem';
import type { Container } from './containers/container';
import { openFolder, readPlainFile } from './containers/folder';
import { openTarContainer } from './containers/tar';
import { openZipContainer } from './containers/zip';
import { cifar } from './layouts/cifar';
import { classFolders } from './layouts/classFolders';
import { idx } from './layouts/idx';
import { listItself, listsInside } from './layouts/manifest';
import { npz } from './layouts/npz';
import { parquet, parquetEntries, parquetFiles } from './layouts/parquet';
import { importLimits, type ImportLimits } from './limits';
import { asUnreadable, EntryProblem } from './problems';
import type { ImportSource } from './source';

export interface OpenedSource {
  readonly path: string;
  readonly container: ImportContainer;
  readonly source: ImportSource;
  /** What tells whether it is the same source as before: size and time of change. */
  readonly mark: string;
  readonly bytes: number;
  close(): Promise<void>;
}

/**
 * Opens images of any layout, told by what the files hold and not by their names.
 * @throws CultivarError import-unreadable, with what was found instead
 */
export async function openSource(given: string, limits: ImportLimits = importLimits): Promise<OpenedSource> {
  try {
    // A link that the person names is meant; links inside are not followed.
    const path = await realpath(given);
    const info = await stat(path);
    const mark = `${info.size} ${info.mtimeMs}`;
    if (info.isDirectory()) return await ofFolder(path, mark, limits);
    if (!info.isFile()) throw new FileProblem('it is neither a file nor a folder');
    return await ofFile(path, mark, info.size, limits);
  } catch (error) {
    throw asUnreadable(given, error instanceof EntryProblem ? new FileProblem(error.message) : error);
  }
}

async function ofFolder(path: string, mark: string, limits: ImportLimits): Promise<OpenedSource> {
  const container = await openFolder(path, limits);
  const tables = tablesOf(container).map((i) => container.entries[i]!.name);
  // Its own time says nothing of what lies deeper; the names of all files do.
  const names = createHash('sha256');
  for (const { name } of container.entries) names.update(`${name}\n`);
  const opened = { path, container: 'folder' as const, mark: `${mark} ${names.digest('hex')}`, bytes: 0 };
  if (tables.length > 0) {
    return { ...opened, ...(await tablesAt(path, tables, container.entries.length - tables.length, container.quarantined, limits)) };
  }
  return { ...opened, source: await inside(container, limits), close: () => container.close() };
}

/** Parquet files, hidden ones aside. */
const tablesOf = ({ entries }: Container) => entries.flatMap(({ name }, i) => (name.endsWith('.parquet') && !name.split('/').some((part) => part.startsWith('.')) ? [i] : []));

async function tablesAt(folder: string, names: readonly string[], ignored: number, quarantined: readonly Quarantined[], limits: ImportLimits): Promise<Pick<OpenedSource, 'source' | 'close'>> {
  const { files, close } = await parquetFiles(folder, names);
  try {
    return { source: await parquet(files, ignored, quarantined, limits), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function inside(container: Container, limits: ImportLimits): Promise<ImportSource> {
  try {
    const tables = tablesOf(container);
    if (tables.length > 0) return await parquet(await parquetEntries(container, tables, limits), container.entries.length - tables.length, container.quarantined, limits);
    return (await cifar(container, limits)) ?? (await npz(container, limits)) ?? (await idx(container, limits)) ?? (await listsInside(container, limits)) ?? folders(container);
  } catch (error) {
    await container.close();
    throw error;
  }
}

const packed = /\.(zip|tar|tgz|gz|bz2|xz|7z|rar|zst)$/i;

function folders(container: Container): ImportSource {
  try {
    return classFolders(container);
  } catch (error) {
    const archive = container.entries.find(({ name }) => packed.test(name));
    if (!(error instanceof FileProblem) || !archive) throw error;
    throw new FileProblem(`${error.message}. It holds the archive ${archive.name}: archives inside are not opened; unpack it, or import it by itself`);
  }
}

async function ofFile(path: string, mark: string, bytes: number, limits: ImportLimits): Promise<OpenedSource> {
  const head = await headOf(path, 512);
  const opened = { path, mark, bytes };
  const archive = async (container: Container): Promise<OpenedSource> => ({ ...opened, container: container.kind, source: await inside(container, limits), close: () => container.close() });
  const text = head.toString('latin1');
  if (head.length === 0) throw new FileProblem('it is empty');
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) return archive(await openZipContainer(path, limits));
  if (isTar(head)) return archive(await openTarContainer(path, false, limits));
  if (text.startsWith('\x1f\x8b')) return gzipped(path, opened, archive, limits);
  if (text.startsWith('PAR1')) {
    return { ...opened, container: 'file', ...(await tablesAt(dirname(path), [basename(path)], 0, [], limits)) };
  }
  if (isIdx(head)) return { ...opened, ...(await besides(path, limits)) };
  refuseKnown(head, text);
  if (!head.includes(0)) {
    const source = listItself(path, (await readPlainFile(path, limits.listBytes)).toString('utf8'));
    if (source) return { ...opened, container: 'file', source, close: () => Promise.resolve() };
    throw new FileProblem('it is a text without the columns path and label (the first line of a CSV names them; of JSON lines each object)');
  }
  throw new FileProblem('it is none of: a folder a class, zip, tar, tar.gz, CSV or JSON lines with path and label, CIFAR-10 or CIFAR-100, IDX, NumPy .npz, Parquet');
}

async function gzipped(path: string, opened: { path: string; mark: string; bytes: number }, archive: (container: Container) => Promise<OpenedSource>, limits: ImportLimits): Promise<OpenedSource> {
  const inner = await firstUnpacked(path);
  if (isTar(inner)) return archive(await openTarContainer(path, true, limits));
  if (isIdx(inner)) return { ...opened, ...(await besides(path, limits)) };
  throw new FileProblem(inner.length === 0 ? 'it is gzipped, and damaged' : 'it is a gzipped file that is neither a tar archive nor IDX');
}

/** IDX files come in pairs: the others lie beside. */
async function besides(path: string, limits: ImportLimits): Promise<Pick<OpenedSource, 'container' | 'source' | 'close'>> {
  const folder = await openFolder(dirname(path), limits);
  const here = folder.entries.flatMap(({ name }, i) => (name.includes('/') ? [] : [i])).filter((i) => /idx|ubyte|images?|labels?/i.test(folder.entries[i]!.name));
  const container: Container = { ...folder, entries: here.map((i) => folder.entries[i]!), open: (wanted) => folder.open(wanted.map((i) => here[i]!)) };
  const source = await idx(container, limits);
  if (!source) throw new FileProblem('it is an IDX file of labels, and no images lie beside it');
  return { container: 'file', source, close: () => folder.close() };
}

function refuseKnown(head: Buffer, text: string): void {
  if (imageFormat(head) !== null) throw new FileProblem('it is a single image: a data set needs images of two classes or more, each class in a folder of its own');
  if (text.startsWith('\x93NUMPY')) throw new FileProblem('it is one array: save images and labels together with numpy.savez');
  if (head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5) throw new FileProblem('it is a pickle by itself: give the folder or the archive that CIFAR came in');
  if (text.startsWith('BZh') || text.startsWith('\xfd7zXZ') || text.startsWith('7z\xbc\xaf') || text.startsWith('Rar!') || text.startsWith('\x28\xb5\x2f\xfd')) throw new FileProblem('it is packed as bzip2, xz, 7z, rar or zstd, and zip, tar and tar.gz are read: unpack it and give the folder');
  if (text.startsWith('\x89HDF')) throw new FileProblem('it is an HDF5 file, which is not read: save the arrays with numpy.savez');
}

async function headOf(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await file.read(buffer, 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The first block of a gzipped file; empty where it is damaged. */
async function firstUnpacked(path: string): Promise<Buffer> {
  const source = createReadStream(path, { end: 65_536 });
  const gunzip = createGunzip();
  source.on('error', (error) => { gunzip.destroy(error); });
  try {
    let found = Buffer.alloc(0);
    for await (const piece of source.pipe(gunzip)) {
      found = Buffer.concat([found, piece as Buffer]);
      if (found.length >= 512) return found.subarray(0, 512);
    }
    return found;
  } catch {
    return Buffer.alloc(0);
  } finally {
    source.destroy();
  }
}

/** By the sum over the head, which every kind of tar has had since 1979. */
function isTar(head: Buffer): boolean {
  if (head.length < 512) return false;
  const stored = parseInt(head.toString('latin1', 148, 156).replace(/[^0-7]/g, ''), 8);
  let sum = 8 * 32;
  for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += head[i]!;
  return stored === sum && sum > 256;
}

const isIdx = (head: Buffer) => head.length >= 8 && head[0] === 0 && head[1] === 0 && head[2] === 8 && (head[3] === 1 || head[3] === 3);
