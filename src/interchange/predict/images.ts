import { readFile, readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { ResizeFilterType, ResizeFit, Transformer, type Metadata } from '@napi-rs/image';
import { PNG } from 'pngjs';
import { CultivarError } from '../../contracts/errors';

/** Kinds of image files that a folder is searched for. A file that is named itself is tried whatever it is called. */
const imageFile = /\.(png|jpe?g|webp|gif|tiff?|avif|bmp)$/i;

export const fits = ['crop', 'squash', 'pad'] as const;
/**
 * How an image of other proportions becomes as large as the network's input. `crop`: the middle, as torchvision's evaluation does;
 * `squash`: all of it, distorted; `pad`: all of it, with black beside.
 */
export type Fit = (typeof fits)[number];

/**
 * The image files that paths name, folders searched through, in the order given and within folders by name.
 * @throws CultivarError image-unreadable where a path is not there; usage where a folder has none
 */
export async function expandImagePaths(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map(async (path) => {
    const info = await stat(path).catch(() => null);
    if (!info?.isDirectory()) return [path];
    const names = (await readdir(path, { recursive: true })).filter((name) => imageFile.test(extname(name))).sort();
    if (names.length === 0) throw new CultivarError({ code: 'usage', message: `${path} has no image files.`, remedy: 'Give PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP files, or a folder of them.' });
    return names.map((name) => join(path, name));
  }));
  return found.flat();
}

/** Kinds that photographs come in. */
const formats: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif', 'bmp']);

/** Largest image that is decoded, in pixels: a small file may unpack to a very large picture. */
const mostPixels = 100_000_000;

/**
 * Decodes an image file to the network's input: turned as its EXIF data say, transparency on black, resized (Lanczos) where it has another
 * size. A file of the very size is not resampled: its pixels are the ones fed.
 * @param source a path, or the file's bytes
 * @returns uint8 HWC
 * @throws CultivarError image-unreadable
 */
export async function decodeImage(source: string | Uint8Array, name: string, input: { readonly width: number; readonly height: number }, fit: Fit): Promise<Uint8Array> {
  try {
    const bytes = typeof source === 'string' ? await readFile(source) : source;
    const image = new Transformer(bytes);
    const meta = await image.metadata(true);
    checkWhole(bytes, meta);
    const turned = (meta.orientation ?? 1) >= 5;
    const [width, height] = turned ? [meta.height, meta.width] : [meta.width, meta.height];
    const inner = fit === 'pad' ? inside(width, height, input) : input;
    image.rotate();
    // The width is set before the picture is turned where it is turned by a quarter.
    if (inner.width !== width || inner.height !== height) image.resize({ width: inner.width, height: inner.height, filter: ResizeFilterType.Lanczos3, fit: fit === 'crop' ? ResizeFit.Cover : ResizeFit.Fill });
    return onBlack(PNG.sync.read(await image.png()), input);
  } catch (error) {
    throw unreadable(name, error);
  }
}

function checkWhole(bytes: Uint8Array, { format, width, height }: Metadata): void {
  if (!formats.has(format)) throw new Error('the image format is none of photographs');
  if (width * height > mostPixels) throw new Error('Memory limit exceeded');
  // Decoders take a JPEG that was cut off as grey below; its last marker tells.
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-65_536);
  if (format === 'jpeg' && tail.lastIndexOf(Buffer.from([0xff, 0xd9])) === -1) throw new Error('the file was cut off');
}

/** The largest size of the same proportions in the input. */
function inside(width: number, height: number, input: { readonly width: number; readonly height: number }): { width: number; height: number } {
  const scale = Math.min(input.width / width, input.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** RGBA in the middle of a black input, as RGB. */
function onBlack({ data, width, height }: PNG, input: { readonly width: number; readonly height: number }): Uint8Array {
  const out = new Uint8Array(input.width * input.height * 3);
  const [left, top] = [Math.floor((input.width - width) / 2), Math.floor((input.height - height) / 2)];
  if (left < 0 || top < 0) throw new Error(`the image came out as ${width} × ${height}`);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      const to = ((y + top) * input.width + x + left) * 3;
      const alpha = data[from + 3]! / 255;
      for (let channel = 0; channel < 3; channel++) out[to + channel] = Math.round(data[from + channel]! * alpha);
    }
  }
  return out;
}

function unreadable(name: string, error: unknown): CultivarError {
  const text = (error as Error).message;
  const why = /ENOENT/.test(text) ? 'there is no such file' : /image format|not supported|unsupported/i.test(text) ? 'it is no image of a known kind' : /memory limit/i.test(text) ? 'it is too large' : 'it is damaged';
  return new CultivarError({ code: 'image-unreadable', message: `${name} cannot be read as an image: ${why}.`, detail: text }, { cause: error });
}
