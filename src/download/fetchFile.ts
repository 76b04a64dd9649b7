import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CultivarError } from '../contracts/errors';
import { asStorageError, errorCode } from '../library/atomic';
import { ask, networkError } from './http';

interface ExpectedHash {
  readonly algorithm: 'sha256' | 'sha512';
  readonly encoding: 'hex' | 'base64';
  readonly value: string;
}

export interface FetchFileOptions {
  readonly url: string;
  readonly path: string;
  readonly hash: ExpectedHash;
  /** Its name in what is said. */
  readonly what: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes that lie on the disk, those of an earlier try included. */
  readonly onBytes?: (doneBytes: number, totalBytes: number | null) => void;
  readonly signal?: AbortSignal;
}

/** A connection that is lost again and again without a byte in between has no use. */
const fruitlessTries = 3;
/** Pieces come in 16 kB; written one by one they would cost more time than the network. */
const bytesAtOnce = 1 << 20;

/**
 * A file whose hash is known, from an address. What has arrived lies in `path.part` and is kept when the fetching is cancelled or the
 * connection is lost: the next try asks for the rest. `path` appears once the hash is right.
 * @throws CultivarError network-unreachable, download-failed, hash-mismatch, disk-full, permission-denied; AbortError
 */
export async function fetchFile(options: FetchFileOptions): Promise<void> {
  const { path, what, hash, signal } = options;
  const part = `${path}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const resumed = (await sizeOf(part)) > 0;
    await fetchAll(options, part);
    let found = await hashOf(part, hash, signal);
    if (found !== hash.value && resumed) {
      // The part was of another file, or damaged: once more from its beginning.
      await rm(part);
      await fetchAll(options, part);
      found = await hashOf(part, hash, signal);
    }
    if (found !== hash.value) {
      await rm(part);
      throw new CultivarError({
        code: 'hash-mismatch',
        message: `What was downloaded as ${what} is not the expected file: its ${hash.algorithm} is ${found}, expected ${hash.value}. It was removed.`,
        remedy: 'Try again; if it happens again, the package index or a proxy in between serves something else.',
      });
    }
    await rename(part, path);
  } catch (error) {
    throw asStorageError(error, dirname(path));
  }
}

async function fetchAll(options: FetchFileOptions, part: string): Promise<void> {
  for (let fruitless = 0; ;) {
    const before = await sizeOf(part);
    try {
      return await fetchRest(options, part, before);
    } catch (error) {
      if (!(error instanceof CultivarError) || error.code !== 'network-unreachable') throw error;
      fruitless = (await sizeOf(part)) > before ? 0 : fruitless + 1;
      if (fruitless >= fruitlessTries || before === 0) throw error;
    }
  }
}

/** From byte `from` on; from the beginning where the server does not give parts. */
async function fetchRest({ url, what, headers, onBytes, signal }: FetchFileOptions, part: string, from: number): Promise<void> {
  const response = await ask(url, what, { headers: { ...headers, 'accept-encoding': 'identity', ...(from > 0 && { range: `bytes=${from}-` }) }, signal });
  if (response.status === 416) {
    // Nothing lies after `from`: it is whole, or of another file. The hash tells.
    await response.body?.cancel();
    return;
  }
  const start = response.status === 206 ? from : 0;
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  const total = Number.isFinite(length) ? start + length : null;
  const file = await open(part, start > 0 ? 'a' : 'w');
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const write = async () => {
    const pieces = waiting;
    [waiting, waitingBytes] = [[], 0];
    await file.writeFile(Buffer.concat(pieces));
  };
  try {
    let done = start;
    onBytes?.(done, total);
    const body = response.body as AsyncIterable<Uint8Array> | null;
    for await (const piece of body ?? []) {
      waiting.push(piece);
      waitingBytes += piece.length;
      if (waitingBytes >= bytesAtOnce) await write();
      done += piece.length;
      onBytes?.(done, total);
    }
    if (total !== null && done < total) throw new Error(`${done} of ${total} bytes`);
  } catch (error) {
    if (isStorage(error)) throw error;
    throw networkError(error, what, response.url);
  } finally {
    // Also what came before a cancellation or a lost connection.
    await write().finally(() => file.close());
  }
}

const isStorage = (error: unknown) => ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES'].includes(errorCode(error) ?? '');

const sizeOf = (path: string) => stat(path).then(({ size }) => size, () => 0);

async function hashOf(path: string, { algorithm, encoding }: ExpectedHash, signal?: AbortSignal): Promise<string> {
  const hash = createHash(algorithm);
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(piece as Buffer);
  return hash.digest(encoding);
}
