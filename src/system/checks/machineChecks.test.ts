import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/tempFolder';
import { diskCheck, displayCheck, electronCheck, memoryCheck, platformCheck, platformFacts, type PlatformFacts } from './machineChecks';

const linux: PlatformFacts = { os: 'linux', arch: 'x64', nodeVersion: '20.20.2', insideElectron: false, glibcVersion: '2.36' };

test.each<[PlatformFacts, string, string | undefined]>([
  [linux, 'passed', undefined],
  [{ ...linux, os: 'darwin', arch: 'arm64' }, 'failed', 'platform-unsupported'],
  [{ ...linux, arch: 'arm64' }, 'failed', 'platform-unsupported'],
  [{ ...linux, glibcVersion: '2.17' }, 'failed', 'platform-unsupported'],
  [{ ...linux, glibcVersion: null }, 'failed', 'platform-unsupported'],
  [{ ...linux, nodeVersion: '18.19.0' }, 'failed', 'node-too-old'],
  [{ ...linux, nodeVersion: '18.19.0', insideElectron: true }, 'passed', undefined],
])('platform %j', (facts, state, code) => {
  const check = platformCheck(facts);
  expect(check.state).toBe(state);
  expect(check.error?.code).toBe(code);
});

test('this computer tells its C library', async () => {
  expect((await platformFacts()).glibcVersion).toMatch(/^2\.\d+$/);
});

test('memory and disk warn before they fail', () => {
  expect(memoryCheck({ totalBytes: 16e9, availableBytes: 8e9 }).state).toBe('passed');
  expect(memoryCheck({ totalBytes: 16e9, availableBytes: 1e9 })).toMatchObject({ state: 'warning', error: { code: 'out-of-memory' } });
  const disk = (freeBytes: number) => diskCheck([{ what: 'library', folder: '/データ', freeBytes: 400e9 }, { what: 'cache', folder: '/the cache', freeBytes }]);
  expect(disk(50e9).state).toBe('passed');
  expect(disk(3e9)).toMatchObject({ state: 'warning', error: { command: "df -h '/the cache'" } });
  expect(disk(0.2e9)).toMatchObject({ state: 'failed', error: { code: 'disk-full' } });
});

test('a display, or what to do without one', () => {
  expect(displayCheck({}, '2560 × 1440 at 100 %').value).toBe('2560 × 1440 at 100 %');
  expect(displayCheck({ DISPLAY: ':99' }, null)).toMatchObject({ state: 'passed', value: 'X11, :99' });
  expect(displayCheck({ WAYLAND_DISPLAY: 'wayland-0' }, null).state).toBe('passed');
  expect(displayCheck({}, null)).toMatchObject({ state: 'warning', error: { code: 'display-missing', command: expect.stringContaining('xvfb-run') as string } });
});

test('the Electron that the environment names is found', () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/electron'), '');
  writeFileSync(join(folder, 'dist/version'), 'v45.4.1');
  expect(electronCheck({ ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'dist') })).toMatchObject({ state: 'passed', value: 'Electron 45.4.1, named by ELECTRON_OVERRIDE_DIST_PATH' });
});
