import { basename } from 'node:path';
import type { WeightsContents } from '../contracts/calls/interchange';
import { hasLibraryWeights, libraryWeightsFile } from './libraryWeights';
import { openWeights } from './openWeights';
import { stateDict } from './stateDict';

/**
 * Names and shapes of a file of weights, before anything is made of it. Of weights that the library has by `sha256`, its copy is read: the file
 * may have gone since.
 * @throws CultivarError weights-unreadable
 */
export async function readWeightsContents(library: string, { path, sha256 }: { readonly path: string; readonly sha256: string | null }): Promise<WeightsContents> {
  const own = sha256 !== null && (await hasLibraryWeights(library, sha256));
  const file = await openWeights(own ? libraryWeightsFile(library, sha256) : path);
  try {
    const { tensors, ignored } = stateDict(file);
    return { path, sha256, name: basename(path), format: file.format, tensors: tensors.map(({ name, shape }) => ({ name, shape })), ignored: ignored.length };
  } finally {
    await file.close();
  }
}
