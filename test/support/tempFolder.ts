import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach } from 'vitest';

type Cleanups = (() => void)[];
const cleanups: Cleanups = [];
const lastCleanups: Cleanups = [];
const run = (all: Cleanups) => {
  for (const cleanup of all.splice(0).reverse()) cleanup();
};

afterEach(() => run(cleanups));
afterAll(() => run(lastCleanups));

/** A new folder with spaces and Japanese in its path, removed after the test. */
export const tempFolder = (name?: string): string => newFolder(cleanups, name);

/** The same for all tests of a file, removed after the last. */
export const sharedFolder = (): string => newFolder(lastCleanups);

function newFolder(removedBy: Cleanups, name = 'ライブラリ の 場所'): string {
  const base = mkdtempSync(join(tmpdir(), 'cultivar-'));
  removedBy.push(() => rmSync(base, { recursive: true, force: true }));
  const folder = join(base, name);
  mkdirSync(folder);
  return folder;
}

/** Why file systems cannot be mounted here; null where they can. Only root may, and in some containers not even root. */
export const mountProblem: string | null = (() => {
  if (process.getuid?.() !== 0) return 'only root may mount file systems';
  const probe = mkdtempSync(join(tmpdir(), 'cultivar-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'pipe' });
    execFileSync('umount', [probe]);
    return null;
  } catch (error) {
    return `mount failed: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
})();

if (mountProblem) console.warn(`Tests of full and read-only disks are skipped: ${mountProblem}.`);

/** A file system in memory of so many KiB, unmounted after the test. `remountReadOnly` makes it like a disk that can only be read. */
export function tempDisk(sizeKiB: number): { folder: string; remountReadOnly: () => void } {
  const folder = tempFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKiB}k`, 'tmpfs', folder]);
  cleanups.push(() => execFileSync('umount', [folder]));
  return { folder, remountReadOnly: () => execFileSync('mount', ['-o', 'remount,ro', folder]) };
}

/**
 * A disk of its own, as a file with ext4 on it, unmounted after the test. `fail` makes the kernel meet an error on it, upon which it turns the disk
 * read-only under whoever writes; `mend` repairs and mounts it again, as a person would.
 */
export function failingDisk(sizeMiB: number): { folder: string; fail: () => void; mend: () => void } {
  const folder = tempFolder();
  const image = join(tempFolder(), 'disk');
  const mount = () => { execFileSync('mount', ['-o', 'loop,errors=remount-ro', image, folder]); };
  writeFileSync(image, '');
  truncateSync(image, sizeMiB * 2 ** 20);
  execFileSync('mkfs.ext4', ['-q', '-F', image]);
  mount();
  cleanups.push(() => execFileSync('umount', [folder]));
  return {
    folder,
    fail: () => {
      const device = execFileSync('findmnt', ['--noheadings', '--output', 'SOURCE', folder], { encoding: 'utf8' }).trim();
      writeFileSync(`/sys/fs/ext4/${basename(device)}/trigger_fs_error`, '1');
    },
    mend: () => {
      execFileSync('umount', [folder]);
      // 1: errors were corrected.
      try { execFileSync('fsck.ext4', ['-y', image], { stdio: 'ignore' }); } catch (error) { if ((error as { status?: number }).status !== 1) throw error; }
      mount();
    },
  };
}
