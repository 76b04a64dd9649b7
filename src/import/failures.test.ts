import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { because } from '../../test/support/because';
import { cultivar } from '../../test/support/commandLine';
import { failingDisk, mountProblem, tempDisk, tempFolder } from '../../test/support/tempFolder';
import type { ImportOptions } from '../contracts/importing';
import { verifyDataset } from '../data/openDataset';
import { DecoderPool } from './decode/pool';
import type { DecodeBatch, DecodeOutcome } from './decode/protocol';
import { importDataset } from './importDataset';
import { importLimits } from './limits';

const fixtures = join(import.meta.dirname, '../../test/fixtures/import');
const options: ImportOptions = { name: 'Tiny', side: 12, fit: 'squash', testPercent: 0, seed: 0, validation: 'pool', licence: '' };

/** Decoders that this process has started and that live. */
const decoders = (): number[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
  try {
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return Number(parent) === process.pid && /decode[/\\]process|decoder\.m?js/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
});

/** Does something to the decoder each time that it has the one file in hand: it is stopped first, so that it cannot be done before. */
class Harmed extends DecoderPool {
  harmed = 0;
  constructor(imageMs: number, private readonly file: string, private readonly harm: (pid: number) => void) { super(imageMs, 1); }

  override async decode(batch: DecodeBatch): Promise<DecodeOutcome[]> {
    if (!batch.sources.some((source) => 'path' in source && source.path.endsWith(this.file))) return super.decode(batch);
    // It is there and idle before it is stopped.
    await super.decode({ ...batch, sources: [{ bytes: new Uint8Array(0) }] });
    const [pid] = decoders();
    process.kill(pid!, 'SIGSTOP');
    this.harmed += 1;
    const outcomes = super.decode(batch);
    this.harm(pid!);
    return outcomes;
  }
}

function classFolders(): string {
  const folder = join(tempFolder(), 'images');
  mkdirSync(folder);
  execFileSync('tar', ['--extract', '--file', join(fixtures, 'folders.tar'), '--directory', folder]);
  return folder;
}
const first = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.png')).sort()[0]!;

describe('a decoder that', () => {
  it.each([
    ['is killed', 'decoder-crashed', importLimits.imageMs, (pid: number) => { process.kill(pid, 'SIGKILL'); }],
    // Stopped, it answers nothing: the limit is what ends it.
    ['hangs', 'decoder-hung', 1500, () => undefined],
  ] as const)('%s costs the one file that it had; the import ends with all others', async (_how, reason, imageMs, harm) => {
    const [library, folder] = [tempFolder(), classFolders()];
    const bad = first(folder);
    const pool = new Harmed(imageMs, bad, harm);
    try {
      const result = await importDataset({ library, path: folder, options, pool });
      expect(pool.harmed).toBe(2); // in its batch, and by itself
      expect(result.quarantined).toEqual([{ file: bad, reason, message: expect.any(String) as string }]);
      expect(result.counts.train + result.counts.test).toBe(23);
      expect(readdirSync(join(library, 'datasets/.import'))).toEqual([]);
    } finally {
      pool.close();
    }
    await expect.poll(decoders).toEqual([]);
  });
});

describe.skipIf(mountProblem)(because(mountProblem, 'a disk'), () => {
  const pool = new DecoderPool(importLimits.imageMs, 1);
  afterAll(() => { pool.close(); });

  it('that gets full in mid-import ends it with a clear error, and nothing is left', async () => {
    const { folder: library } = tempDisk(2048);
    // As another program fills it: what was free when the import began is not any more.
    const fill = () => { try { execFileSync('dd', ['if=/dev/zero', `of=${join(library, 'other')}`, 'bs=4k'], { stdio: 'ignore' }); } catch { /* it is full */ } };
    let filled = false;
    const path = join(fixtures, 'folders.zip');
    const onProgress = () => { if (!filled) { filled = true; fill(); } };
    await expect(importDataset({ library, path, options: { ...options, side: 64 }, pool, onProgress })).rejects.toMatchObject({ code: 'disk-full', message: expect.stringContaining(library) as string });
    expect(filled).toBe(true);
    expect(left(library)).toEqual([]);
  });

  it('that is too small is told before any image is read', async () => {
    const { folder: library } = tempDisk(512);
    await expect(importDataset({ library, path: join(fixtures, 'folders.zip'), options: { ...options, side: 256 }, pool })).rejects.toMatchObject({ code: 'disk-full', message: expect.stringMatching(/need \d+ MB/) as string });
    expect(left(library)).toEqual([]);
  });

  it('that can only be read is told, and stays as it was', async () => {
    const { folder: library, remountReadOnly } = tempDisk(2048);
    await importDataset({ library, path: join(fixtures, 'folders.zip'), options, pool });
    const before = left(library);
    remountReadOnly();
    await expect(importDataset({ library, path: join(fixtures, 'arrays.npz'), options: { ...options, name: 'Other' }, pool })).rejects.toMatchObject({ code: 'library-read-only' });
    expect(left(library)).toEqual(before);
  });

  it('that turns read-only under an import ends it with a clear error and no data set; once it is mended the import goes on', async () => {
    const disk = failingDisk(128);
    const [library, images] = [disk.folder, join(tempFolder(), 'images')];
    for (let copy = 0; copy < 10; copy++) {
      const folder = classFolders();
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.png'))) {
        mkdirSync(join(images, dirname(name)), { recursive: true });
        renameSync(join(folder, name), join(images, dirname(name), `${copy} ${basename(name)}`));
      }
    }
    const all = readdirSync(images, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.png')).length;
    expect(all).toBeGreaterThan(200);
    // 196 kB an image: what is staged is written, and counts, many times before the end.
    const words = ['dataset', 'import', images, '--name', 'Tiny', '--size', '256', '--test', '0', '--library', library, '--json'];
    let ended = false;
    const importing = cultivar(words).finally(() => { ended = true; });
    const journal = () => readdirSync(join(library, 'datasets/.import'), { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('journal.json'));
    await expect.poll(() => { try { return ended || journal() !== undefined; } catch { return false; } }, { timeout: 200_000, interval: 2 }).toBe(true);
    expect(ended).toBe(false);
    disk.fail();
    const { code, stdout } = await importing;
    expect([code, JSON.parse(stdout)]).toMatchObject([1, { error: { code: 'library-read-only', message: expect.stringContaining(library) as string } }]);
    const listed = async () => JSON.parse((await cultivar(['dataset', 'list', '--library', library, '--json'])).stdout) as { id: string }[];
    expect(await listed()).toEqual([]);

    disk.mend();
    expect(await listed()).toEqual([]);
    const again = JSON.parse((await cultivar(words)).stdout) as { id: string; outcome: string; counts: { train: number; test: number }; resumedAt: number; quarantined: unknown[] };
    expect(again).toMatchObject({ outcome: 'imported', quarantined: [] });
    expect(again.counts.train + again.counts.test).toBe(all);
    expect(again.resumedAt).toBeGreaterThan(0);
    await verifyDataset(library, again.id, { deep: true });
    expect(readdirSync(join(library, 'datasets/.import'))).toEqual([]);
  });
});

/** Files under a library's data sets. */
const left = (library: string) => (existsSync(join(library, 'datasets')) ? readdirSync(join(library, 'datasets'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name).sort() : []);
