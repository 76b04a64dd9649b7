import { readlink, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../../contracts/errors';
import { errorCode } from '../../library/atomic';
import { installedPackage } from '../../library/installed';
import { cacheFolder, settingsFolder } from '../../library/paths';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, usage } from '../output';

/** What Cultivar itself has put into the cache folder, which may be one that others use as well. */
const cached = ['native', 'downloads', 'setup.lock'];

/** uninstall: before the package is removed, what it keeps for this person outside of the library: runtime, downloads, settings. */
export async function uninstall({ library, json, positionals }: CommandContext): Promise<number> {
  if (positionals.length > 0) throw usage('uninstall takes no arguments.');
  if (!installedPackage()) throw usage('uninstall is for an installed package; this is the project.');
  const [cache, settings] = [cacheFolder(), settingsFolder()];
  await refuseWhileOpen(settings);
  for (const name of cached) await rm(join(cache, name), { recursive: true, force: true });
  await rm(settings, { recursive: true, force: true });
  await rmdir(cache).catch((error: unknown) => {
    if (!['ENOENT', 'ENOTEMPTY'].includes(errorCode(error) ?? '')) throw error;
  });
  if (json) answerJson({ schemaVersion: 1, removed: [...cached.map((name) => join(cache, name)), settings], kept: library });
  else answer(`Removed: the native runtime and downloads (${cache}), settings (${settings}).\nKept: your library, ${library}\nNow remove the package: sudo apt-get remove cultivar cultivar-test`);
  return exits.done;
}

/** Chromium names the process that uses a profile in a link: "host-pid". */
async function refuseWhileOpen(settings: string): Promise<void> {
  const holder = await readlink(join(settings, 'SingletonLock')).catch(() => '');
  const pid = Number(/-(\d+)$/.exec(holder)?.[1]);
  if (!Number.isInteger(pid)) return;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return;
  }
  throw new CultivarError({ code: 'usage', message: 'The Cultivar window is open.', remedy: 'Close it, then try again.' });
}
