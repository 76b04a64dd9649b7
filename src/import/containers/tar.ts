import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { Quarantined } from '../../contracts/importing';
import { CultivarError } from '../../contracts/errors';
import { FileProblem } from '../../weights/fileProblem';
import type { ImportLimits } from '../limits';
import { EntryProblem } from '../problems';
import type { Container, Entry } from './container';
import { nameProblem, shownName } from './safeName';
import { countUnpacked } from './unpacked';
import { gathered } from './zip';

/** A tar file, also gzipped: read from its begin to its end each time, so its entries are in the archive's own order. */
export async function openTarContainer(path: string, gzip: boolean, limits: ImportLimits): Promise<Container> {
  const { size: packedBytes } = await stat(path);
  const entries: Entry[] = [];
  const quarantined: Quarantined[] = [];
  const seen = new Set<string>();
  for await (const { header } of walk(path, gzip, packedBytes, limits)) {
    const name = header.name.replace(/^(\.\/)+/, '');
    const problem = nameProblem(name) ?? typeProblem(header.type) ?? (seen.has(name) ? { reason: 'bad-row' as const, message: 'its name is there twice; the first one is used' } : null);
    if (header.type === 'directory' && !nameProblem(name || '.')) continue;
    if (problem) quarantined.push({ file: shownName(name), ...problem });
    else {
      seen.add(name);
      entries.push({ name, bytes: header.size ?? 0 });
    }
    if (entries.length + quarantined.length > limits.entries) throw new FileProblem(`it has more than ${limits.entries.toLocaleString('en-US')} entries`);
  }
  seen.clear();
  return {
    kind: gzip ? 'tar.gz' : 'tar', path, packedBytes, entries, quarantined,
    async *open(wanted) {
      let [at, next] = [-1, 0];
      const open = new Set<string>();
      for await (const { header, stream } of walk(path, gzip, packedBytes, limits)) {
        const name = header.name.replace(/^(\.\/)+/, '');
        // Counted as in the listing.
        if (header.type === 'directory' || nameProblem(name) || typeProblem(header.type) || open.has(name)) continue;
        open.add(name);
        at += 1;
        if (at !== wanted[next]) continue;
        const entry = entries[at]!;
        yield { entry, path: null, pieces: () => stream, read: (most) => gathered(stream, entry.bytes ?? 0, most) };
        if (++next === wanted.length) return;
      }
    },
    close: () => Promise.resolve(),
  };
}

function typeProblem(type: string | null | undefined) {
  if (type === 'file' || type === 'contiguous-file' || type === 'directory') return null;
  if (type === 'symlink' || type === 'link') return { reason: 'link' as const, message: 'it is a link, and links are not followed' };
  return { reason: 'unreadable' as const, message: 'it is no plain file' };
}

interface Walked {
  readonly header: { readonly name: string; readonly size?: number; readonly type?: string | null };
  readonly stream: AsyncIterable<Buffer>;
}

/** Entry by entry; what is not read of one is passed over. */
async function* walk(path: string, gzip: boolean, packedBytes: number, limits: ImportLimits): AsyncGenerator<Walked> {
  const unpacked = countUnpacked(packedBytes, limits);
  const source = createReadStream(path, { highWaterMark: 1 << 18 });
  const archive = extract();
  const bytes = gzip ? source.pipe(createGunzip()) : source;
  const fail = (error: Error) => { archive.destroy(error); };
  source.on('error', fail);
  if (gzip) bytes.on('error', fail);
  bytes.on('data', (piece: Buffer) => {
    try {
      unpacked.add(piece.length);
    } catch (error) {
      source.destroy();
      archive.destroy(error as Error);
      return;
    }
    if (!archive.write(piece)) bytes.pause();
  });
  archive.on('drain', () => { bytes.resume(); });
  bytes.on('end', () => { archive.end(undefined); });
  try {
    for await (const entry of archive) {
      yield { header: entry.header as Walked['header'], stream: entry as unknown as AsyncIterable<Buffer> };
      entry.resume();
    }
  } catch (error) {
    if (error instanceof FileProblem || error instanceof EntryProblem || error instanceof CultivarError) throw error;
    throw new FileProblem(`its tar archive is damaged or was cut off (${(error as Error).message})`);
  } finally {
    source.destroy();
    archive.destroy(new Error('no longer read'));
  }
}
