import { mixesLabels } from '../augmentation';
import type { Size } from '../augmentation/image';
import type { Augmentation } from '../config/augmentation';
import { fitted, textWidth } from '../figures/width';
import { decimal, type Locale } from '../text/format';
import { labelWeights, type DrawnImage } from './inspector';
import { augmentationText, labelOf } from './words';

/** What a sheet shows. Pixels are uint8 × 3. */
export interface SheetContent {
  readonly dataset: string;
  readonly size: Size;
  readonly original: Uint8Array;
  readonly index: number;
  /** Class of an image. */
  readonly labelOf: (index: number) => number;
  readonly classes: readonly string[];
  /** Whether the image is trained on; a validation image is fed in no run. */
  readonly trained: boolean;
  readonly batchSize: number;
  readonly augmentation: Augmentation;
  readonly seed: number;
  readonly tiles: readonly { readonly pixels: Uint8Array; readonly drawn: DrawnImage }[];
}

/** `y`: of the baseline. Pixels of the sheet. */
interface SheetText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly weight: 400 | 600;
  readonly soft: boolean;
}

interface SheetTile {
  readonly x: number;
  readonly y: number;
  readonly pixels: Uint8Array;
}

/** A sheet as data: a file's and a canvas's painter make the same picture of it. Dark on white. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly image: Size;
  /** Side of a pixel of the images in pixels of the sheet: a whole number, so that they stay crisp. */
  readonly zoom: number;
  readonly tiles: readonly SheetTile[];
  readonly texts: readonly SheetText[];
}

const words = {
  en: {
    original: 'original', seed: 'seed', epoch: 'epoch', image: 'image',
    exact: 'Training with this seed feeds exactly these pixels.', batches: (size: number) => `Training with this seed, this split and batches of ${size} feeds exactly these pixels.`, heldOut: 'A validation image: it would be drawn like this, and no run is trained on it.',
  },
  ja: {
    original: '元の画像', seed: 'シード', epoch: 'エポック', image: '画像',
    exact: 'このシードの学習に入る画素そのものです。', batches: (size: number) => `このシード・この分割・バッチ ${size} 枚の学習に入る画素そのものです。`, heldOut: '検証用の画像です。学習に使うとすればこうなりますが、どの実行にも入りません。',
  },
} as const;

const margin = 24;
const gap = 12;
const line = 15;
const fontSize = 11;
const shownSide = 112;

/** The original beside its draws, each with what was drawn; policy, data set, image, seed and epochs above. */
export function sheetOf({ dataset, size, original, index, labelOf: classOf, classes, trained, batchSize, augmentation, seed, tiles }: SheetContent, locale: Locale): Sheet {
  const say = words[locale];
  const zoom = Math.max(1, Math.floor(shownSide / Math.max(size.width, size.height)));
  const [across, down] = [size.width * zoom, size.height * zoom];
  const slot = Math.max(across, shownSide);
  const columns = Math.min(tiles.length, Math.max(4, Math.ceil(Math.sqrt(tiles.length))));
  const className = (of: number) => classes[classOf(of)] ?? '';
  const labels = tiles.map(({ drawn }) => linesOf(drawn, classOf, classes, slot, locale));
  const row = down + 6 + line * Math.max(1, ...labels.map(({ length }) => length)) + gap;
  const left = margin + slot + 2 * gap;
  const width = left + columns * (slot + gap) - gap + margin;
  const epochs = tiles.map(({ drawn: { epoch } }) => epoch);
  const [first, last] = [Math.min(...epochs), Math.max(...epochs)];
  const text = (x: number, y: number, content: string, room: number, { size: em = fontSize, weight = 400, soft = false }: Partial<Pick<SheetText, 'size' | 'weight' | 'soft'>> = {}): SheetText => ({ x, y, text: fitted(content, room, em), size: em, weight, soft });
  const whole = width - 2 * margin;
  const title = wrapped(augmentationText(augmentation, locale), whole, 16, 3);
  const under = margin + 14 + 21 * (title.length - 1);
  const top = under + 60;
  const said = !trained ? say.heldOut : mixesLabels(augmentation) ? say.batches(batchSize) : say.exact;
  const heading = [
    ...title.map((words, i) => text(margin, margin + 14 + 21 * i, words, whole, { size: 16, weight: 600 })),
    text(margin, under + 20, `${[dataset, `${say.image} ${index}`, className(index)].join(locale === 'ja' ? '、' : ', ')} · ${say.seed} ${seed} · ${say.epoch} ${first === last ? first : `${first}–${last}`}`, whole, { size: 12 }),
    text(margin, under + 37, said, whole, { size: fontSize, soft: true }),
    text(margin, top + down + 16, say.original, slot, { weight: 600 }),
    text(margin, top + down + 16 + line, className(index), slot, { soft: true }),
    text(margin, top + down + 16 + 2 * line, `${size.width} × ${size.height}`, slot, { soft: true }),
  ];
  const places = tiles.map((_, i) => ({ x: left + (i % columns) * (slot + gap), y: top + Math.floor(i / columns) * row }));
  return {
    width, image: size, zoom, height: Math.ceil(top + Math.max(Math.ceil(tiles.length / columns) * row - gap, down + 6 + 3 * line) + margin),
    tiles: [{ x: margin, y: top, pixels: original }, ...tiles.map(({ pixels }, i) => ({ ...places[i]!, pixels }))],
    texts: [...heading, ...labels.flatMap((lines, i) => lines.map(({ content, strong }, at) => text(places[i]!.x, places[i]!.y + down + 16 + at * line, content, slot, { weight: strong ? 600 : 400, soft: !strong })))],
  };
}

/** Under a tile: what was done to it; crop and flip; its labels where they are mixed; the epoch. */
function linesOf(drawn: DrawnImage, classOf: (index: number) => number, classes: readonly string[], room: number, locale: Locale): { content: string; strong: boolean }[] {
  const { main, rest } = labelOf(drawn, locale);
  const joined = ({ name, value }: { name: string; value: string }) => (value ? `${name} ${value}` : name);
  const soft = (content: string) => ({ content, strong: false });
  return [
    ...main.flatMap((fact) => wrapped(joined(fact), room, fontSize, 3)).map((content) => ({ content, strong: true })),
    ...(rest.length > 0 ? wrapped(rest.map(joined).join(', '), room, fontSize, 2).map(soft) : []),
    ...(drawn.mix ? labelWeights(drawn, classOf).map(({ label, weight }) => soft(`${decimal(weight, 2)} ${classes[label] ?? ''}`)) : []),
    soft(`${words[locale].epoch} ${drawn.epoch}`),
  ];
}

/** In lines of a width, broken at spaces; what is too much for `most` lines stays in the last one, which is cut off. */
function wrapped(text: string, room: number, size: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && (lines.length === most || textWidth(longer, size) <= room)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * The sheet's images on white, its texts left to the painter.
 * @param scale device pixels to a pixel of the sheet, a whole number
 * @returns uint8 × 3, scale · height rows of scale · width
 */
export function paintedTiles({ width, height, image, zoom, tiles }: Sheet, scale: number): Uint8Array {
  const rowBytes = width * scale * 3;
  const out = new Uint8Array(rowBytes * height * scale).fill(255);
  const side = zoom * scale;
  for (const { x, y, pixels } of tiles) {
    for (let py = 0; py < image.height; py++) {
      const start = (y * scale + py * side) * rowBytes + x * scale * 3;
      for (let px = 0, to = start; px < image.width; px++) {
        const from = (py * image.width + px) * 3;
        for (let n = 0; n < side; n++) {
          out[to++] = pixels[from]!;
          out[to++] = pixels[from + 1]!;
          out[to++] = pixels[from + 2]!;
        }
      }
      for (let n = 1; n < side; n++) out.copyWithin(start + n * rowBytes, start, start + image.width * side * 3);
    }
  }
  return out;
}
