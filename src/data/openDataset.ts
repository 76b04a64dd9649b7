import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetManifestSchema, type DatasetManifest, type ImageFile, type OpenDataset } from '../contracts/dataset';
import { CultivarError } from '../contracts/errors';
import { labelBytes, labelsOf } from '../core/data/labels';
import { errorCode } from '../library/atomic';
import { cultivarCommand } from '../library/command';
import { datasetFolder } from '../library/paths';
import { fileHash, sha256Of } from './fileHash';
import { datasetRevision } from './revision';

type StoredFile = keyof DatasetManifest['files'];

/** Files whose hash this process has checked: path to size, time of change and hash. */
const checkedFiles = new Map<string, string>();

/** Where a revision's files lie: in a folder of its own, or in the data set's where it has only the one. */
export async function revisionFolder(libraryDir: string, id: string, revision: string): Promise<string> {
  const own = join(datasetFolder(libraryDir, id), 'revisions', revision);
  return (await stat(join(own, 'manifest.json')).then(() => true, () => false)) ? own : datasetFolder(libraryDir, id);
}

/**
 * Reads a data set's manifest.
 * @param revision the one that a run saw; left out, the one that new runs are made on. A revision that is gone gives the current one: whoever
 *   needs the very one compares
 * @throws CultivarError dataset-unknown, dataset-damaged
 */
export async function readDatasetManifest(libraryDir: string, id: string, revision?: string): Promise<DatasetManifest> {
  let text: string;
  try {
    text = await readFile(join(revision === undefined ? datasetFolder(libraryDir, id) : await revisionFolder(libraryDir, id, revision), 'manifest.json'), 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    throw new CultivarError({
      code: 'dataset-unknown',
      message: `The library ${libraryDir} has no data set "${id}".`,
      ...importAgain(id),
    });
  }
  try {
    const manifest = datasetManifestSchema.parse(JSON.parse(text));
    const files = { imagesSha256: manifest.files['images.bin'].sha256, labelsSha256: manifest.files['labels.bin'].sha256 };
    if (datasetRevision({ ...manifest, ...files }) !== manifest.revision) throw new Error('its revision does not match its content');
    return manifest;
  } catch (error) {
    throw damaged(id, 'manifest.json', 'cannot be used', error);
  }
}

/**
 * Checks a data set's files against its manifest: sizes always, sha256 once a process and again after a file has changed.
 * @param deep hash every file now
 * @throws CultivarError dataset-unknown, or dataset-damaged with the file's name and the command that mends it
 */
export async function verifyDataset(libraryDir: string, id: string, options: { readonly deep?: boolean } = {}): Promise<DatasetManifest> {
  const manifest = await readDatasetManifest(libraryDir, id);
  const folder = await revisionFolder(libraryDir, id, manifest.revision);
  for (const name of Object.keys(manifest.files) as StoredFile[]) {
    const path = join(folder, name);
    if (options.deep) checkedFiles.delete(path);
    await checkedFile(manifest, path, name);
  }
  return manifest;
}

/** Images of at most so many bytes are held in memory (CIFAR-10 takes 184 MB); of larger data sets each is read when it is wanted. */
const heldBytes = 1024 ** 3;

/**
 * Opens a data set: labels in shared memory, and so are pixels unless they are many.
 * @param revision as readDatasetManifest takes it
 * @param holdAtMost bytes of images that are held in memory; what comes out of a training does not depend on it
 * @throws CultivarError dataset-unknown, dataset-damaged
 */
export async function openDataset(libraryDir: string, id: string, revision?: string, holdAtMost = heldBytes): Promise<OpenDataset> {
  const manifest = await readDatasetManifest(libraryDir, id, revision);
  const { counts, image, classes } = manifest;
  const folder = await revisionFolder(libraryDir, id, manifest.revision);
  const read = (name: StoredFile) => readShared(manifest, join(folder, name), name);
  const images = counts.train + counts.test;
  const wanted = { 'images.bin': images * image.width * image.height * image.channels, 'labels.bin': images * labelBytes(classes.length) };
  for (const name of ['images.bin', 'labels.bin'] as const) if (manifest.files[name].bytes !== wanted[name]) throw damaged(id, 'manifest.json', `counts ${images} images, which is not what the files hold`);
  const pixels = wanted['images.bin'] <= holdAtMost ? await read('images.bin') : await checkedFile(manifest, join(folder, 'images.bin'), 'images.bin');
  const labels = labelsOf(await read('labels.bin'), classes.length);
  if (labels.some((label) => label >= classes.length)) throw damaged(id, 'labels.bin', 'holds a class that has no name');
  return {
    manifest,
    store: { pixels, labels, ...image },
    classes,
    splits: { train: { start: 0, count: counts.train }, test: { start: counts.train, count: counts.test } },
    revision: manifest.revision,
  };
}

/** A file that is not held: its hash is checked as it lies there, once a process. */
async function checkedFile(manifest: DatasetManifest, path: string, name: StoredFile): Promise<ImageFile> {
  const mark = await checkSize(manifest, path, name);
  if (checkedFiles.get(path) !== mark) {
    compareHash(manifest, name, await fileHash(path, 'sha256', 'hex'));
    checkedFiles.set(path, mark);
  }
  return { path, bytes: manifest.files[name].bytes };
}

/** The bytes that were checked are the bytes that are used: the hash is taken of what was read. */
async function readShared(manifest: DatasetManifest, path: string, name: StoredFile): Promise<Uint8Array<SharedArrayBuffer>> {
  const mark = await checkSize(manifest, path, name);
  const bytes = new Uint8Array(new SharedArrayBuffer(manifest.files[name].bytes));
  const file = await open(path, 'r');
  try {
    for (let at = 0; at < bytes.length;) {
      const { bytesRead } = await file.read(bytes, at, Math.min(bytes.length - at, 1 << 26), at);
      if (bytesRead === 0) throw damaged(manifest.id, name, `ends after ${at} of ${bytes.length} bytes`);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
  if (checkedFiles.get(path) !== mark) {
    compareHash(manifest, name, sha256Of(bytes));
    checkedFiles.set(path, mark);
  }
  return bytes;
}

async function checkSize(manifest: DatasetManifest, path: string, name: StoredFile): Promise<string> {
  const expected = manifest.files[name];
  const found = await stat(path).catch((error: unknown) => {
    throw damaged(manifest.id, name, 'is missing', error);
  });
  if (found.size !== expected.bytes) throw damaged(manifest.id, name, `has ${found.size} bytes instead of ${expected.bytes}`);
  return `${found.size} ${found.mtimeMs} ${found.ino} ${expected.sha256}`;
}

function compareHash(manifest: DatasetManifest, name: StoredFile, sha256: string): void {
  const expected = manifest.files[name].sha256;
  if (sha256 === expected) return;
  throw damaged(manifest.id, name, 'has changed: its sha256 is not the recorded one', `sha256 ${sha256}, recorded ${expected}`);
}

function damaged(id: string, file: string, what: string, cause?: unknown): CultivarError {
  return new CultivarError({
    code: 'dataset-damaged',
    message: `The data set "${id}" is damaged: ${file} ${what}.`,
    ...importAgain(id),
    ...(cause !== undefined && { detail: cause instanceof Error ? cause.message : String(cause) }),
  });
}

const importAgain = (id: string) =>
  id === 'cifar10'
    ? { remedy: 'Fetch it again.', command: cultivarCommand('dataset import cifar10') }
    : { remedy: 'Restore the folder from a backup, or import the images again.' };
