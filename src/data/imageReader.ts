import { openSync, readSync } from 'node:fs';
import type { ImageStore } from '../contracts/dataset';
import { CultivarError } from '../contracts/errors';

/**
 * Reads images of a store by their index. An image in memory comes without a copy; one of a file is read at once, by the calling thread, into memory
 * that the next one overwrites. The file stays open as long as the thread lives.
 * @returns for an index the image, uint8 HWC; valid until the next call
 * @throws CultivarError dataset-damaged where the file ends too early
 */
export function imageReader({ pixels, width, height, channels }: ImageStore): (index: number) => Uint8Array {
  const bytes = width * height * channels;
  if (pixels instanceof Uint8Array) return (index) => pixels.subarray(index * bytes, (index + 1) * bytes);
  const image = new Uint8Array(bytes);
  let file: number | null = null;
  return (index) => {
    file ??= openSync(pixels.path, 'r');
    for (let done = 0; done < bytes;) {
      const read = readSync(file, image, done, bytes - done, index * bytes + done);
      if (read === 0) throw new CultivarError({ code: 'dataset-damaged', message: `${pixels.path} ends too early.`, remedy: 'Restore the folder from a backup, or import the images again.' });
      done += read;
    }
    return image;
  };
}
