import type { ImageStore } from '../../src/contracts/dataset';

/** Pixels of a store that is small enough to lie in memory, as those of tests are. */
export function pixelsOf({ pixels }: ImageStore): Uint8Array<SharedArrayBuffer> {
  if (!(pixels instanceof Uint8Array)) throw new Error('The images lie on the disk.');
  return pixels;
}
