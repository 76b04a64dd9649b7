import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, pack as packTar } from 'tar-stream';
import { z } from 'zod';
import type { RuntimeProgress } from '../contracts/calls/runtime';
import { CultivarError } from '../contracts/errors';
import { asStorageError } from '../library/atomic';
import { tensorFlowVersion, type RuntimeVariant } from '../system/runtimeLayout';
import { downloadsFolder, type FetchWheel } from './libraries';
import { downloadBytes, wheelFile, wheelsOf, type PinnedWheel } from './packages';

/** First entry of a pack: a tar file of the very packages that the app would fetch, each checked by its pinned sha256 when it is used. */
const listName = 'cultivar-runtime.json';
const listSchema = z.object({ schemaVersion: z.literal(1), tensorFlowVersion: z.string(), variant: z.enum(['cpu', 'gpu']) });

export const packName = (variant: RuntimeVariant) => `cultivar-runtime-${tensorFlowVersion}-${variant}-linux-x64.tar`;

export interface PackOptions {
  readonly cacheDir: string;
  readonly onProgress?: (progress: RuntimeProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Writes an offline pack; what is missing of it is fetched first, and removed from the downloads afterwards.
 * @returns its size in bytes
 * @throws CultivarError destination-exists, and what fetching throws
 */
export async function writePack(path: string, variant: RuntimeVariant, fetchWheel: FetchWheel, { cacheDir, onProgress, signal }: PackOptions): Promise<number> {
  if (await stat(path).then(() => true, () => false)) {
    throw new CultivarError({ code: 'destination-exists', message: `${path} is there already.`, remedy: 'Choose another name, or remove the file.' });
  }
  const wheels = wheelsOf(variant);
  const totalBytes = downloadBytes(variant);
  const folder = downloadsFolder(cacheDir);
  const partial = `${path}.partial`;
  try {
    await mkdir(folder, { recursive: true });
    const archives: { readonly wheel: PinnedWheel; readonly file: string }[] = [];
    let before = 0;
    for (const wheel of wheels) {
      archives.push({ wheel, file: await fetchWheel(wheel, folder, (done) => onProgress?.({ phase: 'downloading', what: wheel.name, doneBytes: Math.min(before + done, totalBytes), totalBytes })) });
      before += wheel.megabytes * 1e6;
    }
    const tar = packTar();
    const written = pipeline(tar, createWriteStream(partial), { signal });
    written.catch(() => undefined); // awaited below, once all is handed over
    tar.entry({ name: listName }, `${JSON.stringify({ schemaVersion: 1, tensorFlowVersion, variant })}\n`);
    for (const { wheel, file } of archives) await pipeline(createReadStream(file), tar.entry({ name: wheelFile(wheel), size: (await stat(file)).size }), { signal });
    tar.finalize();
    await written;
    await rename(partial, path);
    await Promise.all(archives.map(({ file }) => rm(file, { force: true })));
    return (await stat(path)).size;
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw asStorageError(error, path);
  }
}

/** Which libraries a pack holds. @throws CultivarError archive-damaged */
export async function packVariant(path: string): Promise<RuntimeVariant> {
  const first: { text: string | null } = { text: null };
  await entriesOf(path, async (name, body) => {
    const pieces: Buffer[] = [];
    if (name === listName) for await (const piece of body) pieces.push(piece);
    first.text = Buffer.concat(pieces).toString();
    return false;
  });
  const list = listSchema.safeParse(parsed(first.text ?? ''));
  if (!list.success) throw damaged(path, 'it does not begin with the list of an offline pack');
  if (list.data.tensorFlowVersion !== tensorFlowVersion) throw damaged(path, `it holds TensorFlow ${list.data.tensorFlowVersion}, and this Cultivar needs ${tensorFlowVersion}`);
  return list.data.variant;
}

/**
 * Lays a pack's packages into the download folder, where they are used instead of being fetched. Each has to be the pinned one.
 * @throws CultivarError archive-damaged, disk-full; AbortError
 */
export async function unfoldPack(path: string, variant: RuntimeVariant, { cacheDir, onProgress, signal }: PackOptions): Promise<void> {
  const folder = downloadsFolder(cacheDir);
  const wanted = new Map(wheelsOf(variant).map((wheel) => [wheelFile(wheel), wheel]));
  const totalBytes = (await stat(path)).size;
  let doneBytes = 0;
  await mkdir(folder, { recursive: true });
  await entriesOf(path, async (name, body) => {
    if (name === listName) return true;
    const wheel = wanted.get(name);
    if (!wheel) throw damaged(path, `it holds ${name}, which belongs to no runtime of this version`);
    const part = join(folder, `${name}.unfolding`);
    const hash = createHash('sha256');
    try {
      await pipeline(body, async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          hash.update(piece);
          doneBytes += piece.length;
          onProgress?.({ phase: 'checking', what: wheel.name, doneBytes, totalBytes });
          yield piece;
        }
      }, createWriteStream(part), { signal });
      if (hash.digest('hex') !== wheel.sha256) throw damaged(path, `${name} is not the expected file`);
      await rename(part, join(folder, name));
    } finally {
      await rm(part, { force: true });
    }
    wanted.delete(name);
    return true;
  });
  if (wanted.size > 0) throw damaged(path, `${[...wanted.keys()].join(', ')} missing`);
}

/** Entries one after another, until `each` answers false. */
async function entriesOf(path: string, each: (name: string, body: AsyncIterable<Buffer>) => Promise<boolean>): Promise<void> {
  const source = createReadStream(path, { highWaterMark: 1 << 20 });
  const tar = extract();
  const fed = pipeline(source, tar);
  fed.catch(() => undefined); // its fault reaches the loop as well
  try {
    for await (const entry of tar) {
      const more = await each(entry.header.name, entry as AsyncIterable<Buffer>);
      if (!more) break;
      entry.resume();
    }
  } catch (error) {
    if (error instanceof CultivarError || (error instanceof Error && (error.name === 'AbortError' || 'syscall' in error))) throw asStorageError(error, path);
    throw damaged(path, 'it is no tar file, or not whole');
  } finally {
    source.destroy();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const damaged = (path: string, why: string) => new CultivarError({
  code: 'archive-damaged', message: `${basename(path)} cannot be used as an offline pack: ${why}.`, remedy: 'Make the pack again on a computer with a network.', command: 'cultivar runtime pack',
});
