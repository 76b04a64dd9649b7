import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { acquireSchedulerLock } from './schedulerLock';

/**
 * Each process takes the lock a few times and, while it holds it, raises a number in a file: a lost rise, or a rise over somebody
 * else's mark, would show two holders at once. The last one leaves without letting go.
 */
const contender = `
import { readFileSync, writeFileSync } from 'node:fs';
const { acquireSchedulerLock } = await import(process.argv[2]);
const library = process.argv[3];
let rounds = 8;
while (rounds > 0) {
  let lock;
  try { lock = await acquireSchedulerLock(library, 'race'); } catch (error) { if (error.code !== 'run-locked') throw error; await new Promise((r) => setTimeout(r, 1 + Math.random() * 4)); continue; }
  const before = Number(readFileSync(library + '/count', 'utf8'));
  await new Promise((r) => setTimeout(r, 2));
  writeFileSync(library + '/count', String(before + 1));
  rounds--;
  if (rounds === 0) process.kill(process.pid, 'SIGKILL');
  await lock.release();
}`;

test('four processes, each killed while it holds the lock: never two holders, and the next one takes over', { timeout: 120_000 }, async () => {
  const library = tempFolder();
  writeFileSync(join(library, 'count'), '0');
  const script = join(tempFolder(), 'contender.mjs');
  writeFileSync(script, contender);
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const module = new URL('./schedulerLock.ts', import.meta.url).href;
  const ends = await Promise.all(Array.from({ length: 4 }, () => new Promise<string>((resolve) => {
    const child = spawn(process.execPath, ['--import', loader, script, module, library], { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (piece: Buffer) => { stderr += piece.toString(); });
    child.on('close', (_code, signal) => resolve(signal ?? stderr));
  })));
  expect(ends).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL', 'SIGKILL']);
  expect(readFileSync(join(library, 'count'), 'utf8')).toBe('32');
  const lock = await acquireSchedulerLock(library, 'the window');
  expect(lock.broke?.holder?.purpose).toBe('race');
  await lock.release();
});
