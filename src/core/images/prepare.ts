import { resample, type RgbImage } from './resample';

export const fits = ['crop', 'squash', 'pad'] as const;
/**
 * How an image of other proportions becomes as large as is wanted. `crop`: the middle, as torchvision's `Resize` and `CenterCrop`;
 * `squash`: all of it, distorted; `pad`: all of it, with black beside.
 */
export type Fit = (typeof fits)[number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Brings an image to a size: the one preparation of data sets, of images that a network is asked about, and of the preview.
 * An image of the very size is not resampled.
 * @returns uint8 RGB of the size, row by row
 */
export function prepareImage(image: RgbImage, target: Size, fit: Fit): Uint8Array {
  if (image.width === target.width && image.height === target.height) return image.pixels;
  switch (fit) {
    case 'squash': return resample(image, target.width, target.height);
    case 'crop': {
      const { width, height } = covering(image, target);
      return resample(image, width, height, { start: middle(width - target.width), count: target.width }, { start: middle(height - target.height), count: target.height });
    }
    case 'pad': return padded(image, target);
  }
}

/** The shorter side becomes the target's; the longer one is cut down to a whole pixel. */
function covering({ width, height }: Size, target: Size): Size {
  return width * target.height <= height * target.width
    ? { width: target.width, height: Math.max(target.height, Math.trunc((target.width * height) / width)) }
    : { width: Math.max(target.width, Math.trunc((target.height * width) / height)), height: target.height };
}

/** Half of it, as Python rounds: a half goes to the even number. */
function middle(rest: number): number {
  const below = Math.floor(rest / 2);
  return rest % 2 === 1 && below % 2 === 1 ? below + 1 : below;
}

function padded(image: RgbImage, target: Size): Uint8Array {
  const scale = Math.min(target.width / image.width, target.height / image.height);
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  const [width, height] = [side(image.width), side(image.height)];
  const inner = resample(image, width, height);
  const out = new Uint8Array(target.width * target.height * 3);
  const [left, top] = [Math.floor((target.width - width) / 2), Math.floor((target.height - height) / 2)];
  for (let y = 0; y < height; y++) out.set(inner.subarray(y * width * 3, (y + 1) * width * 3), ((y + top) * target.width + left) * 3);
  return out;
}
