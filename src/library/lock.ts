import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, open, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { CultivarError } from '../contracts/errors';
import { asStorageError, errorCode, shellQuoted } from './atomic';

const holderSchema = z.object({
  schemaVersion: z.literal(1),
  pid: z.int().positive(),
  /** Clock ticks from boot to the process's start (proc(5), stat, field 22): tells a process from a later one of the same number. */
  processStart: z.string(),
  bootId: z.string(),
  host: z.string(),
  purpose: z.string(),
  createdAt: z.string(),
  token: z.string(),
});

type LockHolder = z.output<typeof holderSchema>;

export type LockState =
  | { readonly state: 'free' }
  | { readonly state: 'held'; readonly holder: LockHolder }
  | { readonly state: 'stale'; readonly holder: LockHolder | null; readonly reason: string };

export interface Lock {
  /** What a broken lock said and why it was stale; null where the lock was free. */
  readonly broke: { readonly holder: LockHolder | null; readonly reason: string } | null;
  release(): Promise<void>;
}

/**
 * Who holds a lock file, judged by its process: alive, gone, another one of the same number, or of an earlier boot. One of another
 * computer is held until it is released or removed by hand.
 */
export async function inspectLock(path: string): Promise<LockState> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return { state: 'free' };
    throw error;
  }
  return judge(text);
}

/**
 * Takes a lock or says who has it. A stale lock is broken and the fact handed to the caller, who tells the user.
 * @throws CultivarError run-locked, or a storage error
 */
export async function acquireLock(path: string, purpose: string): Promise<Lock> {
  const own: LockHolder = {
    schemaVersion: 1, pid: process.pid, processStart: processStart(process.pid) ?? '', bootId: bootId(), host: hostname(),
    purpose, createdAt: new Date().toISOString(), token: randomBytes(8).toString('hex'),
  };
  let broke: Lock['broke'] = null;
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      if (await createWhole(path, JSON.stringify(own))) return { broke, release: () => release(path, own.token) };
      const found = await inspectLock(path);
      if (found.state === 'held') throw locked(path, found.holder);
      if (found.state === 'stale' && (await breakStale(path))) broke = { holder: found.holder, reason: found.reason };
    }
  } catch (error) {
    throw asStorageError(error, dirname(path));
  }
  throw locked(path, null);
}

/**
 * Takes a lock that is only ever held for milliseconds: whoever has it is waited for.
 * @throws CultivarError run-locked where it is held for ten seconds; a storage error
 */
export async function acquireLockPatiently(path: string, purpose: string): Promise<Lock> {
  for (const until = performance.now() + 10_000; ;) {
    try {
      return await acquireLock(path, purpose);
    } catch (error) {
      if (!(error instanceof CultivarError) || error.code !== 'run-locked' || performance.now() > until) throw error;
    }
    await wait(20);
  }
}

/** The file appears with all its content or not at all; false when there is one already. */
async function createWhole(path: string, content: string): Promise<boolean> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(temporary, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Removes a lock that is still stale, one process at a time: else a slow one would remove the lock a quick one has just taken. */
async function breakStale(path: string): Promise<boolean> {
  const guard = `${path}.breaking`;
  try {
    await mkdir(guard);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    const age = await stat(guard).then((found) => Date.now() - found.mtimeMs, () => 0);
    // Held for a few milliseconds at most: an old one was left by a process that died in between.
    if (age > 10_000) await rmdir(guard).catch(() => undefined);
    else await new Promise((resolve) => setTimeout(resolve, 20));
    return false;
  }
  try {
    if ((await inspectLock(path)).state !== 'stale') return false;
    await rm(path, { force: true });
    return true;
  } finally {
    await rmdir(guard).catch(() => undefined);
  }
}

async function release(path: string, token: string): Promise<void> {
  const found = await inspectLock(path);
  if (found.state === 'held' && found.holder.token === token) await rm(path, { force: true });
}

function judge(text: string): LockState {
  let holder: LockHolder;
  try {
    holder = holderSchema.parse(JSON.parse(text));
  } catch {
    return { state: 'stale', holder: null, reason: 'the lock file could not be read' };
  }
  const stale = (reason: string): LockState => ({ state: 'stale', holder, reason });
  // Of a home folder that several computers share: its process cannot be asked for from here.
  if (isElsewhere(holder)) return { state: 'held', holder };
  if (holder.bootId !== bootId()) return stale('the computer was restarted since');
  const start = processStart(holder.pid);
  if (start === null) return stale(`process ${holder.pid} has ended`);
  if (start !== holder.processStart) return stale(`process ${holder.pid} has ended; its number belongs to another one now`);
  return { state: 'held', holder };
}

const isElsewhere = ({ host, bootId: boot }: LockHolder) => host !== hostname() && boot !== bootId();

function locked(path: string, holder: LockHolder | null): CultivarError {
  const who = holder ? `process ${holder.pid} (${holder.purpose}) since ${holder.createdAt}` : 'several processes that want it at once';
  if (holder && isElsewhere(holder)) {
    return new CultivarError({
      code: 'run-locked',
      message: `${dirname(path)} is in use by ${who}, on the computer ${holder.host}.`,
      remedy: 'Let it finish. Where no Cultivar works on that computer any more, remove the lock:',
      command: `rm ${shellQuoted(path)}`,
    });
  }
  return new CultivarError({
    code: 'run-locked',
    message: `${dirname(path)} is in use by ${who}.`,
    remedy: 'Let it finish, or close the other Cultivar window or command first.',
    ...(holder && { command: `kill ${holder.pid}` }),
    detail: `lock file ${shellQuoted(path)}`,
  });
}

let ownBootId: string | undefined;
function bootId(): string {
  ownBootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return ownBootId;
}

/** Start time of a live process in clock ticks since boot; null when it is gone or a zombie. */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the command's name, may hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
