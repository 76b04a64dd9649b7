import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CultivarError } from '../../src/contracts/errors';
import type { Progress } from './progress';
import { run } from './run';

const debianPackages = ['xvfb', 'xauth', 'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0', 'libatk1.0-0', 'libcups2', 'libdrm2',
  'libxkbcommon0', 'libxtst6', 'libnotify4', 'fonts-dejavu-core'];

const onPath = (program: string) => (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, program)));

/** Shared libraries that the Electron executable misses here, by ldd. */
async function missingLibraries(distPath: string): Promise<string[]> {
  const end = await run('ldd', [join(distPath, 'electron')]);
  return [...(end?.output ?? '').matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name).filter((name) => !existsSync(join(distPath, name)));
}

/**
 * System libraries that Electron needs, and Xvfb where there is no display. As root on Debian they are installed; else the line to run is told.
 * @throws CultivarError system-packages-missing
 */
export async function ensureSystemPackages(distPath: string, progress: Progress, { needXvfb }: { needXvfb: boolean }): Promise<void> {
  const lacking = async () => [...(await missingLibraries(distPath)), ...(needXvfb && !onPath('Xvfb') ? ['Xvfb'] : [])];
  const missing = await lacking();
  if (missing.length === 0) return;
  const install = `apt-get install -y ${debianPackages.join(' ')}`;
  progress.say(`The system lacks ${missing.join(', ')}`);
  if (!(await installedAsRoot(debianPackages, progress))) {
    throw new CultivarError({ code: 'system-packages-missing', message: `The system lacks ${missing.join(', ')}, which the window needs.`, remedy: 'Install the packages:', command: `sudo apt-get update && sudo ${install}` });
  }
  const still = await lacking();
  if (still.length > 0) {
    throw new CultivarError({ code: 'system-packages-missing', message: `The system lacks ${still.join(', ')}, and installing the packages did not bring them.`, remedy: 'Install them by hand:', command: install });
  }
}

/** Debian packages by apt-get; false, with nothing done, for anyone but root and where there is no apt-get. apt's own words are shown if it fails. */
export async function installedAsRoot(packages: readonly string[], progress: Progress): Promise<boolean> {
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return false;
  progress.say(`System packages: installing ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  const end = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
  progress.say(end?.code === 0 ? 'System packages: installed' : `apt-get could not install them:\n${end?.output.trim().split('\n').slice(-5).join('\n') ?? ''}`);
  return true;
}
