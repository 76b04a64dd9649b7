import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { fetchFile, type FetchFileOptions } from './fetchFile';

const content = randomBytes(3_000_000);
const hash = { algorithm: 'sha256', encoding: 'hex', value: createHash('sha256').update(content).digest('hex') } as const;
let close = () => Promise.resolve();
afterEach(() => close());

/** A server of its own for each test; `answer` sees each request in turn. */
async function server(answer: (request: IncomingMessage, response: ServerResponse, count: number) => void): Promise<{ url: string; ranges: (string | undefined)[] }> {
  const ranges: (string | undefined)[] = [];
  const listening = createServer((request, response) => {
    ranges.push(request.headers.range);
    answer(request, response, ranges.length);
  });
  await new Promise<void>((done) => { listening.listen(0, '127.0.0.1', done); });
  close = () => new Promise((done) => { listening.closeAllConnections(); listening.close(() => { done(); }); });
  return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/file`, ranges };
}

/** As a file server does: the rest from where it is asked. */
function serve(request: IncomingMessage, response: ServerResponse, upTo = content.length): void {
  const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (from >= content.length) return void response.writeHead(416).end();
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': content.length - from });
  if (upTo >= content.length) response.end(content.subarray(from));
  else response.write(content.subarray(from, upTo), () => { response.destroy(); });
}

const options = (url: string, change: Partial<FetchFileOptions> = {}): FetchFileOptions & { path: string } => ({ url, path: join(tempFolder(), 'sub/file'), hash, what: 'the file', ...change });
const whole = (path: string) => readFileSync(path).equals(content) && !existsSync(`${path}.part`);

describe('a file from an address', () => {
  it('appears whole, with bytes told up to the last', async () => {
    const { url } = await server((request, response) => { serve(request, response); });
    let last: readonly [number, number | null] = [0, null];
    const asked = options(url, { onBytes: (done, total) => { last = [done, total]; } });
    await fetchFile(asked);
    expect(whole(asked.path)).toBe(true);
    expect(last).toEqual([content.length, content.length]);
  });

  it('goes on by itself after a lost connection, from the byte where it was', async () => {
    const { url, ranges } = await server((request, response, count) => { serve(request, response, count === 1 ? 1_000_000 : undefined); });
    const asked = options(url);
    mkdirSync(join(asked.path, '..'), { recursive: true });
    writeFileSync(`${asked.path}.part`, content.subarray(0, 500_000));
    await fetchFile(asked);
    expect(whole(asked.path)).toBe(true);
    expect(ranges[0]).toBe('bytes=500000-');
    expect(Number(/\d+/.exec(ranges[1] ?? '')?.[0])).toBeGreaterThan(500_000);
  });

  it('keeps what has arrived when it is cancelled, and asks for the rest next time', async () => {
    const { url, ranges } = await server((request, response, count) => {
      if (count > 1) serve(request, response);
      else response.writeHead(200, { 'content-length': content.length }).write(content.subarray(0, 1_500_000)); // and no more
    });
    const controller = new AbortController();
    const asked = options(url, { signal: controller.signal, onBytes: (done) => { if (done >= 1_500_000) controller.abort(); } });
    await expect(fetchFile(asked)).rejects.toMatchObject({ name: 'AbortError' });
    expect(statSync(`${asked.path}.part`).size).toBe(1_500_000);
    await fetchFile({ ...asked, signal: undefined, onBytes: undefined });
    expect(ranges).toEqual([undefined, 'bytes=1500000-']);
    expect(whole(asked.path)).toBe(true);
  });

  it('begins anew where the kept part is of another file', async () => {
    const { url, ranges } = await server((request, response) => { serve(request, response); });
    const asked = options(url);
    mkdirSync(join(asked.path, '..'), { recursive: true });
    writeFileSync(`${asked.path}.part`, randomBytes(1000));
    await fetchFile(asked);
    expect(whole(asked.path)).toBe(true);
    expect(ranges).toEqual(['bytes=1000-', undefined]);
  });

  it('takes a part that is whole already, and the whole where a server gives no parts', async () => {
    const { url } = await server((request, response, count) => {
      if (count === 1) serve(request, response);
      else response.writeHead(200).end(content);
    });
    for (const length of [content.length, 700]) {
      const asked = options(url);
      mkdirSync(join(asked.path, '..'), { recursive: true });
      writeFileSync(`${asked.path}.part`, content.subarray(0, length));
      await fetchFile(asked);
      expect(whole(asked.path)).toBe(true);
    }
  });

  it('is refused and removed where it is not the expected one', async () => {
    const { url } = await server((_request, response) => { response.end('something else'); });
    const asked = options(url);
    await expect(fetchFile(asked)).rejects.toMatchObject({ code: 'hash-mismatch' });
    expect([existsSync(asked.path), existsSync(`${asked.path}.part`)]).toEqual([false, false]);
  });

  it.each([[404, 'download-failed', '404'], [503, 'network-unreachable', '503']])('tells the answer %d by its host', async (status, code, words) => {
    const { url } = await server((_request, response) => { response.writeHead(status).end(); });
    await expect(fetchFile(options(url))).rejects.toMatchObject({ code, message: expect.stringMatching(new RegExp(`^the file could not be fetched: 127\\.0\\.0\\.1:\\d+ .*${words}`)) as string });
  });

  it('tells a port where nobody listens', async () => {
    await expect(fetchFile(options('http://127.0.0.1:9/x'))).rejects.toMatchObject({ code: 'network-unreachable', remedy: expect.stringContaining('offline pack') as string });
  });
});
