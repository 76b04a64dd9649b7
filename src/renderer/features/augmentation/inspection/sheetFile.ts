import type { InspectedData } from '../../../../contracts/calls/inspection';
import type { Augmentation } from '../../../../core/config/augmentation';
import { lightTheme } from '../../../../core/figures';
import { paintedTiles, sheetOf, toRgba, type Sheet } from '../../../../core/inspection';
import type { Locale } from '../../../../core/text/format';
import { tileOf, type DrawnTiles } from './protocol';

/** Pixels of the file to one of the sheet: sharp in print. */
const scale = 2;

/** What is on the screen, as a sheet. @param original uint8 × 3, or as tiles come, × 4 */
export function sheetOfTiles(data: InspectedData, original: Uint8Array | Uint8ClampedArray, index: number, policy: { readonly augmentation: Augmentation; readonly seed: number }, shown: DrawnTiles, locale: Locale): Sheet {
  const pixels = data.width * data.height;
  const tiles = shown.drawn.map((drawn, i) => ({ drawn, pixels: toRgb(tileOf(shown, i)) }));
  const ofThree = original.length === pixels * 3 ? Uint8Array.from(original) : toRgb(original);
  return sheetOf({ dataset: data.datasetName, size: data, original: ofThree, index, labelOf: (of) => data.labels[of] ?? -1, classes: data.classes, trained: data.train.includes(index), batchSize: data.batchSize, tiles, ...policy }, locale);
}

function toRgb(rgba: Uint8Array | Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!;
    rgb[to + 1] = rgba[from + 1]!;
    rgb[to + 2] = rgba[from + 2]!;
  }
  return rgb;
}

/** The sheet as PNG bytes for `file.save`, written in the window's own fonts: they have Japanese on every machine. @throws Error where the canvas cannot be had */
export async function sheetAsPng(sheet: Sheet): Promise<Uint8Array> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [sheet.width * scale, sheet.height * scale];
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The sheet is too large for a picture.');
  const rgba = new Uint8ClampedArray(canvas.width * canvas.height * 4);
  toRgba(paintedTiles(sheet, scale), rgba);
  context.putImageData(new ImageData(rgba, canvas.width, canvas.height), 0, 0);
  const font = ({ size, weight }: Pick<Sheet['texts'][number], 'size' | 'weight'>) => `${weight} ${size * scale}px ${lightTheme.font}`;
  // A face that the screen has not shown yet is not there before it is asked for.
  const faces = new Map<string, string>();
  for (const one of sheet.texts) faces.set(font(one), (faces.get(font(one)) ?? '') + one.text);
  await Promise.all([...faces].map(([face, text]) => document.fonts.load(face, text)));
  for (const one of sheet.texts) {
    context.font = font(one);
    context.fillStyle = one.soft ? lightTheme.inkSoft : lightTheme.ink;
    context.fillText(one.text, one.x * scale, one.y * scale);
  }
  const blob = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, 'image/png'); });
  if (!blob) throw new Error('The sheet could not be drawn as PNG.');
  return new Uint8Array(await blob.arrayBuffer());
}
