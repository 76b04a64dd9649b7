import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { FileProblem } from '../../weights/fileProblem';
import type { Container } from '../containers/container';
import { countUnpacked } from '../containers/unpacked';
import type { ImportLimits } from '../limits';
import type { ImportSource } from '../source';
import { splitOfName } from '../source';
import { checkClasses } from './classFolders';
import { pixelTable, rowsOf, type PixelPart } from './pixelTable';

interface IdxFile { readonly place: number; readonly name: string; readonly gzip: boolean; readonly shape: readonly number[] }

/** Files of MNIST's family (http://yann.lecun.com/exdb/mnist/, "the IDX file format"), also gzipped; null where there are none. */
export async function idx(container: Container, limits: ImportLimits): Promise<ImportSource | null> {
  if (container.entries.length > 64) return null;
  const found: IdxFile[] = [];
  for (const place of container.entries.keys()) {
    const head = await headOf(container, place, limits);
    if (head) found.push(head);
  }
  const images = found.filter(({ shape }) => shape.length === 3);
  if (images.length === 0) return null;
  const pairs = images.map((file) => ({ file, labels: labelsOf(file, found, images.length) }));
  const [first] = images;
  const [, height, width] = first!.shape as [number, number, number];
  if (images.some(({ shape }) => shape[1] !== height || shape[2] !== width)) throw new FileProblem('its files hold images of several sizes');
  const parts: PixelPart[] = [];
  for (const { file, labels } of pairs) {
    const values = await labelValues(container, labels, limits);
    parts.push({ name: file.name, split: splitOfName(file.name) ?? 'train', labels: values, rows: (from) => rowsOf(piecesOf(container, file, limits), height * width, 16 + from * height * width) });
  }
  // Training images first, whatever the files are called.
  parts.sort((a, b) => Number(a.split !== 'train') - Number(b.split !== 'train'));
  const most = parts.reduce((top, { labels }) => Array.from(labels).reduce((own, label) => Math.max(own, label), top), 0);
  const classes = Array.from({ length: most + 1 }, (_, i) => String(i));
  checkClasses(classes);
  return pixelTable({ kind: 'idx', classes, size: { width, height }, channels: 1, parts, ignored: container.entries.length - 2 * pairs.length, quarantined: container.quarantined });
}

/** The shape of an IDX file of bytes; null for any other file. */
async function headOf(container: Container, place: number, limits: ImportLimits): Promise<IdxFile | null> {
  const { name } = container.entries[place]!;
  for await (const open of container.open([place])) {
    let first = Buffer.alloc(0);
    for await (const piece of open.pieces()) {
      if (first.length < 64) first = Buffer.concat([first, piece.subarray(0, 4096)]);
      if (first.length >= 64 && container.kind !== 'tar' && container.kind !== 'tar.gz') break;
    }
    const gzip = first[0] === 0x1f && first[1] === 0x8b;
    const file = { place, name: name.split('/').at(-1)!, gzip };
    const head = gzip ? await firstBytes(piecesOf(container, { ...file, shape: [] }, limits)) : first;
    if (head.length < 8 || head[0] !== 0 || head[1] !== 0 || head[2] !== 8 || (head[3] !== 1 && head[3] !== 3) || head.length < 4 + 4 * head[3]) return null;
    const shape = Array.from({ length: head[3] }, (_, i) => head.readUInt32BE(4 + 4 * i));
    if (shape.length === 3 && (shape[1]! < 1 || shape[2]! < 1 || shape[1]! > 4096 || shape[2]! > 4096)) throw new FileProblem(`${name} says that its images are ${shape[2]} × ${shape[1]} pixels large`);
    return { ...file, shape };
  }
  return null;
}

async function firstBytes(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  try {
    for await (const piece of pieces) return Buffer.from(piece.subarray(0, 64));
  } catch {
    // A damaged .gz is no table; if the set needs it, that is told by name.
  }
  return Buffer.alloc(0);
}

async function* piecesOf(container: Container, { place, gzip, name }: IdxFile, limits: ImportLimits): AsyncGenerator<Buffer> {
  for await (const open of container.open([place])) {
    if (!gzip) {
      yield* open.pieces();
      return;
    }
    let packed = 0;
    const source = Readable.from((async function* () {
      for await (const piece of open.pieces()) {
        packed += piece.length;
        yield piece;
      }
    })());
    const gunzip = createGunzip();
    source.on('error', (error) => { gunzip.destroy(error); });
    const unpacked = countUnpacked(() => packed, limits);
    try {
      for await (const piece of source.pipe(gunzip)) {
        unpacked.add((piece as Buffer).length);
        yield piece as Buffer;
      }
    } catch (error) {
      if (error instanceof FileProblem) throw error;
      throw new FileProblem(`${name} is damaged or was cut off (${(error as Error).message})`);
    } finally {
      source.destroy();
      gunzip.destroy();
    }
    return;
  }
}

/** `train-images-idx3-ubyte` goes with `train-labels-idx1-ubyte`; a lone pair goes together whatever it is called. */
function labelsOf(images: IdxFile, found: readonly IdxFile[], pairs: number): IdxFile {
  const labels = found.filter(({ shape }) => shape.length === 1);
  const wanted = plain(images.name);
  const own = labels.find(({ name }) => plain(name) === wanted) ?? (pairs === 1 && labels.length === 1 ? labels[0] : undefined);
  if (!own) throw new FileProblem(`${images.name} has no file of labels beside it`);
  if (own.shape[0] !== images.shape[0]) throw new FileProblem(`${images.name} says ${images.shape[0]} images, and ${own.name} ${own.shape[0]} labels`);
  return own;
}

const plain = (name: string) => name.toLowerCase().replace(/\.gz$/, '').replace(/images?|labels?|idx[13]|ubyte|byte|[^a-z0-9]/g, '');

async function labelValues(container: Container, file: IdxFile, limits: ImportLimits): Promise<Uint8Array> {
  const count = file.shape[0]!;
  if (count > limits.listBytes) throw new FileProblem(`${file.name} says ${count} labels`);
  const found: Buffer[] = [];
  let bytes = 0;
  for await (const piece of piecesOf(container, file, limits)) {
    found.push(piece);
    if ((bytes += piece.length) >= count + 8) break;
  }
  const labels = Buffer.concat(found).subarray(8, 8 + count);
  if (labels.length !== count) throw new FileProblem(`${file.name} says ${count} labels, and has ${labels.length}`);
  return labels;
}
