import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/**
 * Digest of a file, read in pieces.
 * @param encoding 'hex', or 'base64' as npm's integrity strings have it
 */
export async function fileHash(
  path: string, algorithm: 'sha256' | 'sha512', encoding: 'hex' | 'base64',
  options: { readonly onBytes?: (doneBytes: number) => void; readonly signal?: AbortSignal } = {},
): Promise<string> {
  const hash = createHash(algorithm);
  let done = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20, signal: options.signal })) {
    hash.update(piece as Buffer);
    done += (piece as Buffer).length;
    options.onBytes?.(done);
  }
  return hash.digest(encoding);
}

export const sha256Of = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
