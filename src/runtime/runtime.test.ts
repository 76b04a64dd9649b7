import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ZipFile } from 'yazl';
import { tempFolder } from '../../test/support/tempFolder';
import { CultivarError } from '../contracts/errors';
import type { ProbeVerdict } from '../system/classifyProbe';
import { inUseFile, readRuntimeFiles, runtimeFolder, tensorFlowVersion } from '../system/runtimeLayout';
import { installRuntime } from './install';
import { downloadsFolder, ensureLibraries, type FetchWheel } from './libraries';
import { packVariant, unfoldPack, writePack } from './pack';
import type * as Packages from './packages';
import { cpuWheels, wheelFile, type PinnedWheel } from './packages';

// The real wheel has 275 MB; this one has the two libraries, and stands under the pinned name.
const small = vi.hoisted(() => ({ sha256: '' }));
vi.mock('./packages', async (original) => {
  const real = await original<typeof Packages>();
  const wheels = (variant: 'cpu' | 'gpu') => real.cpuWheels.map((wheel) => ({
    ...wheel, megabytes: 0.001, sha256: small.sha256,
    place: (path: string) => (variant === 'gpu' && path === 'ptxas' ? 'nvidia/cuda_nvcc/bin/ptxas' : wheel.place(path)),
  }));
  return { ...real, wheelsOf: wheels, downloadBytes: () => 1000, unpackedBytes: { cpu: 1000, gpu: 1000 } };
});

let folder: string;
let cacheDir: string;
let wheel: string;
const ready = { state: 'ready', gpu: null, gpuProblem: null } as unknown as ProbeVerdict;
const broken: ProbeVerdict = { state: 'step-failed', gpu: null, error: { code: 'probe-failed', message: 'The test step failed: x' } };

beforeEach(async () => {
  folder = tempFolder();
  cacheDir = join(folder, 'キャッシュ');
  wheel = join(folder, 'wheel.whl');
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from('cc'), 'tensorflow/libtensorflow_cc.so.2');
  zip.addBuffer(Buffer.from('framework'), 'tensorflow/libtensorflow_framework.so.2');
  zip.addBuffer(Buffer.from('#!/bin/sh'), 'ptxas', { mode: 0o100644 });
  zip.addBuffer(Buffer.from('print()'), 'tensorflow/python/x.py');
  zip.end();
  await finished(zip.outputStream.pipe(createWriteStream(wheel)));
  small.sha256 = createHash('sha256').update(readFileSync(wheel)).digest('hex');
});

/** Brings the small wheel, as a download would. */
const bring: FetchWheel = (pinned, into) => {
  const path = join(into, wheelFile(pinned));
  if (!existsSync(path)) writeFileSync(path, readFileSync(wheel));
  return Promise.resolve(path);
};
const none: FetchWheel = ({ name }: PinnedWheel) => Promise.reject(new CultivarError({ code: 'network-unreachable', message: `no ${name}` }));
const install = (change: Partial<Parameters<typeof installRuntime>[0]> = {}) => installRuntime({ cacheDir, variant: 'cpu', fetchWheel: bring, prove: () => Promise.resolve(ready), ...change });
const inUse = () => (existsSync(inUseFile(cacheDir)) ? (JSON.parse(readFileSync(inUseFile(cacheDir), 'utf8')) as unknown) : null);
const libraries = () => runtimeFolder(cacheDir, 'cpu');

describe('the libraries', () => {
  it('are unpacked with their hashes, without the rest of the wheel, which is removed', async () => {
    expect(await ensureLibraries({ cacheDir, variant: 'cpu', fetchWheel: bring })).toBe(false);
    const files = await readRuntimeFiles(libraries());
    expect(files?.files.map(({ path, bytes }) => [path, bytes])).toEqual([['tensorflow/libtensorflow_cc.so.2', 2], ['tensorflow/libtensorflow_framework.so.2', 9]]);
    expect(existsSync(join(downloadsFolder(cacheDir), wheelFile(cpuWheels[0]!)))).toBe(false);
    expect(await ensureLibraries({ cacheDir, variant: 'cpu', fetchWheel: none })).toBe(true);
  });
  it('stay as they were where a new set cannot be had, and nothing half-made is left', async () => {
    await install();
    writeFileSync(join(libraries(), 'tensorflow/libtensorflow_cc.so.2'), 'damaged');
    await expect(install({ fetchWheel: none })).rejects.toMatchObject({ code: 'network-unreachable' });
    expect(readFileSync(join(libraries(), 'tensorflow/libtensorflow_framework.so.2'), 'utf8')).toBe('framework');
    expect(existsSync(`${libraries()}.partial`)).toBe(false);
  });
});

describe('installing', () => {
  it('uses the libraries once they have been proven', async () => {
    const phases: string[] = [];
    await install({ onProgress: ({ phase }) => { if (phases.at(-1) !== phase) phases.push(phase); } });
    expect(phases).toEqual(['unpacking', 'proving']);
    expect(inUse()).toEqual({ schemaVersion: 1, tensorFlowVersion, variant: 'cpu' });
  });
  it('does not use what does not run, and keeps what did', async () => {
    await expect(install({ prove: () => Promise.resolve(broken) })).rejects.toMatchObject({ code: 'probe-failed' });
    expect(inUse()).toBeNull();
    mkdirSync(dirname(inUseFile(cacheDir)), { recursive: true });
    writeFileSync(inUseFile(cacheDir), JSON.stringify({ schemaVersion: 1, tensorFlowVersion, variant: 'cpu' }));
    await expect(install({ variant: 'gpu', prove: () => Promise.resolve(broken) })).rejects.toMatchObject({ code: 'probe-failed' });
    await expect(install({ variant: 'gpu', prove: () => Promise.resolve(ready) })).rejects.toMatchObject({ code: 'gpu-unusable' });
    expect(inUse()).toMatchObject({ variant: 'cpu' });
  });
  it('can be cancelled and gone on with, and is not done by two at once', async () => {
    const controller = new AbortController();
    const cancelled = install({ signal: controller.signal, prove: async () => {
      await expect(install()).rejects.toMatchObject({ code: 'setup-locked' });
      controller.abort();
      return ready;
    } });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(inUse()).toBeNull();
    await install({ fetchWheel: none });
    expect(inUse()).toMatchObject({ variant: 'cpu' });
  });
});

describe('an offline pack', () => {
  it('brings the same packages without a network', async () => {
    const pack = join(folder, 'パック.tar');
    expect(await writePack(pack, 'cpu', bring, { cacheDir })).toBeGreaterThan(0);
    const other = join(folder, 'other');
    expect(await packVariant(pack)).toBe('cpu');
    await unfoldPack(pack, 'cpu', { cacheDir: other });
    expect(readFileSync(join(downloadsFolder(other), wheelFile(cpuWheels[0]!)))).toEqual(readFileSync(wheel));
    await expect(writePack(pack, 'cpu', bring, { cacheDir })).rejects.toMatchObject({ code: 'destination-exists' });
  });
  it('is refused where its package is not the pinned one, where it ends early, and where it is none', async () => {
    const pack = join(folder, 'pack.tar');
    await writePack(pack, 'cpu', bring, { cacheDir });
    const bytes = readFileSync(pack);
    const changed = Buffer.from(bytes);
    changed[1540]! ^= 1; // in the wheel: each entry has a header of 512 bytes, the list fills a block
    const cases: [string, Buffer, RegExp][] = [['changed', changed, /is not the expected file/], ['short', bytes.subarray(0, 1600), /not whole|missing|expected/]];
    for (const [name, content, words] of cases) {
      const path = join(folder, name);
      writeFileSync(path, content);
      await expect(unfoldPack(path, 'cpu', { cacheDir: join(folder, name, '..', `cache-${name}`) }), name).rejects.toMatchObject({ code: 'archive-damaged', message: expect.stringMatching(words) as string });
    }
    writeFileSync(join(folder, 'none'), 'no tar at all');
    await expect(packVariant(join(folder, 'none'))).rejects.toMatchObject({ code: 'archive-damaged' });
    await expect(packVariant(join(folder, 'absent'))).rejects.toBeInstanceOf(Error);
  });
});
