import { FileProblem } from '../../weights/fileProblem';
import type { Container } from '../containers/container';
import type { ImportLimits } from '../limits';
import type { GivenSplit, ImportSource } from '../source';
import { pixelTable, rowsOf, type PixelPart } from './pixelTable';
import { PickledArray, textOf, unpickleDictionary } from './numpyPickle';

const side = 32;
const plane = side * side;
const imageBytes = 3 * plane;

interface Variant {
  readonly kind: 'cifar10-binary' | 'cifar10-python' | 'cifar100-binary' | 'cifar100-python';
  readonly parts: readonly { readonly file: string; readonly split: GivenSplit }[];
  readonly names: string;
  readonly classes: number;
  /** Bytes before an image's pixels, and which of them is the label. */
  readonly head: { readonly bytes: number; readonly label: number };
}

const ten = (ending: string) => [...[1, 2, 3, 4, 5].map((i) => ({ file: `data_batch_${i}${ending}`, split: 'train' as const })), { file: `test_batch${ending}`, split: 'test' as const }];
const hundred = (ending: string) => (['train', 'test'] as const).map((split) => ({ file: `${split}${ending}`, split }));

const variants: readonly Variant[] = [
  { kind: 'cifar10-binary', parts: ten('.bin'), names: 'batches.meta.txt', classes: 10, head: { bytes: 1, label: 0 } },
  { kind: 'cifar100-binary', parts: hundred('.bin'), names: 'fine_label_names.txt', classes: 100, head: { bytes: 2, label: 1 } },
  { kind: 'cifar10-python', parts: ten(''), names: 'batches.meta', classes: 10, head: { bytes: 0, label: 0 } },
  { kind: 'cifar100-python', parts: hundred(''), names: 'meta', classes: 100, head: { bytes: 0, label: 0 } },
];

/** CIFAR-10 or CIFAR-100 as their makers hand them out (https://www.cs.toronto.edu/~kriz/cifar.html); null where it is neither. */
export async function cifar(container: Container, limits: ImportLimits): Promise<ImportSource | null> {
  if (container.entries.length > 64) return null;
  const places = new Map(container.entries.map(({ name }, i) => [name.split('/').at(-1)!, i]));
  const variant = variants.find(({ parts, names }) => places.has(names) && parts.some(({ file }) => places.has(file)));
  if (!variant) return null;
  const parts = variant.parts.filter(({ file }) => places.has(file)).map((part) => ({ ...part, place: places.get(part.file)! }));
  const read = async (place: number): Promise<Buffer> => {
    // Awaited here: the archive is closed once this returns.
    for await (const open of container.open([place])) return await open.read(limits.listBytes);
    throw new FileProblem(`${container.entries[place]!.name} is not there any more`);
  };
  const python = variant.kind.endsWith('python');
  const classes = python ? pickledNames(await read(places.get(variant.names)!)) : (await read(places.get(variant.names)!)).toString('utf8').split('\n').map((line) => line.trim()).filter(Boolean);
  if (classes.length !== variant.classes || classes.some((name) => name === '')) throw new FileProblem(`${variant.names} names ${classes.length} classes instead of ${variant.classes}`);
  const tables: PixelPart[] = [];
  for (const { file, split, place } of parts) tables.push(await (python ? pickledPart : binaryPart)(file, split, () => read(place), variant));
  return pixelTable({
    kind: variant.kind, classes, size: { width: side, height: side }, channels: 3, parts: tables, quarantined: container.quarantined,
    ignored: container.entries.length - parts.length - 1,
  });
}

/** A row: one or two labels, then the red, the green and the blue plane. */
async function binaryPart(file: string, split: GivenSplit, read: () => Promise<Buffer>, { head }: Variant): Promise<PixelPart> {
  const rowBytes = head.bytes + imageBytes;
  const bytes = await read();
  if (bytes.length === 0 || bytes.length % rowBytes !== 0) throw new FileProblem(`${file} has ${bytes.length} bytes, which is no whole number of images of ${rowBytes} bytes: it was cut off, or is no file of CIFAR`);
  const labels = Uint8Array.from({ length: bytes.length / rowBytes }, (_, i) => bytes[i * rowBytes + head.label]!);
  return { name: file, split, labels, rows: (from) => interleavedRows(read, rowBytes, from, head.bytes) };
}

async function pickledPart(file: string, split: GivenSplit, read: () => Promise<Buffer>): Promise<PixelPart> {
  const { labels } = batchOf(file, await read());
  return { name: file, split, labels, rows: (from) => interleavedRows(async () => batchOf(file, await read()).pixels, imageBytes, from, 0) };
}

function batchOf(file: string, bytes: Buffer): { labels: readonly number[]; pixels: Buffer } {
  const batch = unpickleDictionary(bytes);
  const labels = batch.get('fine_labels') ?? batch.get('labels');
  const data = batch.get('data');
  if (!(data instanceof PickledArray) || !/^[|<>]?u1$/.test(data.type) || data.bytes.length % imageBytes !== 0) throw new FileProblem(`${file} holds no images of 32 × 32 pixels`);
  if (!Array.isArray(labels) || labels.length !== data.bytes.length / imageBytes || !labels.every((label): label is number => Number.isInteger(label))) throw new FileProblem(`${file} holds not as many labels as images`);
  return { labels, pixels: data.bytes };
}

function pickledNames(bytes: Buffer): string[] {
  const meta = unpickleDictionary(bytes);
  const names = meta.get('fine_label_names') ?? meta.get('label_names');
  if (!Array.isArray(names)) throw new FileProblem('its file of class names holds none');
  return names.map(textOf);
}

/** Planes become pixels. */
async function* interleavedRows(read: () => Promise<Buffer>, rowBytes: number, from: number, head: number): AsyncGenerator<Uint8Array> {
  const bytes = await read();
  for await (const row of rowsOf((async function* () { yield await Promise.resolve(bytes); })(), rowBytes, from * rowBytes)) {
    const out = new Uint8Array(imageBytes);
    for (let i = 0; i < plane; i++) {
      out[i * 3] = row[head + i]!;
      out[i * 3 + 1] = row[head + plane + i]!;
      out[i * 3 + 2] = row[head + 2 * plane + i]!;
    }
    yield out;
  }
}
