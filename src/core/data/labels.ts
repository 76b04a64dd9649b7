/** Class of each image: a byte each up to 256 classes, two bytes beyond. */
export type Labels = Uint8Array | Uint16Array;

/** Classes that a label of one byte can tell apart. */
const byteClasses = 256;
/** Classes that a data set may have: all that two bytes tell apart. */
export const mostClasses = 65_536;

export const labelBytes = (classes: number): 1 | 2 => (classes <= byteClasses ? 1 : 2);

/** Labels as they lie in a file (two bytes: little endian, as every machine that Cultivar runs on has them). @param bytes of which the memory is used */
export function labelsOf(bytes: Uint8Array, classes: number): Labels {
  if (labelBytes(classes) === 1) return bytes;
  // A view must start on a whole number of labels.
  const from = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice();
  return new Uint16Array(from.buffer, from.byteOffset, from.byteLength / 2);
}

/** Room for so many labels. */
export const newLabels = (classes: number, images: number): Labels => (labelBytes(classes) === 1 ? new Uint8Array(images) : new Uint16Array(images));
