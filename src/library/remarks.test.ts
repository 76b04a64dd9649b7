import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeManyRuns } from '../../test/support/manyRuns';
import { tempFolder } from '../../test/support/tempFolder';
import { deleteRun, restoreRun } from './bin';
import { acquireLock } from './lock';
import { runFolder, runLockFile } from './paths';
import { changeRemarks, listRemarks, longestNote, noRemarks, readRemarks } from './remarks';

function setUp() {
  const library = tempFolder();
  const [id] = writeManyRuns(library, { count: 1, epochs: 1, stepsPerEpoch: 2, events: true });
  return { library, of: { kind: 'run', id: id! } as const };
}

it('keeps notes and tags beside the record, and changes nothing else', async () => {
  const { library, of } = setUp();
  const folder = runFolder(library, of.id);
  const before = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
  expect(await readRemarks(library, of)).toEqual(noRemarks);
  const { after } = await changeRemarks(library, of, { note: '  発表で使う\n二行目 ', add: ['seminar', ' データ拡張 '] });
  expect(after).toEqual({ note: '発表で使う\n二行目', tags: ['seminar', 'データ拡張'], pinned: false });
  expect(await changeRemarks(library, of, { remove: ['Seminar'], pinned: true })).toEqual({ before: after, after: { ...after, tags: ['データ拡張'], pinned: true } });
  expect(await listRemarks(library)).toEqual({ runs: { [of.id]: { ...after, tags: ['データ拡張'], pinned: true } }, experiments: {} });
  for (const [name, text] of before) expect(readFileSync(join(folder, name!), 'utf8')).toBe(text);
  expect(readdirSync(folder).sort()).toEqual([...before.map(([name]) => name), 'remarks.json'].sort());
});

it('loses no tag where many write at once, also while the run trains', async () => {
  const { library, of } = setUp();
  const training = await acquireLock(runLockFile(library, of.id), 'training');
  await Promise.all(Array.from({ length: 12 }, (_, i) => changeRemarks(library, of, { add: [`tag ${i}`] })));
  expect([...(await readRemarks(library, of)).tags].sort()).toEqual(Array.from({ length: 12 }, (_, i) => `tag ${i}`).sort());
  await training.release();
});

it('goes to the bin and comes back with its run', async () => {
  const { library, of } = setUp();
  await changeRemarks(library, of, { add: ['kept'] });
  await deleteRun(library, of.id);
  expect(await listRemarks(library)).toEqual({ runs: {}, experiments: {} });
  await expect(changeRemarks(library, of, { add: ['late'] })).rejects.toMatchObject({ code: 'run-unknown' });
  expect(existsSync(runFolder(library, of.id))).toBe(false);
  await restoreRun(library, of.id);
  expect((await readRemarks(library, of)).tags).toEqual(['kept']);
});

it('refuses what is no tag, and says where a file is damaged instead of writing over it', async () => {
  const { library, of } = setUp();
  await expect(changeRemarks(library, of, { add: ['a,b'] })).rejects.toMatchObject({ code: 'usage' });
  await expect(changeRemarks(library, of, { note: 'a'.repeat(longestNote + 1) })).rejects.toMatchObject({ code: 'usage' });
  await expect(changeRemarks(library, of, { add: Array.from({ length: 31 }, (_, i) => `t${i}`) })).rejects.toMatchObject({ code: 'usage' });
  await expect(changeRemarks(library, { kind: 'experiment', id: 'none-abcdef' }, { add: ['a'] })).rejects.toMatchObject({ code: 'experiment-unknown' });
  const path = join(runFolder(library, of.id), 'remarks.json');
  writeFileSync(path, '{ cut');
  await expect(changeRemarks(library, of, { add: ['a'] })).rejects.toMatchObject({ code: 'library-damaged' });
  expect(readFileSync(path, 'utf8')).toBe('{ cut');
  mkdirSync(join(library, 'runs', 'damaged-abcdef'));
  expect((await changeRemarks(library, { kind: 'run', id: 'damaged-abcdef' }, { note: 'what is it?' })).after.note).toBe('what is it?');
});
