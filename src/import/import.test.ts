import { execFileSync, fork } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { pixelsOf } from '../../test/support/pixelsOf';
import { tempFolder } from '../../test/support/tempFolder';
import type { ImportOptions } from '../contracts/importing';
import { openDataset, readDatasetManifest, verifyDataset } from '../data/openDataset';
import { listRevisions, removeDataset } from '../data/revisions';
import { programFile } from '../system/programFile';
import { DecoderPool } from './decode/pool';
import { importDataset, type ImportRequest } from './importDataset';
import { npyHead } from './layouts/npy';
import { importLimits } from './limits';
import { planImport } from './planImport';

// Written by tar, zip, Python's pickle, NumPy, pyarrow and Pillow: test/fixtures/make_imports.py.
const fixtures = join(import.meta.dirname, '../../test/fixtures/import');
const pool = new DecoderPool(importLimits.imageMs, 1);
afterAll(() => { pool.close(); });

const options: ImportOptions = { name: 'Tiny', side: 12, fit: 'squash', testPercent: 0, seed: 0, validation: 'pool', licence: '' };
const bring = (library: string, path: string, change: Partial<ImportOptions> = {}, more: Partial<ImportRequest> = {}) => importDataset({ library, path, options: { ...options, ...change }, pool, ...more });
const array = (name: string) => { const bytes = readFileSync(join(fixtures, name)); return bytes.subarray(npyHead(bytes, name).start); };

/** What every layout holds: split, class and pixels of each image. */
function truth(name: string, side: number, classOf: (label: number) => string, grey = false): string[] {
  const pixels = array(name);
  return Array.from({ length: 24 }, (_, i) => {
    const own = pixels.subarray(i * side * side * 3, (i + 1) * side * side * 3);
    return `${i < 12 ? 'train' : 'test'} ${classOf(i % 3)} ${(grey ? own.map((_value, at) => own[at - (at % 3)]!) : own).toString('hex')}`;
  }).sort();
}
async function held(library: string, id: string): Promise<string[]> {
  const { store, classes, splits } = await openDataset(library, id);
  const bytes = store.width * store.height * 3;
  return Array.from(store.labels, (label, i) => `${i < splits.train.count ? 'train' : 'test'} ${classes[label]} ${Buffer.from(pixelsOf(store).slice(i * bytes, (i + 1) * bytes)).toString('hex')}`).sort();
}

const named = (label: number) => ['cat', 'dog', '魚'][label]!;
const numbered = (label: number) => String(label);
const ten = (label: number) => ['airplane', 'automobile', 'bird'][label]!;
const seventh = (label: number) => `class ${String(7 * label).padStart(2, '0')}`;

describe('every layout gives the very images, labels and splits', () => {
  it.each([
    ['folders.zip', 'class-folders', 'zip', 12, named], ['folders.tar', 'class-folders', 'tar', 12, named], ['folders.tar.gz', 'class-folders', 'tar.gz', 12, named],
    ['list', 'manifest', 'folder', 12, named], ['list/labels.csv', 'manifest', 'file', 12, named], ['list/labels.jsonl', 'manifest', 'file', 12, named],
    ['arrays.npz', 'npz', 'zip', 12, numbered], ['floats.npz', 'npz', 'zip', 12, numbered], ['parquet', 'parquet', 'folder', 12, named],
    ['cifar-10-python.tar.gz', 'cifar10-python', 'tar.gz', 32, ten], ['cifar-10-binary.tar.gz', 'cifar10-binary', 'tar.gz', 32, ten],
    ['cifar-100-python.tar.gz', 'cifar100-python', 'tar.gz', 32, seventh], ['cifar-100-binary.tar.gz', 'cifar100-binary', 'tar.gz', 32, seventh],
  ] as const)('%s', async (file, kind, container, side, classOf) => {
    const library = tempFolder();
    // A folder with both lists in it is told twice over: one is enough.
    let path = join(fixtures, file);
    if (file === 'list') {
      path = join(tempFolder(), 'list');
      cpSync(join(fixtures, file), path, { recursive: true });
      rmSync(join(path, 'labels.jsonl'));
    }
    const plan = await planImport(library, path, { pool });
    expect([plan.kind, plan.container, plan.counts, plan.suggested.side, plan.commonSize]).toEqual([kind, container, { train: 12, validation: 0, test: 12 }, kind.startsWith('cifar') ? 32 : 12, { width: side, height: side }]);
    expect(plan.samples.length).toBeGreaterThan(0);
    const result = await bring(library, path, { side });
    expect([result.outcome, result.counts, result.record.quarantined, result.record.resampled]).toEqual(['imported', { train: 12, test: 12 }, 0, 0]);
    expect(await held(library, result.id)).toEqual(truth(side === 32 ? 'truth32.npy' : 'truth.npy', side, classOf));
    await verifyDataset(library, result.id, { deep: true });
    expect(readdirSync(join(library, 'datasets', '.import'))).toEqual([]);
  });
  it('IDX, grey, by its folder and by one of its files', async () => {
    const library = tempFolder();
    const { id, record } = await bring(library, join(fixtures, 'idx'));
    expect(await held(library, id)).toEqual(truth('truth.npy', 12, numbered, true));
    expect([record.kind, record.grey]).toEqual(['idx', 24]);
    expect((await bring(library, join(fixtures, 'idx/train-images-idx3-ubyte.gz'))).outcome).toBe('same');
  });
  it('Parquet inside an archive, up to what memory may hold', async () => {
    const [library, folder] = [tempFolder(), tempFolder()];
    execFileSync('tar', ['--create', '--gzip', '--file', join(folder, 'tables.tar.gz'), '--directory', fixtures, 'parquet']);
    execFileSync('zip', ['-q', '-r', join(folder, 'tables.zip'), 'parquet'], { cwd: fixtures });
    const { revision: plain } = await bring(library, join(fixtures, 'parquet'));
    for (const file of ['tables.tar.gz', 'tables.zip']) {
      const result = await bring(library, join(folder, file));
      expect([result.outcome, result.revision, result.record.kind]).toEqual(['same', plain, 'parquet']);
      await expect(bring(library, join(folder, file), {}, { limits: { ...importLimits, listBytes: 4096 } })).rejects.toMatchObject({ code: 'import-unreadable', message: expect.stringContaining('unpack it') as string });
    }
  });
  it('a folder and its zip are one revision', async () => {
    const library = tempFolder();
    const folder = tempFolder();
    execFileSync('tar', ['-xf', join(fixtures, 'folders.tar'), '-C', folder]);
    expect((await bring(library, join(fixtures, 'folders.zip'))).outcome).toBe('imported');
    expect((await bring(library, folder)).outcome).toBe('same');
    expect(await listRevisions(library, 'tiny')).toHaveLength(1);
  });
});

describe('made to harm', () => {
  it('names that lead out and links are quarantined, the images come in, and nothing is written outside', async () => {
    for (const file of ['traversal.zip', 'traversal.tar']) {
      const outer = tempFolder();
      const library = join(outer, 'a', 'library');
      mkdirSync(library, { recursive: true });
      const { counts, quarantined, report } = await bring(library, join(fixtures, 'harm', file));
      expect(counts.train).toBe(4);
      const reasons = quarantined.map(({ reason }) => reason).sort();
      expect(reasons).toEqual(file.endsWith('zip') ? ['link', 'unsafe-name', 'unsafe-name', 'unsafe-name', 'unsafe-name', 'unsafe-name'] : ['link', 'link', 'unreadable', 'unreadable', 'unsafe-name', 'unsafe-name']);
      expect(readFileSync(report!, 'utf8').trim().split('\n')).toHaveLength(6);
      expect(readdirSync(outer)).toEqual(['a']);
      expect(readdirSync(join(outer, 'a'))).toEqual(['library']);
      expect(readdirSync(library)).toEqual(['datasets']);
    }
  });
  it('a pickle with code is refused by the name it asks for, and runs nothing', async () => {
    const library = tempFolder();
    await expect(bring(library, join(fixtures, 'harm/code.tar.gz'))).rejects.toMatchObject({ code: 'import-unreadable', message: expect.stringContaining('posix.system') as string });
    expect(existsSync('code-was-run')).toBe(false);
    expect(existsSync(join(library, 'datasets'))).toBe(false);
  });
  it('objects in .npz are refused', async () => {
    await expect(bring(tempFolder(), join(fixtures, 'objects.npz'))).rejects.toMatchObject({ message: expect.stringContaining('objects of Python') as string });
  });
  it('broken and absurd images are quarantined one by one, each with its reason', async () => {
    const library = tempFolder();
    const { counts, quarantined } = await bring(library, join(fixtures, 'harm/images.zip'));
    expect(counts.train).toBe(6);
    expect(Object.fromEntries(quarantined.map(({ file, reason }) => [file, reason]))).toEqual({
      'cat/huge.png': 'too-large', 'cat/cut.png': 'truncated', 'cat/cut.jpg': 'truncated', 'cat/empty.png': 'no-image', 'cat/text.png': 'no-image', 'cat/html.jpg': 'no-image',
      'cat/zip.png': 'no-image', 'cat/gif.gif': 'too-large', 'cat/svg.svg': 'no-image', 'cat/bmp.bmp': expect.stringMatching(/damaged|too-large|truncated/) as string,
    });
  });
  it('archives inside are not opened, and the sentence says so', async () => {
    await expect(bring(tempFolder(), join(fixtures, 'harm/nested.zip'))).rejects.toMatchObject({ code: 'import-unreadable', message: expect.stringContaining('archives inside are not opened') as string });
  });
  it('what explodes is refused, and nothing is left', async () => {
    const folder = tempFolder();
    const library = tempFolder();
    const tight = { ...importLimits, ratioFreeBytes: 100_000 };
    const tar = readFileSync(join(fixtures, 'folders.tar'));
    writeFileSync(join(folder, 'bomb.tar.gz'), gzipSync(Buffer.concat([tar.subarray(0, tar.lastIndexOf('ustar') + 255), bombEntry(3_000_000), Buffer.alloc(3_000_320 + 1024)])));
    await expect(bring(library, join(folder, 'bomb.tar.gz'), {}, { limits: tight })).rejects.toMatchObject({ code: 'import-unreadable', message: expect.stringContaining('times its size') as string });
    await expect(bring(library, join(fixtures, 'folders.zip'), {}, { limits: { ...importLimits, ratio: 0.1, ratioFreeBytes: 0 } })).rejects.toMatchObject({ message: expect.stringContaining('times its size') as string });
    expect(existsSync(join(library, 'datasets'))).toBe(false);
  });
  it('cut off anywhere, an archive is an error or loses whole files, never half of one', async () => {
    const folder = tempFolder();
    for (const file of ['folders.zip', 'folders.tar.gz', 'folders.tar', 'arrays.npz', 'cifar-10-python.tar.gz', 'parquet/train-00000-of-00001.parquet']) {
      const whole = readFileSync(join(fixtures, file));
      for (const part of [0, 0.3, 0.5]) {
        const path = join(folder, 'cut');
        writeFileSync(path, whole.subarray(0, Math.floor(whole.length * part)));
        await expect(bring(tempFolder(), path), `${file} at ${part}`).rejects.toMatchObject({ code: 'import-unreadable' });
      }
    }
  });
  it.each([
    ['a text', 'hello\n', 'without the columns path and label'], ['one image', readFileSync(join(fixtures, 'kinds/a.png')), 'a single image'], ['a pickle', Buffer.from([0x80, 2, 0x7d, 0x2e]), 'a pickle by itself'],
    ['random bytes', Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 0, 9]), 'none of'], ['nothing', '', 'it is empty'], ['a wrong magic', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(100)]), 'zip archive is damaged'],
  ])('%s is told for what it is', async (_, content, words) => {
    const path = join(tempFolder(), 'file');
    writeFileSync(path, content);
    await expect(bring(tempFolder(), path)).rejects.toMatchObject({ code: 'import-unreadable', message: expect.stringContaining(words) as string });
  });
});

/** The head of a tar entry of zeros. */
function bombEntry(size: number): Buffer {
  const head = Buffer.alloc(512);
  head.write('tiny/train/cat/zeros.png');
  head.write('0000644\0', 100);
  head.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  head.write('        0', 148);
  head.write('ustar\x0000', 257);
  head.write(`${head.reduce((sum, value) => sum + value, 0).toString(8).padStart(6, '0')}\0 `, 148);
  return head;
}

describe('a data set', () => {
  it('of the same name gets a new revision; the old one stays for whoever saw it, and may be removed when nobody does', async () => {
    const library = tempFolder();
    const first = await bring(library, join(fixtures, 'folders.zip'));
    const before = await held(library, 'tiny');
    const second = await bring(library, join(fixtures, 'folders.zip'), { side: 8 });
    expect([second.id, second.outcome]).toEqual([first.id, 'new-revision']);
    expect((await readDatasetManifest(library, 'tiny')).revision).toBe(second.revision);
    const old = await openDataset(library, 'tiny', first.revision);
    expect([old.revision, old.store.width]).toEqual([first.revision, 12]);
    expect(before).toHaveLength(24);
    expect((await listRevisions(library, 'tiny')).map(({ revision }) => revision)).toEqual([second.revision, first.revision]);
    await expect(removeDataset(library, 'tiny', second.revision)).rejects.toMatchObject({ code: 'usage' });
    expect(await removeDataset(library, 'tiny', first.revision.slice(0, 12))).toEqual({ removed: 1 });
    expect(await removeDataset(library, 'tiny', null)).toEqual({ removed: 1 });
    await expect(readDatasetManifest(library, 'tiny')).rejects.toMatchObject({ code: 'dataset-unknown' });
  });
  it('gets a test set in proportion to its classes where none is given, the same for the same seed', async () => {
    const folder = tempFolder();
    for (const label of ['a', 'b']) {
      mkdirSync(join(folder, label));
      for (let i = 0; i < (label === 'a' ? 20 : 10); i++) cpSync(join(fixtures, 'list', `train${String(i % 12).padStart(2, '0')}.png`), join(folder, label, `${i}.png`));
    }
    const drawn = await bring(tempFolder(), folder, { testPercent: 10 });
    expect(drawn.record.classCounts).toEqual({ train: [18, 9], test: [2, 1] });
    expect((await bring(tempFolder(), folder, { testPercent: 10 })).revision).toBe(drawn.revision);
    expect((await bring(tempFolder(), folder, { testPercent: 10, seed: 1 })).revision).not.toBe(drawn.revision);
    expect((await bring(tempFolder(), folder)).counts).toEqual({ train: 30, test: 0 });
  });
  it('takes its validation folder as asked, and its test folder for testing only', async () => {
    const folder = tempFolder();
    for (const [split, count] of [['train', 4], ['val', 3], ['test', 2]] as const) for (const label of ['a', 'b']) {
      mkdirSync(join(folder, split, label), { recursive: true });
      for (let i = 0; i < count; i++) cpSync(join(fixtures, 'list', `train0${i}.png`), join(folder, split, label, `${i}.png`));
    }
    const counts = async (validation: ImportOptions['validation']) => (await bring(tempFolder(), folder, { validation })).counts;
    expect([await counts('pool'), await counts('test'), await counts('leave-out')]).toEqual([{ train: 14, test: 4 }, { train: 8, test: 10 }, { train: 8, test: 4 }]);
  });
  it('cancelled leaves nothing; cut off by a kill it goes on, and is the same in the end', async () => {
    const library = tempFolder();
    const path = join(fixtures, 'folders.tar.gz');
    const controller = new AbortController();
    await expect(bring(library, path, {}, { signal: controller.signal, onProgress: () => { controller.abort(); } })).rejects.toMatchObject({ code: 'import-cancelled' });
    expect(readdirSync(join(library, 'datasets', '.import'))).toEqual([]);
    const { file, execArgv } = programFile(import.meta.url, '../../test/support/killedImport.ts', 'none');
    const child = fork(file, [library, path, JSON.stringify(options)], { execArgv, stdio: 'inherit' });
    await new Promise((resolve) => child.on('exit', resolve));
    const resumed = await bring(library, path);
    expect(resumed.resumedAt).toBeGreaterThan(0);
    expect(resumed.revision).toBe((await bring(tempFolder(), path)).revision);
  });
});
