import { z } from 'zod';
import { CultivarError } from '../contracts/errors';
import { ask } from './http';

const simpleSchema = z.object({ files: z.array(z.object({ url: z.string(), hashes: z.record(z.string(), z.string()) })) });

/**
 * The address of a wheel whose sha256 is known, by the index's list of the project's files (PEP 503 as HTML, PEP 691 as JSON). The hash
 * chooses the file, so Python, platform and file name need not be matched.
 * @throws CultivarError download-failed where the index does not offer it, and what `ask` throws
 */
export async function wheelAddress(index: string, { name, version, sha256 }: { readonly name: string; readonly version: string; readonly sha256: string }, signal?: AbortSignal): Promise<string> {
  const what = `${name} ${version}`;
  const response = await ask(`${index.replace(/\/+$/, '')}/${name.toLowerCase().replace(/[-_.]+/g, '-')}/`, what, {
    headers: { accept: 'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1' }, signal,
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') ?? false;
  const found = json ? jsonLink(text, sha256) : htmlLink(text, sha256);
  if (found === null) {
    throw new CultivarError({
      code: 'download-failed',
      message: `${what} could not be fetched: the package index at ${new URL(response.url).host} does not offer the file with the sha256 ${sha256}.`,
      remedy: 'Set PIP_INDEX_URL to an index that has it, or use an offline pack.',
    });
  }
  return withCredentialsOf(index, new URL(found, response.url));
}

function jsonLink(text: string, sha256: string): string | null {
  return simpleSchema.parse(JSON.parse(text)).files.find(({ hashes }) => hashes.sha256 === sha256)?.url ?? null;
}

function htmlLink(text: string, sha256: string): string | null {
  for (const [, link = ''] of text.matchAll(/<a\s[^>]*?href\s*=\s*["']([^"']+)["']/gi)) {
    const url = link.replaceAll('&amp;', '&');
    if (url.endsWith(`#sha256=${sha256}`)) return url.slice(0, url.indexOf('#'));
  }
  return null;
}

/** An index that asks for credentials asks for them again at its files. */
function withCredentialsOf(index: string, url: URL): string {
  const { username, password, host } = new URL(index);
  if (username && url.host === host) [url.username, url.password] = [username, password];
  return url.href;
}
