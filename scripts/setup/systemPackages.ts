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
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    throw new CultivarError({ code: 'system-packages-missing', message: `The system lacks ${missing.join(', ')}, which the window needs.`, remedy: 'Install the packages:', command: `sudo apt-get update && sudo ${install}` });
  }
  progress.say(`System packages: installing what is missing (${missing.join(', ')})`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  const end = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...debianPackages], { env });
  const still = await lacking();
  if (still.length > 0) {
    throw new CultivarError({ code: 'system-packages-missing', message: `The system lacks ${still.join(', ')}, and installing the packages did not bring them.`, remedy: 'Install them by hand:', command: install, detail: end?.output.slice(-2000) });
  }
  progress.say('System packages: installed');
}
