import { FileProblem } from '../../weights/fileProblem';
import type { Container } from '../containers/container';
import type { ImportLimits } from '../limits';
import { splitOf, type GivenSplit, type ImportSource } from '../source';
import { checkClasses } from './classFolders';
import { npyHead, npyValues, type NpyHead } from './npy';
import { pixelTable, rowsOf, type PixelPart } from './pixelTable';

interface NpyFile { readonly place: number; readonly name: string; readonly head: NpyHead }

/** Names that an array of images, and one of labels, go by. */
const imageWords = /^(x|images?|imgs?|data|inputs?|pixels|arr0)$/;
const labelWords = /^(y|labels?|targets?|classes|arr1)$/;

/** An archive of NumPy (`numpy.savez`) with arrays of images and of labels: `x_train`, `y_train`, `x_test`, …; null where there are no arrays. */
export async function npz(container: Container, limits: ImportLimits): Promise<ImportSource | null> {
  if (container.entries.length === 0 || container.entries.length > 64 || !container.entries.every(({ name }) => name.endsWith('.npy'))) return null;
  const files: NpyFile[] = [];
  for await (const open of container.open([...container.entries.keys()])) {
    let first = Buffer.alloc(0);
    for await (const piece of open.pieces()) {
      first = Buffer.concat([first, piece]);
      if (first.length >= 70_000) break;
    }
    const { name } = open.entry;
    files.push({ place: files.length, name: name.slice(0, -4), head: npyHead(first, name) });
  }
  const pairs = paired(files);
  if (pairs.length === 0) throw new FileProblem(`its arrays (${files.map(({ name, head }) => `${name} ${head.type} [${head.shape.join(', ')}]`).join('; ')}) are no images with labels: images are uint8 [images, height, width] or with 1, 3 or 4 channels, labels one number an image, called x_train and y_train or images and labels`);
  const shapes = pairs.map(({ images: { head } }) => imageShape(head));
  const { height, width, channels } = shapes[0]!;
  if (shapes.some((shape) => shape.height !== height || shape.width !== width || shape.channels !== channels)) throw new FileProblem('its arrays hold images of several sizes');
  const values = await Promise.all(pairs.map(({ labels, images }) => labelsOf(container, labels, images.head.shape[0]!, limits)));
  const distinct = [...new Set(values.flat())];
  const numeric = distinct.every((value): value is number => typeof value === 'number');
  if (numeric && distinct.some((value) => !Number.isInteger(value))) throw new FileProblem('its labels are no whole numbers');
  const classes = numeric ? distinct.sort((a, b) => a - b).map(String) : distinct.map(String).sort();
  checkClasses(classes);
  const index = new Map(classes.map((name, i) => [name, i]));
  const scaled = pairs.some(({ images: { head } }) => head.type[1] === 'f');
  const parts = pairs.map(({ images, split }, i): PixelPart => ({
    name: images.name, split, labels: values[i]!.map((value) => index.get(String(value))!),
    rows: (from) => byteRows(container, images, height * width * channels, from),
  }));
  return pixelTable({ kind: 'npz', classes, size: { width, height }, channels, parts, ignored: files.length - 2 * pairs.length, quarantined: container.quarantined, scaled });
}

function paired(files: readonly NpyFile[]): { images: NpyFile; labels: NpyFile; split: GivenSplit }[] {
  const named = files.map((file) => ({ file, ...partsOf(file.name) }));
  return named.flatMap(({ file: images, word, split }) => {
    if (!imageWords.test(word) || !isImages(images.head)) return [];
    const labels = named.find((other) => labelWords.test(other.word) && other.split === split && isLabels(other.file.head, images.head.shape[0]!));
    return labels ? [{ images, labels: labels.file, split: split ?? ('train' as const) }] : [];
  }).sort((a, b) => Number(a.split !== 'train') - Number(b.split !== 'train'));
}

/** `x_train`, `train_images`, `X`: the word and the split in a name. */
function partsOf(name: string): { word: string; split: GivenSplit | null } {
  const parts = name.toLowerCase().split(/[_\-. ]+/);
  const split = parts.map(splitOf).find((found) => found !== null) ?? null;
  return { word: parts.filter((part) => splitOf(part) === null).join(''), split };
}

const isImages = ({ type, shape }: NpyHead) => /^[|<]?(u1|f4|f8)$/.test(type) && (shape.length === 3 || (shape.length === 4 && [1, 3, 4].includes(shape[3]!))) && shape.every((side) => side > 0) && shape[1]! <= 4096 && shape[2]! <= 4096;
const isLabels = ({ shape }: NpyHead, images: number) => shape[0] === images && (shape.length === 1 || (shape.length === 2 && shape[1] === 1));
const imageShape = ({ shape }: NpyHead) => ({ height: shape[1]!, width: shape[2]!, channels: (shape[3] ?? 1) as 1 | 3 | 4 });

async function labelsOf(container: Container, { place, name, head }: NpyFile, count: number, limits: ImportLimits): Promise<(number | string)[]> {
  for await (const open of container.open([place])) return npyValues(await open.read(limits.listBytes), head, count, name);
  throw new FileProblem(`${name} is not there any more`);
}

/** Numbers from 0 to 1 become bytes; others stay. */
async function* byteRows(container: Container, { place, name, head }: NpyFile, values: number, from: number): AsyncGenerator<Uint8Array> {
  const width = Number(head.type.at(-1));
  for await (const open of container.open([place])) {
    for await (const row of rowsOf(open.pieces(), values * width, head.start + from * values * width)) {
      if (head.type.endsWith('u1')) {
        yield row;
        continue;
      }
      const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
      yield Uint8Array.from({ length: values }, (_, i) => {
        const value = width === 4 ? view.getFloat32(i * 4, true) : view.getFloat64(i * 8, true);
        if (!(value >= 0 && value <= 1)) throw new FileProblem(`${name} holds the value ${value}: images are whole numbers from 0 to 255, or numbers from 0 to 1`);
        return Math.round(value * 255);
      });
    }
  }
}
