import { Transformer } from '@napi-rs/image';
import { GifReader } from 'omggif';
import type { RgbImage } from '../../core/images/resample';
import { oriented, toRgb, type RawImage } from '../../core/images/toRgb';
import { imageFormat, type ImageFormat } from './imageFormat';

/** Largest image that is decoded, in pixels: a small file may unpack to a very large picture. */
const mostPixels = 100_000_000;

export interface DecodedImage extends RgbImage {
  readonly format: ImageFormat;
  /** Size as stored; the image's own is after turning. */
  readonly stored: { readonly width: number; readonly height: number };
  readonly alpha: boolean;
  readonly turned: boolean;
}

/** Why an image cannot be used, as a stable word; the message says it. */
export class ImageProblem extends Error {
  constructor(readonly reason: ImageProblemReason, message: string) { super(message); }
}
export type ImageProblemReason = 'no-image' | 'truncated' | 'too-large' | 'damaged';

/** Colour types of @napi-rs/image: L8, La8, Rgb8, Rgba8, L16, La16, Rgb16, Rgba16. */
const layouts: readonly Pick<RawImage, 'channels' | 'bits'>[] = ([8, 16] as const).flatMap((bits) => ([1, 2, 3, 4] as const).map((channels) => ({ channels, bits })));

/**
 * Decodes an image file, of an animation the first frame, turned as its EXIF data say, transparency on black, 16 bits brought to 8.
 * @throws ImageProblem
 */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage> {
  const format = imageFormat(bytes);
  if (format === null) throw new ImageProblem('no-image', 'it is no image of a known kind');
  try {
    if (format === 'gif') return firstFrame(bytes);
    const image = new Transformer(bytes);
    const meta = await image.metadata(true);
    const stored = { width: meta.width, height: meta.height };
    checkPixels(stored);
    if (format === 'jpeg') checkEnd(bytes);
    const layout = layouts[meta.colorType];
    if (layout === undefined) throw new ImageProblem('no-image', 'its pixels are floating-point numbers');
    const pixels = await image.rawPixels();
    const { channels, bits } = layout;
    if (pixels.length !== stored.width * stored.height * channels * (bits / 8)) throw new ImageProblem('damaged', 'it is damaged');
    const orientation = meta.orientation ?? 1;
    return { ...oriented(toRgb({ pixels, ...stored, channels, bits }), orientation), format, stored, alpha: channels % 2 === 0 && isTransparent(pixels, channels * (bits / 8), bits / 8), turned: orientation >= 2 && orientation <= 8 };
  } catch (error) {
    throw error instanceof ImageProblem ? error : asProblem(error);
  }
}

/** Whether any pixel lets light through; the channel alone says nothing. Alpha is the last `alphaBytes` of a pixel's `bytes`. */
function isTransparent(pixels: Uint8Array, bytes: number, alphaBytes: number): boolean {
  for (let end = bytes; end <= pixels.length; end += bytes) {
    for (let i = end - alphaBytes; i < end; i++) if (pixels[i] !== 255) return true;
  }
  return false;
}

function checkPixels({ width, height }: { readonly width: number; readonly height: number }): void {
  if (width * height > mostPixels) throw new ImageProblem('too-large', `it is ${width} × ${height} pixels large, more than ${mostPixels / 1e6} million`);
  if (width < 1 || height < 1) throw new ImageProblem('damaged', 'it has no pixels');
}

/** Decoders take a JPEG that was cut off as grey below; its last marker tells. */
function checkEnd(bytes: Uint8Array): void {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-65_536);
  if (tail.lastIndexOf(Buffer.from([0xff, 0xd9])) === -1) throw new ImageProblem('truncated', 'it was cut off');
}

function firstFrame(bytes: Uint8Array): DecodedImage {
  // The size is in the first ten bytes: said before anything is unpacked.
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(10, bytes.byteLength));
  if (head.length < 10) throw new ImageProblem('truncated', 'it was cut off');
  const stored = { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
  checkPixels(stored);
  const reader = new GifReader(bytes as Buffer);
  if (reader.numFrames() < 1) throw new ImageProblem('damaged', 'it has no frame');
  const { x, y, width, height } = reader.frameInfo(0);
  if (x + width > stored.width || y + height > stored.height) throw new ImageProblem('damaged', 'its frame reaches over its edge');
  const pixels = new Uint8Array(stored.width * stored.height * 4);
  reader.decodeAndBlitFrameRGBA(0, pixels);
  const alpha = pixels.some((value, i) => i % 4 === 3 && value !== 255);
  return { ...toRgb({ pixels, ...stored, channels: 4, bits: 8 }), format: 'gif', stored, alpha, turned: false };
}

function asProblem(error: unknown): ImageProblem {
  const text = error instanceof Error ? error.message : String(error);
  if (/memory limit|limits? (are )?exceeded|dimensions? (is|are)? ?too large/i.test(text)) return new ImageProblem('too-large', 'it is too large');
  return /unexpected (end|eof)|failed to fill whole buffer|truncat|not enough|no more bytes|ended|exhausted/i.test(text) ? new ImageProblem('truncated', 'it was cut off') : new ImageProblem('damaged', 'it is damaged');
}
