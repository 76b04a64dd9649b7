import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { EnvHttpProxyAgent, fetch, type Dispatcher, type Response } from 'undici';
import { CultivarError } from '../contracts/errors';
import { errorCode } from '../library/atomic';
import { pipSettings } from './pipSettings';

/** Where Debian, Ubuntu and Arch keep what their administrator trusts, a company's own authority included. */
const systemAuthorities = '/etc/ssl/certs/ca-certificates.crt';
/** Without a byte for so long, a connection counts as lost. */
const silenceMs = 60_000;

let agent: Promise<Dispatcher> | null = null;

/** Proxies of the environment (HTTPS_PROXY, NO_PROXY), and every authority that the system, pip or the environment trusts. */
async function dispatcher(): Promise<Dispatcher> {
  const files = [systemAuthorities, process.env.SSL_CERT_FILE, process.env.NODE_EXTRA_CA_CERTS, (await pipSettings()).cert];
  const texts = await Promise.all([...new Set(files)].map((file) => (file ? readFile(file, 'utf8').catch(() => '') : '')));
  const ca = [...rootCertificates, ...texts.filter(Boolean)];
  return new EnvHttpProxyAgent({ connect: { ca, timeout: 15_000 }, requestTls: { ca }, proxyTls: { ca }, headersTimeout: silenceMs, bodyTimeout: silenceMs });
}

/**
 * Asks an address. The agent lives as long as the process: it is made at the first download, never before.
 * @throws CultivarError network-unreachable, download-failed with the answer's status; AbortError when the signal is given
 */
export async function ask(url: string, what: string, { headers = {}, signal }: { readonly headers?: Readonly<Record<string, string>>; readonly signal?: AbortSignal } = {}): Promise<Response> {
  agent ??= dispatcher();
  const { address, authorization } = withoutCredentials(url);
  let response: Response;
  try {
    response = await fetch(address, { dispatcher: await agent, headers: { ...headers, ...authorization }, signal, redirect: 'follow' });
  } catch (error) {
    throw networkError(error, what, address);
  }
  if (response.ok || response.status === 416) return response;
  await response.body?.cancel();
  const { host } = new URL(response.url);
  if (response.status >= 500 || response.status === 429) throw unreachable(what, host, `it answered ${response.status}`);
  throw new CultivarError({
    code: 'download-failed',
    message: `${what} could not be fetched: ${host} answered ${response.status}.`,
    remedy: 'Check the address and the credentials that pip or npm are configured with.',
  });
}

/** An abort stays one; everything else that a connection can end with is a network that cannot be reached. */
export function networkError(error: unknown, what: string, url: string): unknown {
  if (error instanceof CultivarError || (error instanceof Error && error.name === 'AbortError')) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return unreachable(what, new URL(url).host, errorCode(cause) ?? (cause instanceof Error ? cause.message : String(cause)), error);
}

const unreachable = (what: string, host: string, why: string, cause?: unknown) => new CultivarError({
  code: 'network-unreachable',
  message: `${what} could not be fetched: ${host} cannot be reached (${why}).`,
  remedy: 'Check the network and the proxy, then try again: it goes on where it was. Without a network, use an offline pack made on another computer.',
  detail: cause instanceof Error ? cause.stack : undefined,
}, { cause });

/** `fetch` takes no credentials in an address, where pip and npm allow them. */
function withoutCredentials(url: string): { address: string; authorization: Record<string, string> } {
  const address = new URL(url);
  if (!address.username) return { address: url, authorization: {} };
  const pair = `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
  [address.username, address.password] = ['', ''];
  return { address: address.href, authorization: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } };
}
