import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { because } from '../../test/support/because';
import { mountProblem, tempDisk, tempFolder } from '../../test/support/tempFolder';
import { asStorageError, shellQuoted, writeFileAtomic, writeJsonAtomic } from './atomic';

test('replaces a file and leaves nothing beside it', async () => {
  const folder = tempFolder();
  await writeJsonAtomic(join(folder, 'a.json'), { x: 1 });
  await writeJsonAtomic(join(folder, 'a.json'), { x: Number.NaN });
  expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('{\n  "x": "NaN"\n}\n');
  expect(readdirSync(folder)).toEqual(['a.json']);
});

test.skipIf(mountProblem)(because(mountProblem, 'a full disk is told, and the old content stays'), async () => {
  const { folder } = tempDisk(64);
  writeFileSync(join(folder, 'a'), 'old');
  await expect(writeFileAtomic(join(folder, 'a'), new Uint8Array(200_000))).rejects.toMatchObject({ code: 'disk-full', message: expect.stringContaining(folder) as string });
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['a']);
});

test.skipIf(mountProblem)(because(mountProblem, 'a disk that can only be read is told'), async () => {
  const { folder, remountReadOnly } = tempDisk(64);
  remountReadOnly();
  await expect(writeFileAtomic(join(folder, 'a'), 'new')).rejects.toMatchObject({
    code: 'library-read-only', message: expect.stringContaining(folder) as string, remedy: expect.stringContaining('--library') as string,
  });
});

test('a refused right is told with a command that can be pasted', () => {
  const refused = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
  expect(asStorageError(refused, "/home/u/it's mine")).toMatchObject({ code: 'permission-denied', command: `sudo chown -R "$USER" '/home/u/it'\\''s mine'` });
  expect(shellQuoted('/a/b-c.d')).toBe('/a/b-c.d');
  expect(asStorageError(Object.assign(new Error('x'), { code: 'ENOTDIR' }), '/etc/hostname/x')).toMatchObject({ code: 'library-damaged', message: expect.stringContaining('/etc/hostname/x is a file') as string });
  const other = new Error('other');
  expect(asStorageError(other, '/a')).toBe(other);
});
