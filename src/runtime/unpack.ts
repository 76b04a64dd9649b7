import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

export interface UnpackedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Unpacks some files of a zip archive, keeping their modes.
 * @param place path in the archive → path under `folder`, or null to leave it out
 */
export async function unpackZip(archive: string, folder: string, place: (path: string) => string | null, { onBytes, signal }: { readonly onBytes?: (bytes: number) => void; readonly signal?: AbortSignal } = {}): Promise<UnpackedFile[]> {
  const open = promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open);
  const zip = await open(archive, { lazyEntries: true, autoClose: true });
  const openStream = promisify(zip.openReadStream.bind(zip)) as (entry: yauzl.Entry) => Promise<NodeJS.ReadableStream>;
  const files: UnpackedFile[] = [];
  const one = async (entry: yauzl.Entry) => {
    const path = entry.fileName.endsWith('/') ? null : place(entry.fileName);
    if (path === null) return;
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    const hash = createHash('sha256');
    let bytes = 0;
    const meter = new Transform({
      transform(piece: Buffer, _encoding, done) {
        hash.update(piece);
        bytes += piece.length;
        onBytes?.(piece.length);
        done(null, piece);
      },
    });
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    await pipeline(await openStream(entry), meter, createWriteStream(target, { mode: mode === 0 ? 0o644 : mode }), { signal });
    files.push({ path, bytes, sha256: hash.digest('hex') });
  };
  await new Promise<void>((done, failed) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      one(entry).then(() => zip.readEntry(), failed);
    });
    zip.on('end', done);
    zip.on('error', failed);
    zip.readEntry();
  });
  return files;
}
