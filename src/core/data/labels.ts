/** Class of each image: a byte each up to 256 classes, two bytes beyond. */
export type Labels = Uint8Array | Uint16Array;

/** Classes that a label of one byte can tell apart. */
const byteClasses = 256;
/** Classes that a data set may have: all that two bytes tell apart. */
export const mostClasses = 65_536;

export const labelBytes = (classes: number): 1 | 2 => (classes <= byteClasses ? 1 : 2);

/**
 * Labels as they lie in a file (two bytes: little endian, as every machine that Cultivar runs on has them), over the same memory.
 * @throws RangeError where two-byte labels begin or end in the middle
 */
export const labelsOf = <B extends ArrayBufferLike>(bytes: Uint8Array<B>, classes: number): Uint8Array<B> | Uint16Array<B> =>
  (labelBytes(classes) === 1 ? bytes : new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2));

/** Labels of `images` images. @param labelOf by the image's place, from 0 */
export const makeLabels = (classes: number, images: number, labelOf: (place: number) => number): Labels =>
  (labelBytes(classes) === 1 ? new Uint8Array(images).map((_, place) => labelOf(place)) : new Uint16Array(images).map((_, place) => labelOf(place)));
