import { lightTheme } from '../core/figures';
import { element, label, svgElement } from '../core/figures/svg';
import { paintedTiles, type Sheet } from '../core/inspection';

/** Pixels of the file to one of the sheet: sharp in print. */
const scale = 2;

/** The texts alone, to be laid over the images. */
export function sheetTexts({ width, height, texts }: Sheet): string {
  const content = texts.map(({ text, x, y, size, weight, soft }) => label(text, { x, y, size, weight, fill: soft ? lightTheme.inkSoft : lightTheme.ink })).join('');
  return svgElement(element('g', {}, content), { width, height, description: '', font: lightTheme.font });
}

/** The sheet as PNG. Fonts are the system's, as in the report. */
export async function sheetPng(sheet: Sheet): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const raw = { width: sheet.width * scale, height: sheet.height * scale, channels: 3 } as const;
  const texts = await sharp(Buffer.from(sheetTexts(sheet)), { density: 72 * scale }).resize(raw.width, raw.height, { fit: 'fill' }).png().toBuffer();
  return sharp(paintedTiles(sheet, scale), { raw }).composite([{ input: texts }]).png({ compressionLevel: 9 }).toBuffer();
}
