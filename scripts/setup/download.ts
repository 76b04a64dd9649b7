import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../../src/contracts/errors';
import { fileSha256 } from '../../src/system/runtimeLayout';
import { folderBytes, type Progress } from './progress';
import { wheelFile, type PinnedWheel } from '../../src/runtime/packages';
import { run } from './run';
import { installedAsRoot } from './systemPackages';

// Fixed Python and platforms: which file is fetched, and so its hash, does not depend on the Python found here.
const target = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--abi', 'none',
  '--platform', 'manylinux_2_27_x86_64', '--platform', 'manylinux2014_x86_64', '--platform', 'manylinux2010_x86_64', '--platform', 'manylinux1_x86_64'];

/**
 * A wheel in the download folder: the one already there if its hash is right, else fetched with pip. Each file stands for itself, so
 * an interrupted set-up goes on with the first one that is missing.
 * @throws CultivarError python-missing, pip-missing, network-unreachable, download-failed, disk-full, hash-mismatch
 */
export async function downloadWheel(wheel: PinnedWheel, folder: string, progress: Progress): Promise<string> {
  const file = join(folder, wheelFile(wheel));
  const found = await fileSha256(file).catch(() => null);
  if (found === wheel.sha256) return file;
  if (found !== null) progress.say(`${wheel.name}: the file that was there is not whole; fetching it again`);
  await checkPip(progress);
  const scratch = join(folder, `pip-${process.pid}`);
  const [temporary, destination] = [join(scratch, 'tmp'), join(scratch, 'out')];
  await mkdir(temporary, { recursive: true });
  const stop = progress.watch(wheel.name, wheel.megabytes * 1e6, async () => Math.max(await folderBytes(temporary), await folderBytes(destination)));
  try {
    const end = await run('python3', ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-cache-dir', '--no-deps', '--only-binary=:all:', '--retries', '2',
      ...target, '--dest', destination, `${wheel.name}==${wheel.version}`], { env: { ...process.env, TMPDIR: temporary } });
    stop();
    if (end?.code !== 0) throw pipError(wheel, end?.output ?? '');
    const [name] = await readdir(destination);
    const sha256 = await fileSha256(join(destination, name));
    if (sha256 !== wheel.sha256) {
      throw new CultivarError({
        code: 'hash-mismatch',
        message: `What was downloaded as ${wheel.name} ${wheel.version} is not the expected file: its sha256 is ${sha256}, expected ${wheel.sha256}. It was removed.`,
        remedy: 'Run the set-up again; if it happens again, the package index or a proxy in between serves something else.',
        command: 'npm run setup',
      });
    }
    await rename(join(destination, name), file);
    progress.say(`${wheel.name} ${wheel.version}: downloaded, sha256 is right`);
    return file;
  } finally {
    stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @throws CultivarError python-missing, pip-missing; as root on Debian they are installed instead */
async function checkPip(progress: Progress): Promise<void> {
  const pipRuns = async () => (await run('python3', ['-m', 'pip', '--version']))?.code === 0;
  if ((await pipRuns()) || ((await installedAsRoot(['python3', 'python3-pip'], progress)) && (await pipRuns()))) return;
  if (!(await run('python3', ['--version']))) {
    throw new CultivarError({ code: 'python-missing', message: 'Python 3 is missing; it is needed once, to download TensorFlow\'s libraries with pip.', remedy: 'Install it.', command: 'sudo apt-get install python3 python3-pip' });
  }
  throw new CultivarError({ code: 'pip-missing', message: 'Python has no pip here; it is needed once, to download TensorFlow\'s libraries.', remedy: 'Install it.', command: 'sudo apt-get install python3-pip' });
}

/** pip's words as one of ours. */
function pipError(wheel: Pick<PinnedWheel, 'name' | 'version'>, output: string): CultivarError {
  const what = `${wheel.name} ${wheel.version} could not be downloaded`;
  const detail = output.slice(-2000);
  const again = { remedy: 'Then run the set-up again: it goes on where it was.', command: 'npm run setup', detail };
  if (/No space left on device|ENOSPC/.test(output)) return new CultivarError({ code: 'disk-full', message: `${what}: the disk is full.`, ...again });
  if (/NewConnectionError|ConnectionError|Name or service not known|Temporary failure in name resolution|Connection refused|Network is unreachable|Max retries exceeded|timed out|ProxyError/i.test(output)) {
    return new CultivarError({ code: 'network-unreachable', message: `${what}: the Python package index cannot be reached from here.`, ...again, remedy: 'Check the network or pip\'s index and proxy settings, then run the set-up again.' });
  }
  if (/No matching distribution|Could not find a version/.test(output)) {
    return new CultivarError({ code: 'network-unreachable', message: `${what}: the Python package index that pip uses here does not offer it, or cannot be reached.`, ...again, remedy: 'Check the network or pip\'s index and proxy settings, then run the set-up again.' });
  }
  return new CultivarError({ code: 'download-failed', message: `${what}: ${output.trim().split('\n').at(-1) ?? 'pip gave no reason'}`, ...again });
}
