import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import yauzl from 'yauzl';
import { promisify } from 'node:util';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { because } from '../../../test/support/because';
import { mountProblem, tempDisk, tempFolder } from '../../../test/support/tempFolder';
import { zipOf } from '../../../test/support/zipOf';
import { writeTinyDataset } from '../../../test/support/tinyDataset';
import { runConfigSchema } from '../../core/config/run';
import { createExperiment, readExperiment } from '../../library/experiments';
import { changeRemarks, readRemarks } from '../../library/remarks';
import { createRun, readRun } from '../../library/runs';
import { openRunWriter } from '../../library/runWriter';
import { importArchive } from './importArchive';
import { writeArchive } from './writeArchive';

const options = { checkpoints: true, cultivarVersion: '0.1.0' };
const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');

/** A library with an experiment of two ended runs, named with what file systems and zip files find hard. */
async function libraryOfTwo() {
  const library = tempFolder();
  const { id: dataset, revision } = writeTinyDataset(library);
  const runIds: string[] = [];
  for (const seed of [1, 2]) {
    const resolved = runConfigSchema.parse({ name: `試験 <${seed}> & "x"`, seed, data: { dataset } });
    const { id } = await createRun(library, { name: resolved.name, config: { given: {}, resolved }, dataset: { id: dataset, revision }, numericsVersion: 1, experimentId: 'two-abcdef' });
    const writer = await openRunWriter(library, id, 'test');
    await writer.append({ type: 'noted', atMs: 1, step: 0, text: 'お茶' }, { type: 'ended', atMs: 2, outcome: 'completed', exit: { code: 0, signal: null }, error: null });
    await writer.update({ status: 'completed' });
    await writer.close();
    mkdirSync(join(library, 'runs', id, 'checkpoints/4'), { recursive: true });
    writeFileSync(join(library, 'runs', id, 'checkpoints/4/weights.safetensors'), Buffer.alloc(3000, seed));
    writeFileSync(join(library, 'runs', id, 'lock'), 'stale');
    mkdirSync(join(library, 'runs', id, '.scratch'));
    writeFileSync(join(library, 'runs', id, '.scratch/x'), 'x');
    runIds.push(id);
  }
  for (const id of runIds) rmSync(join(library, 'runs', id, 'lock'));
  await createExperiment(library, { id: 'two-abcdef', name: '二つ', question: '?', given: { name: '二つ' }, arms: [{ key: 'a', levels: {}, runIds, seeds: [1, 2] }] });
  return { library, runIds, archive: join(library, '実験 & more.zip') };
}

/** Every file below the runs and experiments of a library, by path, with its hash. */
function contents(library: string): Record<string, string> {
  return Object.fromEntries(['runs', 'experiments', 'weights'].filter((kind) => existsSync(join(library, kind))).flatMap((kind) =>
    readdirSync(join(library, kind), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !join(entry.parentPath, entry.name).includes('/.'))
      .map((entry) => [join(entry.parentPath, entry.name).slice(library.length + 1), sha256(readFileSync(join(entry.parentPath, entry.name)))])));
}

/** The entries of a zip file. */
async function entriesOf(path: string): Promise<Record<string, Buffer>> {
  const zip = await promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open)(path, { lazyEntries: true, autoClose: false });
  const openStream = promisify(zip.openReadStream.bind(zip)) as (entry: yauzl.Entry) => Promise<NodeJS.ReadableStream>;
  const found: Record<string, Buffer> = {};
  await new Promise<void>((resolve, reject) => {
    zip.on('end', resolve).on('error', reject).on('entry', (entry: yauzl.Entry) => {
      void openStream(entry).then(buffer).then((data) => { found[entry.fileName] = data; zip.readEntry(); });
    });
    zip.readEntry();
  });
  zip.close();
  return found;
}

describe('an archive', () => {
  it('carries an experiment with all its runs into another library, equal to the byte', async () => {
    const { library, runIds, archive } = await libraryOfTwo();
    const phases = new Set<string>();
    const { manifest } = await writeArchive(library, 'two-abcdef', archive, { ...options, onProgress: ({ phase }) => phases.add(phase) });
    expect(manifest).toMatchObject({ kind: 'cultivar-archive', content: { kind: 'experiment', id: 'two-abcdef', name: '二つ' }, runs: [{ id: runIds[0] }, { id: runIds[1] }] });
    const other = tempFolder();
    const imported = await importArchive(other, archive, { onProgress: ({ phase }) => phases.add(phase) });
    expect([...phases]).toEqual(['hash', 'write', 'check', 'place']);
    expect(imported).toMatchObject({ runs: runIds.map((id) => ({ id, outcome: 'imported' })), experiments: [{ id: 'two-abcdef', outcome: 'imported' }], datasets: [{ id: 'tiny', state: 'absent' }] });
    const before = contents(library);
    expect(Object.keys(before).length).toBe(7);
    expect(contents(other)).toEqual(before);
    expect(await readRun(other, runIds[0]!)).toMatchObject({ status: 'completed', name: '試験 <1> & "x"' });
    expect(readdirSync(other).filter((name) => name.startsWith('.'))).toEqual([]);
    // Again: the same is there already.
    writeTinyDataset(other);
    expect(await importArchive(other, archive)).toMatchObject({ runs: runIds.map((id) => ({ id, outcome: 'present' })), experiments: [{ outcome: 'present' }], datasets: [{ state: 'present' }] });
  });

  it('carries notes and tags, and what is remarked in the library since then is no other content', async () => {
    const { library, runIds: [id], archive } = await libraryOfTwo();
    const of = { kind: 'run', id: id! } as const;
    await changeRemarks(library, of, { note: '発表', add: ['seminar'] });
    await writeArchive(library, id!, archive, options);
    const other = tempFolder();
    await importArchive(other, archive);
    expect(await readRemarks(other, of)).toEqual({ note: '発表', tags: ['seminar'], pinned: false });
    await changeRemarks(other, of, { note: 'mine' });
    expect(await importArchive(other, archive)).toMatchObject({ runs: [{ id, outcome: 'present' }] });
    expect(await readRemarks(other, of)).toMatchObject({ note: 'mine' });
  });

  it('of one run, without checkpoints', async () => {
    const { library, runIds: [id], archive } = await libraryOfTwo();
    await writeArchive(library, id!, archive, { ...options, checkpoints: false });
    expect(Object.keys(await entriesOf(archive))).toEqual(['cultivar-archive.json', `runs/${id}/events.jsonl`, `runs/${id}/manifest.json`]);
    expect(await importArchive(tempFolder(), archive)).toMatchObject({ checkpoints: false, runs: [{ id }], experiments: [] });
  });

  it('is refused where the library has other content under an id, and comes in with new ids where that is asked for', async () => {
    const { library, runIds, archive } = await libraryOfTwo();
    await writeArchive(library, 'two-abcdef', archive, options);
    writeFileSync(join(library, 'runs', runIds[1]!, 'checkpoints/4/weights.safetensors'), Buffer.alloc(3000, 9));
    const before = contents(library);
    await expect(importArchive(library, archive)).rejects.toMatchObject({ code: 'archive-conflict', message: expect.stringContaining(`"${runIds[1]}" already: checkpoints/4/weights.safetensors differs`) as string });
    expect(contents(library)).toEqual(before);
    const { runs, experiments } = await importArchive(library, archive, { asNew: true });
    expect(runs.every(({ id, archivedId, outcome }) => id !== archivedId && outcome === 'imported')).toBe(true);
    const experiment = await readExperiment(library, experiments[0]!.id);
    expect(experiment.arms[0]!.runIds).toEqual(runs.map(({ id }) => id));
    for (const { id } of runs) expect(await readRun(library, id)).toMatchObject({ id, experimentId: experiment.id });
    expect(contents(library)).toMatchObject(before);
  });

  it('of a run that had not ended starts nothing where it is imported', async () => {
    const { library, archive } = await libraryOfTwo();
    const { id: dataset, revision } = writeTinyDataset(library);
    const waiting = await createRun(library, { name: 'waits', config: { given: {}, resolved: runConfigSchema.parse({}) }, dataset: { id: dataset, revision }, numericsVersion: 1 });
    await writeArchive(library, waiting.id, archive, options);
    const other = tempFolder();
    await importArchive(other, archive);
    expect(await readRun(other, waiting.id)).toMatchObject({ status: 'interrupted' });
    expect(await importArchive(other, archive)).toMatchObject({ runs: [{ outcome: 'present' }] });
    const writer = await openRunWriter(library, waiting.id, 'test');
    await writer.update({ status: 'running' });
    await expect(writeArchive(library, waiting.id, join(library, 'x.zip'), options)).rejects.toMatchObject({ code: 'run-locked' });
    await writer.close();
  });

  it('leaves nothing where it is cancelled, refused or has no room', async () => {
    const { library, runIds, archive } = await libraryOfTwo();
    const folder = tempFolder();
    const cancel = new AbortController();
    const stopAt = (wanted: string) => ({ signal: cancel.signal, onProgress: ({ phase }: { phase: string }) => { if (phase === wanted) cancel.abort(); } });
    await expect(writeArchive(library, runIds[0]!, join(folder, 'a.zip'), { ...options, ...stopAt('write') })).rejects.toMatchObject({ code: 'archive-cancelled' });
    expect(readdirSync(folder)).toEqual([]);
    await writeArchive(library, runIds[0]!, archive, options);
    await expect(writeArchive(library, runIds[0]!, archive, options)).rejects.toMatchObject({ code: 'destination-exists' });
    await expect(writeArchive(library, runIds[0]!, join(folder, 'none/a.zip'), options)).rejects.toMatchObject({ code: 'usage' });
    await expect(writeArchive(library, 'none', join(folder, 'a.zip'), options)).rejects.toMatchObject({ code: 'run-unknown' });
    const other = tempFolder();
    await expect(importArchive(other, archive, { signal: cancel.signal })).rejects.toMatchObject({ code: 'archive-cancelled' });
    expect(readdirSync(other)).toEqual([]);
    // What a killed import left behind goes with the next one.
    mkdirSync(join(other, '.import-999999999-dead'));
    await importArchive(other, archive);
    expect(readdirSync(other)).toEqual(['runs']);
  });

  it.skipIf(mountProblem)(because(mountProblem, 'is told of a full disk, and the library stays as it was'), async () => {
    const { library, runIds, archive } = await libraryOfTwo();
    const { folder } = tempDisk(64);
    writeFileSync(join(folder, 'filling'), Buffer.alloc(57 * 1024, 1));
    await expect(writeArchive(library, runIds[0]!, join(folder, 'a.zip'), options)).rejects.toMatchObject({ code: 'disk-full' });
    expect(readdirSync(folder)).toEqual(['filling']);
    await writeArchive(library, runIds[0]!, archive, options);
    await expect(importArchive(folder, archive)).rejects.toMatchObject({ code: 'disk-full' });
    expect(readdirSync(folder)).toEqual(['filling']);
    const { folder: fixed, remountReadOnly } = tempDisk(1024);
    remountReadOnly();
    await expect(importArchive(fixed, archive)).rejects.toMatchObject({ code: 'library-read-only' });
    expect(readdirSync(fixed)).toEqual([]);
  });
});

describe('archives that are damaged or mean harm', () => {
  /** The archive's entries with its list made anew to fit, unless `list` says otherwise. */
  async function changed(archive: string, change: (entries: Record<string, Buffer>) => void, { fit = true, modes = {} }: { fit?: boolean; modes?: Record<string, number> } = {}): Promise<string> {
    const entries = await entriesOf(archive);
    change(entries);
    if (fit) {
      const list = JSON.parse(String(entries['cultivar-archive.json'])) as { files: Record<string, unknown> };
      list.files = Object.fromEntries(Object.entries(entries).filter(([name]) => name !== 'cultivar-archive.json').map(([name, data]) => [name, { bytes: data.length, sha256: sha256(data) }]));
      entries['cultivar-archive.json'] = Buffer.from(JSON.stringify(list));
    }
    const path = join(tempFolder(), 'changed.zip');
    writeFileSync(path, await zipOf(entries, modes));
    return path;
  }
  const refused = async (path: string, why: RegExp) => {
    const library = tempFolder();
    await expect(importArchive(library, path), String(why)).rejects.toMatchObject({ code: 'archive-damaged', message: expect.stringMatching(why) as string });
    expect(readdirSync(library)).toEqual([]);
  };

  it('are refused with the reason, and nothing is placed', async () => {
    const { library, runIds: [id], archive } = await libraryOfTwo();
    await writeArchive(library, id!, archive, options);
    const weights = `runs/${id}/checkpoints/4/weights.safetensors`;
    const put = (name: string, data = 'x') => (entries: Record<string, Buffer>) => { entries[name] = Buffer.from(data); };
    await refused(await changed(archive, (entries) => { entries[weights]![5]! ^= 1; }, { fit: false }), /has changed: its sha256/);
    await refused(await changed(archive, (entries) => { Reflect.deleteProperty(entries, weights); }, { fit: false }), /weights\.safetensors is missing/);
    await refused(await changed(archive, (entries) => { entries[weights] = Buffer.alloc(5); }, { fit: false }), /has 5 bytes instead of 3000/);
    await refused(await changed(archive, put(`runs/${id}/extra`), { fit: false }), /its list does not name/);
    for (const name of ['datasets/cifar10/manifest.json', 'runs/other-abcdef/manifest.json', `runs/${id}/lock`, `runs/${id}/.scratch/x`, 'settings.json', `weights/${'0'.repeat(63)}.safetensors`, `runs/${id}/a:b`]) {
      await refused(await changed(archive, put(name)), /belongs nowhere in a library/);
    }
    await refused(await changed(archive, put(`runs/${id}/link`, '/etc/passwd'), { modes: { [`runs/${id}/link`]: 0o120777 } }), /is a link/);
    await refused(await changed(archive, (entries) => { Reflect.deleteProperty(entries, `runs/${id}/manifest.json`); }), /manifest\.json is missing/);
    await refused(await changed(archive, (entries) => { entries[`runs/${id}/manifest.json`] = Buffer.from('{}'); }), /what it holds cannot be read/);
    await refused(await changed(archive, (entries) => { entries[`runs/${id}/events.jsonl`] = Buffer.from('{"type":"none"}\n{"type":"none"}\n'); }), /what it holds cannot be read/);
    await refused(await changed(archive, (entries) => { delete entries['cultivar-archive.json']; }, { fit: false }), /no list of its files/);
    await refused(await changed(archive, put('cultivar-archive.json', '{"schemaVersion":2}'), { fit: false }), /newer Cultivar/);
    await refused(await changed(archive, put('cultivar-archive.json', '{"schemaVersion":1}'), { fit: false }), /not as it should be/);
    await refused(await changed(archive, put('cultivar-archive.json', 'x'), { fit: false }), /no JSON/);
  });

  it('paths that lead out, and files that are cut off anywhere', async () => {
    const { library, runIds: [id], archive } = await libraryOfTwo();
    await writeArchive(library, id!, archive, options);
    const whole = readFileSync(archive);
    const path = join(tempFolder(), 'x.zip');
    for (const to of [`../../../../${'x'.repeat(`runs/${id}/events.jsonl`.length - 12)}`, `/${'x'.repeat(`runs/${id}/events.jsonl`.length - 1)}`]) {
      writeFileSync(path, Buffer.from(whole.toString('latin1').replaceAll(`runs/${id}/events.jsonl`, to), 'latin1'));
      await refused(path, /leads out|damaged/);
    }
    for (let length = 0; length < whole.length; length += Math.ceil(whole.length / 40)) {
      writeFileSync(path, whole.subarray(0, length));
      await refused(path, /damaged/);
    }
    for (let at = 30; at < whole.length - 22; at += Math.ceil(whole.length / 60)) {
      const flipped = Buffer.from(whole);
      flipped[at]! ^= 0x55;
      writeFileSync(path, flipped);
      const other = tempFolder();
      // A changed date or comment of the zip itself harms nothing; whatever is imported is the same.
      const outcome = await importArchive(other, path).then(() => 'imported', (error: { code?: string }) => error.code);
      if (outcome === 'imported') expect(contents(other), `byte ${at}`).toEqual(Object.fromEntries(Object.entries(contents(library)).filter(([name]) => name.startsWith(`runs/${id}/`))));
      else expect({ at, outcome, left: readdirSync(other) }).toEqual({ at, outcome: 'archive-damaged', left: [] });
    }
  });
});
