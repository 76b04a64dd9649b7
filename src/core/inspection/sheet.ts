import type { Size } from '../augmentation/image';
import type { Augmentation } from '../config/augmentation';
import { fitted } from '../figures/width';
import { decimal, type Locale } from '../text/format';
import { labelWeights, type DrawnImage } from './inspector';
import { augmentationText, labelOf } from './words';

/** What a sheet shows. Pixels are uint8 × 3. */
export interface SheetContent {
  readonly dataset: string;
  readonly size: Size;
  readonly original: Uint8Array;
  readonly index: number;
  readonly labelOf: (index: number) => string;
  readonly augmentation: Augmentation;
  readonly seed: number;
  readonly tiles: readonly { readonly pixels: Uint8Array; readonly drawn: DrawnImage }[];
}

/** `y`: of the baseline. Pixels of the sheet. */
export interface SheetText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly weight: 400 | 600;
  readonly soft: boolean;
}

export interface SheetTile {
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
  en: { original: 'original', seed: 'seed', epoch: 'epoch', image: 'image', exact: 'Training with this seed feeds exactly these pixels.' },
  ja: { original: '元の画像', seed: 'シード', epoch: 'エポック', image: '画像', exact: 'このシードの学習に入る画素そのものです。' },
} as const;

const margin = 24;
const gap = 12;
const line = 15;
const fontSize = 11;
const shownSide = 112;

/** The original beside its draws, each with what was drawn; policy, data set, image, seed and epochs above. */
export function sheetOf({ dataset, size, original, index, labelOf: className, augmentation, seed, tiles }: SheetContent, locale: Locale): Sheet {
  const say = words[locale];
  const zoom = Math.max(1, Math.floor(shownSide / Math.max(size.width, size.height)));
  const [across, down] = [size.width * zoom, size.height * zoom];
  const slot = Math.max(across, shownSide);
  const columns = Math.min(tiles.length, Math.max(4, Math.ceil(Math.sqrt(tiles.length))));
  const labels = tiles.map(({ drawn }) => linesOf(drawn, className, locale));
  const row = down + 6 + line * Math.max(1, ...labels.map(({ length }) => length)) + gap;
  const left = margin + slot + 2 * gap;
  const width = left + columns * (slot + gap) - gap + margin;
  const top = margin + 3 * line + 16;
  const epochs = tiles.map(({ drawn: { epoch } }) => epoch);
  const [first, last] = [Math.min(...epochs), Math.max(...epochs)];
  const text = (x: number, y: number, content: string, room: number, { size: em = fontSize, weight = 400, soft = false }: Partial<Pick<SheetText, 'size' | 'weight' | 'soft'>> = {}): SheetText => ({ x, y, text: fitted(content, room, em), size: em, weight, soft });
  const whole = width - 2 * margin;
  const heading = [
    text(margin, margin + 14, augmentationText(augmentation, locale), whole, { size: 16, weight: 600 }),
    text(margin, margin + 14 + 20, `${dataset}, ${say.image} ${index}, ${className(index)} · ${say.seed} ${seed} · ${say.epoch} ${first === last ? first : `${first}–${last}`}`, whole, { size: 12 }),
    text(margin, margin + 14 + 37, say.exact, whole, { size: fontSize, soft: true }),
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

/** Under a tile: what was done to it, a line each; crop and flip; its labels where they are mixed; the epoch. */
function linesOf(drawn: DrawnImage, className: (index: number) => string, locale: Locale): { content: string; strong: boolean }[] {
  const { main, rest } = labelOf(drawn, locale);
  const joined = ({ name, value }: { name: string; value: string }) => (value ? `${name} ${value}` : name);
  // Two images of one class are one label still.
  const weights = drawn.mix ? labelWeights(drawn, (index) => index) : [];
  return [
    ...main.map((fact) => ({ content: joined(fact), strong: true })),
    ...(rest.length > 0 ? [{ content: rest.map(joined).join(', '), strong: false }] : []),
    ...weights.map(({ label, weight }) => ({ content: `${decimal(weight, 2)} ${className(label)}`, strong: false })),
    { content: `${words[locale].epoch} ${drawn.epoch}`, strong: false },
  ];
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
