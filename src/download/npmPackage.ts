import { rename } from 'node:fs/promises';
import { z } from 'zod';
import { npmRegistry } from './addresses';
import { fetchFile } from './fetchFile';
import { ask } from './http';
import { npmSettings } from './npmSettings';

interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** "sha512-" and base64. */
  readonly integrity: string;
  readonly bytes: number;
}

interface Options {
  readonly onDownload?: (doneBytes: number, totalBytes: number) => void;
  readonly signal?: AbortSignal;
}

const manifestSchema = z.object({ dist: z.object({ tarball: z.string() }) });

/**
 * A package's archive without npm, from the registry that npm is configured with. What has arrived is kept beside `kept` for the next try.
 * @throws CultivarError as `fetchFile`
 */
export async function fetchNpmPackage({ name, version, integrity, bytes }: NpmPackage, path: string, kept: string, { onDownload, signal }: Options): Promise<void> {
  const what = `${name}@${version}`;
  const settings = await npmSettings();
  const headers = (url: string): Record<string, string> => {
    const token = settings.token(url);
    return token === null ? {} : { authorization: `Bearer ${token}` };
  };
  const address = `${(await npmRegistry()).replace(/\/+$/, '')}/${name}/${version}`;
  const { dist } = manifestSchema.parse(await (await ask(address, what, { headers: { accept: 'application/json', ...headers(address) }, signal })).json());
  await fetchFile({
    url: dist.tarball, path: kept, what, signal, headers: headers(dist.tarball),
    hash: { algorithm: 'sha512', encoding: 'base64', value: integrity.replace(/^sha512-/, '') },
    onBytes: (done) => onDownload?.(Math.min(done, bytes), bytes),
  });
  await rename(kept, path);
}
