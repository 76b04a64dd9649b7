import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DoctorCheck } from '../../contracts/doctor';
import { shellQuoted } from '../../library/atomic';
import { installedPackage } from '../../library/installed';
import { compareVersions } from '../driverRequirement';
import { gibibytes } from '../doctorFacts';
import { runProgram } from '../../library/program';
import { project } from '../version';
import { failed, passed, warning } from './check';

export interface PlatformFacts {
  readonly os: NodeJS.Platform;
  readonly arch: string;
  readonly nodeVersion: string;
  /** Electron brings its own Node, which the person cannot choose. */
  readonly insideElectron: boolean;
  /** "2.36"; null where it is another C library (musl). */
  readonly glibcVersion: string | null;
}

const minimumNode = '20.19';
const minimumGlibc = '2.27'; // what the wheels of TensorFlow 2.21 are built for (manylinux_2_27)

export async function platformFacts(): Promise<PlatformFacts> {
  const getconf = await runProgram('getconf', ['GNU_LIBC_VERSION'], { timeoutMs: 10_000 });
  const glibcVersion = getconf.kind === 'ended' ? (/^glibc (\S+)/.exec(getconf.stdout)?.[1] ?? null) : null;
  return { os: process.platform, arch: process.arch, nodeVersion: process.versions.node, insideElectron: process.versions.electron !== undefined, glibcVersion };
}

export function platformCheck({ os, arch, nodeVersion, insideElectron, glibcVersion }: PlatformFacts): DoctorCheck {
  if (os !== 'linux' || arch !== 'x64') {
    return failed('platform', { code: 'platform-unsupported', message: `This is ${os} ${arch}; Cultivar is tested on Linux x64 only.`, remedy: 'Use a Linux computer with a 64-bit Intel or AMD processor.' }, `${os} ${arch}`);
  }
  if (glibcVersion === null || compareVersions(glibcVersion, minimumGlibc) < 0) {
    return failed('platform', { code: 'platform-unsupported', message: `TensorFlow needs the GNU C library ${minimumGlibc} or newer; this system has ${glibcVersion ?? 'another C library'}.`, remedy: 'Use a distribution such as Debian 11, Ubuntu 20.04 or newer.', command: 'ldd --version' });
  }
  if (!insideElectron && compareVersions(nodeVersion, minimumNode) < 0) {
    return failed('platform', { code: 'node-too-old', message: `Node ${nodeVersion} is too old: ${minimumNode} or newer is needed.`, remedy: 'Install Node 20 or newer from nodejs.org or your distribution.' });
  }
  return passed('platform', `Linux x64, glibc ${glibcVersion}`, `Node ${nodeVersion}`);
}

export function memoryCheck({ totalBytes, availableBytes }: { totalBytes: number; availableBytes: number }): DoctorCheck {
  const value = `${gibibytes(totalBytes)}, ${gibibytes(availableBytes)} free`;
  if (availableBytes >= 3e9) return passed('memory', value);
  return warning('memory', {
    code: 'out-of-memory',
    message: `Only ${gibibytes(availableBytes)} of memory are free; ResNet50 with batches of 128 takes about 3 GB.`,
    remedy: 'Close other programs, or choose a smaller network or batch.',
    command: 'free -h',
  }, value);
}

export function diskCheck(places: readonly { readonly what: string; readonly folder: string; readonly freeBytes: number }[]): DoctorCheck {
  const [least] = [...places].sort((a, b) => a.freeBytes - b.freeBytes);
  const value = places.map(({ what, freeBytes }) => `${what}: ${gibibytes(freeBytes)} free`).join(', ');
  if (!least || least.freeBytes >= 5e9) return passed('disk', value, places.map(({ folder }) => folder).join(', '));
  const error = {
    code: 'disk-full' as const,
    message: `Only ${gibibytes(least.freeBytes)} are free where the ${least.what} lies (${least.folder}).`,
    remedy: 'Free space there: a run of ResNet50 keeps up to 0.8 GB of checkpoints while it trains.',
    command: `df -h ${shellQuoted(least.folder)}`,
  };
  return least.freeBytes < 1e9 ? failed('disk', error, value) : warning('disk', error, value);
}

/** @param known what the window knows of its screen ("2560 × 1440 at 100 %"); null outside of it */
export function displayCheck(environment: NodeJS.ProcessEnv, known: string | null): DoctorCheck {
  if (known) return passed('display', known);
  if (environment.WAYLAND_DISPLAY) return passed('display', `Wayland, ${environment.WAYLAND_DISPLAY}`);
  if (environment.DISPLAY) return passed('display', `X11, ${environment.DISPLAY}`);
  return warning('display', {
    code: 'display-missing',
    message: 'There is no display here, so the window cannot open. Training in the terminal needs none.',
    remedy: 'Log in at the computer or with ssh -X; or start it on a display in memory.',
    command: `xvfb-run -a ${installedPackage() ? 'cultivar-app' : 'npm start'}`,
  }, 'none');
}

/** Electron's binary: this very process, the one that the set-up has chosen, or the one in its own package. */
export function electronCheck(environment: NodeJS.ProcessEnv): DoctorCheck {
  if (process.versions.electron) return passed('electron', `Electron ${process.versions.electron}`, `Chrome ${process.versions.chrome}`);
  const found = electronBinary(environment);
  if (found) return passed('electron', found.value, found.path);
  return warning('electron', {
    code: 'electron-unavailable',
    message: 'Electron\'s binary is not here, so the window cannot open. Training in the terminal needs none.',
    remedy: 'Set it up.',
    command: 'npm run setup electron',
  }, 'no binary');
}

const chosenSchema = z.object({ distPath: z.string(), source: z.string() });

function electronBinary(environment: NodeJS.ProcessEnv): { value: string; path: string } | null {
  for (const { distPath, from } of electronPlaces(environment)) {
    const path = join(distPath, 'electron');
    if (!existsSync(path)) continue;
    const version = readText(join(distPath, 'version'))?.trim().replace(/^v/, '');
    return { value: `Electron${version ? ` ${version}` : ''}${from}`, path };
  }
  return null;
}

function* electronPlaces(environment: NodeJS.ProcessEnv): Iterable<{ distPath: string; from: string }> {
  if (environment.ELECTRON_OVERRIDE_DIST_PATH) yield { distPath: environment.ELECTRON_OVERRIDE_DIST_PATH, from: ', named by ELECTRON_OVERRIDE_DIST_PATH' };
  const folder = project()?.folder;
  if (!folder) return;
  const chosen = chosenElectron(join(folder, '.cultivar/electron.json'));
  if (chosen) yield { distPath: chosen.distPath, from: chosen.source === 'repack' ? ', repacked: for tests and closed networks' : '' };
  yield { distPath: join(folder, 'node_modules/electron/dist'), from: '' };
}

/** What the set-up has written down; null where it has not, or not readably. */
function chosenElectron(path: string): z.output<typeof chosenSchema> | null {
  try {
    return chosenSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Nothing in the app connects to anything; set-up alone fetches. */
export const networkCheck = (): DoctorCheck => passed('network', 'not used', 'only setting up and importing CIFAR-10 fetch anything');
