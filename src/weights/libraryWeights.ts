import { createHash, randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../contracts/errors';
import type { TensorShape } from '../core/model/matchWeights';
import { asStorageError, makeFolder, syncFolder } from '../library/atomic';
import { openWeights } from './openWeights';
import { readSafetensors } from './safetensorsFile';
import { safetensorsHeader } from './safetensorsHeader';
import { stateDict } from './stateDict';
import { unreadable } from './weightFile';

export interface LibraryWeights {
  /** Names the weights: equal ones have it, from whatever kind of file they came. */
  readonly sha256: string;
  readonly tensors: readonly TensorShape[];
}

const weightsFolder = (library: string) => join(library, 'weights');
export const libraryWeightsFile = (library: string, sha256: string) => join(weightsFolder(library), `${sha256}.safetensors`);

/**
 * Copies the weights of a file into the library, in one form: float32, torchvision's names in order, no metadata, so that equal weights
 * are one file whose name is its sha256.
 * @throws CultivarError weights-unreadable, or a storage error
 */
export async function importWeights(library: string, path: string): Promise<LibraryWeights> {
  const file = await openWeights(path);
  try {
    const tensors = [...stateDict(file).tensors].sort((a, b) => (a.name < b.name ? -1 : 1));
    if (tensors.length === 0) throw unreadable(path, 'it holds no tensor of real numbers');
    await makeFolder(weightsFolder(library));
    const temporary = join(weightsFolder(library), `.${randomBytes(6).toString('hex')}.tmp`);
    try {
      const sha256 = await written(temporary, tensors);
      await rename(temporary, libraryWeightsFile(library, sha256));
      await syncFolder(weightsFolder(library));
      return { sha256, tensors };
    } catch (error) {
      await rm(temporary, { force: true });
      throw asStorageError(error, weightsFolder(library));
    }
  } finally {
    await file.close();
  }
}

/** One tensor at a time: a large file does not have to fit in memory. @returns the file's sha256 */
async function written(path: string, tensors: readonly (TensorShape & { read(): Promise<Float32Array> })[]): Promise<string> {
  const hash = createHash('sha256');
  const out = await open(path, 'wx');
  const put = async (bytes: Uint8Array) => {
    hash.update(bytes);
    await out.writeFile(bytes);
  };
  try {
    await put(safetensorsHeader(tensors));
    for (const tensor of tensors) {
      const data = await tensor.read();
      await put(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
    await out.sync();
  } finally {
    await out.close();
  }
  return hash.digest('hex');
}

export const hasLibraryWeights = (library: string, sha256: string) => stat(libraryWeightsFile(library, sha256)).then((found) => found.isFile(), () => false);

/** Names and shapes of the library's copy; its values are checked when they are read. @throws CultivarError weights-unreadable */
export async function libraryWeightsShapes(library: string, sha256: string): Promise<LibraryWeights> {
  const file = await openWeights(libraryWeightsFile(library, sha256));
  try {
    return { sha256, tensors: file.tensors.map(({ name, shape }) => ({ name, shape })) };
  } finally {
    await file.close();
  }
}

/**
 * The library's copy, checked against its hash.
 * @throws CultivarError weights-unreadable where it is missing or has changed
 */
export async function readLibraryWeights(library: string, sha256: string): Promise<ReadonlyMap<string, TensorShape & { readonly data: Float32Array }>> {
  const path = libraryWeightsFile(library, sha256);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw lost(path, 'is not there', error);
  });
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw lost(path, 'has changed since it was stored');
  const source = { size: bytes.length, read: (offset: number, length: number) => Promise.resolve(bytes.subarray(offset, offset + length)), close: () => Promise.resolve() };
  const tensors = await readSafetensors(source);
  return new Map(await Promise.all(tensors.map(async ({ name, shape, read }) => [name, { name, shape, data: await read() }] as const)));
}

const lost = (path: string, what: string, cause?: unknown) => new CultivarError({
  code: 'weights-unreadable',
  message: `The library's copy of the starting weights, ${path}, ${what}.`,
  remedy: 'Make a new run from the file that they came from.',
}, { cause });
