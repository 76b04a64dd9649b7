import { chmod, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../../src/contracts/errors';
import { run } from '../setup/run';

/** Writes a tree as a Debian package by dpkg-deb: everything root's, md5sums along, xz. @returns its size in bytes */
export async function writeDeb(root: string, control: string, path: string): Promise<number> {
  await mkdir(join(root, 'DEBIAN'), { recursive: true });
  await writeFile(join(root, 'DEBIAN/control'), control);
  const sums = await run('sh', ['-c', 'find . -type f ! -path "./DEBIAN/*" -printf "%P\\0" | LC_ALL=C sort -z | xargs -0 md5sum > DEBIAN/md5sums'], { cwd: root });
  if (sums?.code !== 0) throw failure('md5sum', sums?.output);
  await chmodFolders(root);
  const partial = `${path}.partial`;
  const end = await run('dpkg-deb', ['--root-owner-group', '-Zxz', '-z6', '--build', root, partial]);
  if (end === null) throw new CultivarError({ code: 'system-packages-missing', message: 'dpkg-deb is missing; it makes the Debian package.', remedy: 'Build on Debian or Ubuntu, or install it.', command: 'sudo apt-get install dpkg' });
  if (end.code !== 0) throw failure('dpkg-deb', end.output);
  await rename(partial, path);
  return (await stat(path)).size;
}

/** A person's umask is no part of a package. */
async function chmodFolders(root: string): Promise<void> {
  await chmod(root, 0o755);
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) if (entry.isDirectory()) await chmod(join(entry.parentPath, entry.name), 0o755);
}

/** The newest glibc that an executable's or library's symbols ask for. */
export async function neededGlibc(path: string): Promise<string> {
  const end = await run('readelf', ['--version-info', '--wide', path]);
  if (end?.code !== 0) throw failure('readelf', end?.output);
  const versions = [...end.output.matchAll(/GLIBC_(\d+)\.(\d+)/g)].map(([, major, minor]) => [Number(major), Number(minor)] as const);
  const [major, minor] = versions.reduce((a, b) => (b[0] > a[0] || (b[0] === a[0] && b[1] > a[1]) ? b : a), [2, 27] as const);
  return `${major}.${minor}`;
}

export const removeTree = (root: string) => rm(root, { recursive: true, force: true });

const failure = (program: string, output = 'it is missing') => new CultivarError({ code: 'internal', message: `${program} failed: ${output.trim().split('\n').at(-1) ?? ''}`, detail: output.slice(-4000) });
