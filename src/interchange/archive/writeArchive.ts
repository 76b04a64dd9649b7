import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { CultivarError } from '../../contracts/errors';
import { asStorageError, syncFolder } from '../../library/atomic';
import { stringifyJson } from '../../library/json';
import { archiveContents } from './contents';
import { archiveManifestName, type ArchiveManifest } from './manifest';
import { checkCancelled, type ArchiveOptions } from './progress';

export interface WrittenArchive {
  readonly path: string;
  readonly bytes: number;
  readonly manifest: ArchiveManifest;
}

/**
 * Packs a run, or an experiment with all its runs, into one zip file with the sha256 of every file. The file is there whole or not at all.
 * @param options.checkpoints false leaves them out: much smaller, and enough to read the runs
 * @throws CultivarError run-unknown, run-locked, destination-exists, archive-cancelled, or a storage error
 */
export async function writeArchive(
  library: string, id: string, destination: string, options: ArchiveOptions & { readonly checkpoints: boolean; readonly cultivarVersion: string },
): Promise<WrittenArchive> {
  const path = resolve(destination);
  await checkDestination(path);
  const contents = await archiveContents(library, id, options);
  const totalBytes = contents.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const progress = (phase: 'hash' | 'write') => {
    let doneBytes = 0;
    return (bytes: number) => {
      checkCancelled(options.signal);
      options.onProgress?.({ phase, doneBytes: (doneBytes += bytes), totalBytes });
    };
  };
  const files: ArchiveManifest['files'] = {};
  const hashed = progress('hash');
  for (const { path: name, from, bytes } of contents.files) {
    const hash = createHash('sha256');
    for await (const piece of createReadStream(from)) {
      hash.update(piece as Buffer);
      hashed((piece as Buffer).length);
    }
    files[name] = { bytes, sha256: hash.digest('hex') };
  }
  const { content, runs, experiments } = contents;
  const manifest: ArchiveManifest = {
    schemaVersion: 1, kind: 'cultivar-archive', content, checkpoints: options.checkpoints, runs, experiments, files, cultivarVersion: options.cultivarVersion, createdAt: new Date().toISOString(),
  };
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    await packed(temporary, manifest, contents.files, progress('write'));
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return { path, bytes: (await stat(path)).size, manifest };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw asStorageError(error, dirname(path));
  }
}

/** Told before any work starts. */
async function checkDestination(path: string): Promise<void> {
  if (await stat(path).catch(() => null)) throw new CultivarError({ code: 'destination-exists', message: `${path} exists already.`, remedy: 'Choose another name, or remove the file.' });
  const folder = dirname(path);
  if (!(await stat(folder).then((found) => found.isDirectory(), () => false))) throw new CultivarError({ code: 'usage', message: `${folder} is no folder.`, remedy: 'Choose a folder that exists.' });
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw asStorageError(error, folder);
  });
}

async function packed(path: string, manifest: ArchiveManifest, files: Awaited<ReturnType<typeof archiveContents>>['files'], onBytes: (bytes: number) => void): Promise<void> {
  const zip = new ZipFile();
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => { fail = reject; });
  failed.catch(() => undefined);
  zip.on('error', fail);
  const mtime = new Date(manifest.createdAt);
  zip.addBuffer(Buffer.from(`${stringifyJson(manifest, 2)}\n`), archiveManifestName, { mtime });
  for (const { path: name, from } of files) {
    const expected = manifest.files[name]!;
    // Weights and pixels hardly shrink; text does.
    zip.addReadStreamLazy(name, { mtime, mode: 0o100644, compress: /\.(jsonl?|csv|txt)$/.test(name) }, (give) => { give(null, sameAsHashed(from, expected.sha256, onBytes).on('error', fail)); });
  }
  zip.end();
  const file = await open(path, 'wx');
  try {
    const written = (async () => {
      for await (const piece of zip.outputStream as AsyncIterable<Buffer>) await file.writeFile(piece);
    })();
    // Whichever fails second has been told by the first.
    written.catch(() => undefined);
    await Promise.race([written, failed]);
    await file.sync();
  } finally {
    (zip.outputStream as Readable).destroy();
    await file.close();
  }
}

/** A file's bytes, with an error at their end where they are not those that were hashed. */
function sameAsHashed(from: string, sha256: string, onBytes: (bytes: number) => void): Transform {
  const hash = createHash('sha256');
  const check = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece);
      try {
        onBytes(piece.length);
        done(null, piece);
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      done(hash.digest('hex') === sha256 ? null : new CultivarError({ code: 'run-locked', message: `${from} was changed while it was packed.`, remedy: 'Try again once nothing works on the run.' }));
    },
  });
  createReadStream(from).on('error', (error) => { check.destroy(error); }).pipe(check);
  return check;
}
