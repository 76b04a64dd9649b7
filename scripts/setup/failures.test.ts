import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bindingPackage } from '../../src/system/runtimeLayout';
import { buildBinding } from './binding';
import { chooseDevice } from '../../src/runtime/chooseDevice';
import { ensureRoom } from '../../src/runtime/disk';
import { downloadWheel } from './download';
import { cpuWheels } from '../../src/runtime/packages';
import { Progress } from './progress';
import { takeSetupLock } from './setupLock';
import { ensureSystemPackages } from './systemPackages';

/** Keeps what would be told. */
class Silent extends Progress {
  readonly said: string[] = [];
  override say(text: string): void { this.said.push(text); }
}

let folder: string;
let progress: Silent;
const saved = { ...process.env };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cultivar-setup-'));
  progress = new Silent();
});
afterEach(async () => {
  process.env = { ...saved };
  await rm(folder, { recursive: true, force: true });
});

/** A PATH of one folder that holds the named programs of this machine and these scripts: nothing else exists, apt-get neither. */
async function onlyPrograms(programs: readonly string[], scripts: Readonly<Record<string, string>> = {}): Promise<void> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  for (const name of programs) await symlink(execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(), join(bin, name));
  for (const [name, body] of Object.entries(scripts)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${body}\n`);
    await chmod(join(bin, name), 0o755);
  }
  process.env.PATH = bin;
}

const wheel = { ...cpuWheels[0], name: 'tensorflow-cpu' };
const download = () => downloadWheel(wheel, join(folder, 'downloads'), progress);
/** Stands for a Python whose pip brings a file that was cut short. */
const truncating = 'if [ "$3" = "--version" ]; then exit 0; fi\nwhile [ $# -gt 0 ]; do if [ "$1" = "--dest" ]; then mkdir -p "$2"; echo cut > "$2/wheel.whl"; fi; shift; done';

describe('what can fail while downloading', () => {
  it('no Python', async () => {
    await onlyPrograms(['sh']);
    await expect(download()).rejects.toMatchObject({ code: 'python-missing', command: expect.stringContaining('python3') });
  });

  it('Python without pip', async () => {
    await onlyPrograms(['sh'], { python3: '[ "$1" = "-m" ] && { echo "No module named pip" >&2; exit 1; }; exit 0' });
    await expect(download()).rejects.toMatchObject({ code: 'pip-missing', command: expect.stringContaining('python3-pip') });
  });

  it('a package index that refuses connections', async () => {
    process.env.PIP_INDEX_URL = 'http://127.0.0.1:9';
    process.env.PIP_NO_INDEX = '';
    await expect(download()).rejects.toMatchObject({ code: 'network-unreachable', command: 'npm run setup' });
    expect(await readdir(join(folder, 'downloads'))).toEqual([]);
  });

  it('a file cut short, which is not kept', async () => {
    await onlyPrograms(['sh', 'mkdir'], { python3: truncating });
    await expect(download()).rejects.toMatchObject({ code: 'hash-mismatch', command: 'npm run setup' });
    expect(await readdir(join(folder, 'downloads'))).toEqual([]);
  });

  it('a damaged file from an earlier try, which is fetched again', async () => {
    await onlyPrograms(['sh', 'mkdir'], { python3: truncating });
    await mkdir(join(folder, 'downloads'));
    await writeFile(join(folder, 'downloads', `${wheel.name}-${wheel.version}.whl`), 'not a wheel');
    await expect(download()).rejects.toMatchObject({ code: 'hash-mismatch' });
    expect(progress.said[0]).toContain('is not whole; fetching it again');
  });
});

it('no C++ compiler', async () => {
  const packageFolder = join(folder, 'package');
  await cp(join(bindingPackage() ?? '', 'binding'), join(packageFolder, 'binding'), { recursive: true });
  await onlyPrograms(['gcc']);
  await expect(buildBinding({ cacheDir: folder, packageFolder, progress })).rejects.toMatchObject({ code: 'compiler-missing', command: expect.stringContaining('g++') });
});

it('sources that do not compile', async () => {
  const packageFolder = join(folder, 'package');
  await cp(join(bindingPackage() ?? '', 'binding'), join(packageFolder, 'binding'), { recursive: true });
  await writeFile(join(packageFolder, 'binding/tfjs_backend.cc'), 'this is no C++');
  await expect(buildBinding({ cacheDir: folder, packageFolder, progress })).rejects.toMatchObject({ code: 'binding-build-failed', message: expect.stringMatching(/error/) });
});

it('system libraries that are missing, told by the line that installs them', async () => {
  await onlyPrograms(['sh'], { ldd: 'echo "  libgtk-3.so.0 => not found"' });
  await expect(ensureSystemPackages(folder, progress, { needXvfb: true })).rejects.toMatchObject({
    code: 'system-packages-missing', message: expect.stringMatching(/libgtk-3\.so\.0, Xvfb/), command: expect.stringContaining('apt-get install -y xvfb'),
  });
});

describe('where the cache cannot be written', () => {
  it('a disk with too little room', async () => {
    await expect(ensureRoom(folder, 1e18, 'The test')).rejects.toMatchObject({ code: 'disk-full', command: expect.stringContaining('CULTIVAR_CACHE') });
  });

  /** Root may write anywhere, so a read-only disk is a mounted one. */
  it('a read-only folder', async ({ skip }) => {
    const disk = join(folder, 'disk');
    await mkdir(disk);
    if (process.getuid?.() === 0) {
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=1m', 'none', disk], { stdio: 'pipe' });
      } catch {
        skip('a small disk cannot be mounted here');
      }
    } else await chmod(disk, 0o555);
    try {
      await expect(ensureRoom(join(disk, 'cache'), 0, 'The test')).rejects.toMatchObject({ code: expect.stringMatching(/read-only|permission-denied/), command: expect.stringContaining('CULTIVAR_CACHE') });
    } finally {
      if (process.getuid?.() === 0) execFileSync('umount', [disk]);
    }
  });
});

it('two set-ups at once: the second waits, then says who has the lock', async () => {
  const first = await takeSetupLock(folder, progress);
  await expect(takeSetupLock(folder, progress, 50)).rejects.toMatchObject({ code: 'setup-locked', message: expect.stringContaining(String(process.pid)) });
  const waiting = takeSetupLock(folder, progress);
  await first.release();
  await (await waiting).release();
  expect(progress.said.join()).toContain('waiting for it');
});

describe('the device', () => {
  const gpu = { index: 0, name: 'NVIDIA A100', uuid: null, driverVersion: null, totalMemoryMiB: null, freeMemoryMiB: null, computeCapability: null, computeMode: null, migMode: null, pciBusId: null };
  it.each([
    ['a listed GPU', { smi: { state: 'listed', gpus: [gpu] }, pciDevices: [] }, 'gpu', null],
    ['no GPU', { smi: { state: 'absent' }, pciDevices: [] }, 'cpu', null],
    ['a card without a driver', { smi: { state: 'absent' }, pciDevices: ['0000:01:00.0'] }, 'cpu', /will NOT be used/],
    ['a driver that does not work', { smi: { state: 'failed', exitCode: 9, output: 'Driver/library version mismatch' }, pciDevices: [] }, 'cpu', /version mismatch.*will NOT be used/],
  ] as const)('%s', (_name, surroundings, variant, warning) => {
    const choice = chooseDevice(surroundings);
    expect(choice.variant).toBe(variant);
    if (warning) expect(choice.warning).toMatch(warning);
    else expect(choice.warning).toBeNull();
  });
});
