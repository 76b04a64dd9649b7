import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { shellQuoted } from './atomic';
import { acquireLock, inspectLock, processStart } from './lock';

const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
const holder = (change: object) => JSON.stringify({
  schemaVersion: 1, pid: process.pid, processStart: processStart(process.pid), bootId, host: hostname(), purpose: 'training', createdAt: '2026-11-25T00:00:00.000Z', token: 't', ...change,
});

test('is held once, and free after release', async () => {
  const path = join(tempFolder(), 'lock');
  const lock = await acquireLock(path, 'training');
  expect(lock.broke).toBeNull();
  await expect(acquireLock(path, 'deleting')).rejects.toMatchObject({ code: 'run-locked', message: expect.stringContaining(`process ${process.pid} (training)`) as string });
  await lock.release();
  expect(await inspectLock(path)).toEqual({ state: 'free' });
  await (await acquireLock(path, 'deleting')).release();
});

test('of many that want it at once one gets it, also over a stale lock', async () => {
  const folder = tempFolder();
  const path = join(folder, 'lock');
  const gone = spawnSync('true').pid;
  for (const stale of [false, true]) {
    if (stale) writeFileSync(path, holder({ pid: gone, processStart: '1' }));
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => acquireLock(path, 'training')));
    const won = results.filter((result) => result.status === 'fulfilled');
    expect(won).toHaveLength(1);
    await won[0]!.value.release();
    expect(readdirSync(folder)).toEqual([]);
  }
});

test.each([
  ['a process that has ended', () => ({ pid: spawnSync('true').pid, processStart: '1' }), /has ended/],
  ['another process of the same number', () => ({ processStart: '1' }), /belongs to another one/],
  ['an earlier start of the computer', () => ({ bootId: '00000000-0000-0000-0000-000000000000' }), /restarted/],
])('the lock of %s is broken and told', async (_name, change, reason) => {
  const path = join(tempFolder(), 'lock');
  writeFileSync(path, holder(change()));
  const lock = await acquireLock(path, 'training');
  expect(lock.broke?.reason).toMatch(reason);
  expect(lock.broke?.holder?.purpose).toBe('training');
  expect(await inspectLock(path)).toMatchObject({ state: 'held', holder: { pid: process.pid } });
  await lock.release();
});

test('the lock of another computer that shares the folder is not broken', async () => {
  const path = join(tempFolder(), 'lock');
  writeFileSync(path, holder({ host: 'the-other', bootId: '00000000-0000-0000-0000-000000000000', processStart: '1' }));
  await expect(acquireLock(path, 'training')).rejects.toMatchObject({ code: 'run-locked', message: expect.stringContaining('the computer the-other') as string, command: `rm ${shellQuoted(path)}` });
  expect(existsSync(path)).toBe(true);
});

test('an unreadable lock file is broken', async () => {
  const path = join(tempFolder(), 'lock');
  writeFileSync(path, '{');
  const lock = await acquireLock(path, 'training');
  expect(lock.broke).toEqual({ holder: null, reason: 'the lock file could not be read' });
  await lock.release();
});

test('a killed process is known as gone before its parent has taken notice', async () => {
  const path = join(tempFolder(), 'lock');
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  writeFileSync(path, holder({ pid: child.pid, processStart: processStart(child.pid!) }));
  expect((await inspectLock(path)).state).toBe('held');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  expect((await inspectLock(path)).state).toBe('stale');
});

test('release leaves a lock alone that is no longer its own', async () => {
  const path = join(tempFolder(), 'lock');
  const lock = await acquireLock(path, 'training');
  writeFileSync(path, holder({ token: 'of another' }));
  await lock.release();
  expect(existsSync(path)).toBe(true);
});
