import { resample, type RgbImage } from '../images/resample';

/** Images are compared at this size, whatever theirs is. Pixels. */
export const thumbnailSide = 32;
export const thumbnailBytes = thumbnailSide * thumbnailSide * 3;

/** uint8 RGB of `thumbnailSide`², stretched where the image is not square: both images of a pair are treated alike. */
export const thumbnailOf = (image: RgbImage): Uint8Array => resample(image, thumbnailSide, thumbnailSide);
