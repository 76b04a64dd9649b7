import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import sharp from 'sharp';
import { CultivarError } from '../../contracts/errors';

/** Kinds of image files that a folder is searched for. A file that is named itself is tried whatever it is called. */
const imageFile = /\.(png|jpe?g|webp|gif|tiff?|avif)$/i;

export const fits = ['crop', 'squash', 'pad'] as const;
/**
 * How an image of other proportions becomes as large as the network's input. `crop`: the middle, as torchvision's evaluation does;
 * `squash`: all of it, distorted; `pad`: all of it, with black beside.
 */
export type Fit = (typeof fits)[number];

const sharpFit = { crop: 'cover', squash: 'fill', pad: 'contain' } as const;

/** Drawings and documents (SVG, PDF) are no photographs, and their readers do more than decode pixels. */
const formats: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp', 'gif', 'tiff', 'heif', 'avif']);

/** Largest image that is decoded, in pixels: a small file may unpack to a very large picture. */
const mostPixels = 100_000_000;

/**
 * The image files that paths name, folders searched through, in the order given and within folders by name.
 * @throws CultivarError image-unreadable where a path is not there; usage where a folder has none
 */
export async function expandImagePaths(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map(async (path) => {
    const info = await stat(path).catch(() => null);
    if (!info?.isDirectory()) return [path];
    const names = (await readdir(path, { recursive: true })).filter((name) => imageFile.test(extname(name))).sort();
    if (names.length === 0) throw new CultivarError({ code: 'usage', message: `${path} has no image files.`, remedy: 'Give PNG, JPEG, WebP, GIF, TIFF or AVIF files, or a folder of them.' });
    return names.map((name) => join(path, name));
  }));
  return found.flat();
}

/**
 * Decodes an image file to the network's input: turned as its EXIF data say, sRGB, transparency on black, resized (Lanczos) where it has
 * another size. A file of the very size is not resampled: its pixels are the ones fed.
 * @param source a path, or the file's bytes
 * @returns uint8 HWC
 * @throws CultivarError image-unreadable
 */
export async function decodeImage(source: string | Uint8Array, name: string, input: { readonly width: number; readonly height: number }, fit: Fit): Promise<Uint8Array> {
  try {
    const image = sharp(source, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 });
    if (!formats.has((await image.metadata()).format)) throw new Error('unsupported image format');
    const { data, info } = await image.rotate().toColourspace('srgb').flatten({ background: '#000' })
      .resize(input.width, input.height, { fit: sharpFit[fit], position: 'centre', background: '#000', kernel: 'lanczos3' }).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    if (info.channels === 3) return new Uint8Array(data);
    if (info.channels !== 1) throw new Error(`it has ${info.channels} channels`);
    return Uint8Array.from({ length: data.length * 3 }, (_, i) => data[Math.floor(i / 3)]!);
  } catch (error) {
    throw unreadable(name, error);
  }
}

function unreadable(name: string, error: unknown): CultivarError {
  const text = (error as Error).message;
  const why = /missing|no such file|ENOENT/i.test(text) ? 'there is no such file' : /unsupported image format/i.test(text) ? 'it is no image of a known kind' : /pixel limit/i.test(text) ? 'it is too large' : 'it is damaged';
  return new CultivarError({ code: 'image-unreadable', message: `${name} cannot be read as an image: ${why}.`, detail: text }, { cause: error });
}
