import { fits, prepareImage, type Fit, type Size } from '../../core/images/prepare';
import { isGrey } from '../../core/images/toRgb';
import type { RgbImage } from '../../core/images/resample';
import { decodeImage, ImageProblem } from '../../data/images/decodeImage';
import { readPlainFile } from '../containers/folder';
import { EntryProblem } from '../problems';
import type { DecodeBatch, DecodeOutcome, DecodeSource, PreparedImage } from './protocol';

/** One image file, decoded and brought to its size; what is wrong with it comes back as data. */
export async function prepareFile(source: DecodeSource, { target, largest, fit }: Pick<DecodeBatch, 'target' | 'largest' | 'fit'>): Promise<DecodeOutcome> {
  try {
    const image = await decodeImage('bytes' in source ? source.bytes : await readPlainFile(source.path, source.most));
    return { image: prepared(image, target ?? shrunk(image, largest), fit, image) };
  } catch (error) {
    if (error instanceof ImageProblem || error instanceof EntryProblem) return { reason: error.reason, message: error.message };
    return { reason: 'damaged', message: `it cannot be decoded (${error instanceof Error ? error.message : String(error)})` };
  }
}

export function prepared(image: RgbImage, target: Size, fit: Fit, facts: Pick<PreparedImage, 'format' | 'alpha' | 'turned'>): PreparedImage {
  const { width, height } = image;
  const pixels = prepareImage(image, target, fit);
  return { pixels, size: { width: target.width, height: target.height }, width, height, format: facts.format, alpha: facts.alpha, turned: facts.turned, grey: isGrey(pixels), resampled: width !== target.width || height !== target.height };
}

/** The same proportions, at most `largest` on the longer side. */
export function shrunk({ width, height }: Size, largest: number): Size {
  const scale = Math.min(1, largest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** For a preview nothing is cut: of equal proportions the three are the same. */
export const anyFit: Fit = fits[1];
