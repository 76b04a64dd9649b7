import { readFile, readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { CultivarError } from '../../contracts/errors';
import { prepareImage, type Fit, type Size } from '../../core/images/prepare';
import type { RgbImage } from '../../core/images/resample';
import { decodeImage as decode, ImageProblem } from '../../data/images/decodeImage';

export { fits, type Fit } from '../../core/images/prepare';

/** Kinds of image files that a folder is searched for. A file that is named itself is tried whatever it is called. */
const imageFile = /\.(png|jpe?g|webp|gif|tiff?|avif|bmp)$/i;

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

/**
 * Decodes an image file to the network's input, as data sets are prepared: turned as its EXIF data say, transparency on black, resized
 * (antialiased) where it has another size. A file of the very size is not resampled: its pixels are the ones fed.
 * @param source a path, or the file's bytes
 * @returns uint8 HWC
 * @throws CultivarError image-unreadable
 */
export async function decodeImage(source: string | Uint8Array, name: string, input: Size, fit: Fit): Promise<Uint8Array> {
  return prepareImage(await readImageFile(source, name), input, fit);
}

/**
 * The same at the file's own size.
 * @throws CultivarError image-unreadable
 */
export async function readImageFile(source: string | Uint8Array, name: string): Promise<RgbImage> {
  try {
    return await decode(typeof source === 'string' ? await readFile(source) : source);
  } catch (error) {
    const text = (error as Error).message;
    const why = error instanceof ImageProblem ? text : /ENOENT/.test(text) ? 'there is no such file' : 'it is damaged';
    throw new CultivarError({ code: 'image-unreadable', message: `${name} cannot be read as an image: ${why}.`, detail: text }, { cause: error });
  }
}
