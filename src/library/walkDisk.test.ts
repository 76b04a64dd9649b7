import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { bytesHeld, bytesHeldWith } from './bytesHeld';
import { walkDisk } from './walkDisk';

test('everything below a folder is visited once, more entries than are looked at together too; links are not followed', async () => {
  const [folder, elsewhere] = [tempFolder(), tempFolder()];
  const expected = ['', 'inner', 'link'];
  mkdirSync(join(folder, 'inner'));
  writeFileSync(join(elsewhere, 'other'), '');
  symlinkSync(elsewhere, join(folder, 'link'));
  for (let i = 0; i < 50; i++) {
    writeFileSync(join(folder, 'inner', String(i)), '');
    expected.push(`inner/${i}`);
  }
  const visited: string[] = [];
  await walkDisk(folder, (path) => { visited.push(path.join('/')); });
  expect(visited.sort()).toEqual(expected.sort());
  await walkDisk(join(folder, 'absent'), (path) => { visited.push(path.join('/')); });
  expect(visited).toHaveLength(expected.length);
});

test('a file with another name elsewhere gives nothing back, with one in the same folder it does', async () => {
  const [folder, elsewhere] = [tempFolder(), tempFolder()];
  mkdirSync(join(folder, 'checkpoints'));
  const bytes = async () => bytesHeldWith(folder, 'checkpoints');
  const empty = await bytes();
  const weights = join(folder, 'checkpoints', 'weights');
  writeFileSync(weights, Buffer.alloc(100_000, 1));
  writeFileSync(join(folder, 'events'), Buffer.alloc(50_000, 1));
  const alone = await bytes();
  expect(alone.part - empty.part).toBeGreaterThanOrEqual(100_000);
  expect(alone.all - empty.all - (alone.part - empty.part)).toBeGreaterThanOrEqual(50_000);
  expect(alone.part).toBe(await bytesHeld(join(folder, 'checkpoints')));
  linkSync(weights, join(folder, 'again'));
  expect(await bytes()).toEqual({ all: alone.all, part: empty.part });
  linkSync(weights, join(elsewhere, 'elsewhere'));
  expect((await bytes()).all).toBe(alone.all - (alone.part - empty.part));
});
