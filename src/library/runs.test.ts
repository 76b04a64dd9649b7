import { spawnSync } from 'node:child_process';
import { cpSync, appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { because } from '../../test/support/because';
import { mountProblem, tempDisk, tempFolder } from '../../test/support/tempFolder';
import { defaultRunConfig } from '../core/config/run';
import type { EpochEvent, TrainerEvent } from '../core/run/events';
import { deleteRun, emptyBin, listBin, restoreRun } from './bin';
import { replay } from '../core/run/view';
import { readEvents } from './events';
import { acquireLock } from './lock';
import { runLockFile } from './paths';
import { emptySummary, summaryOf } from './runManifest';
import { listRunSummaries } from './runSummaries';
import { createRun, listRuns, readRun, type NewRun } from './runs';
import { openRunWriter } from './runWriter';

const newRun: NewRun = {
  name: '増強なし、5 エポック', config: { given: { epochs: 5 }, resolved: defaultRunConfig() }, dataset: { id: 'cifar10', revision: 'r' }, numericsVersion: 1,
};
const event = (step: number, loss = 1): TrainerEvent => ({ type: 'steps', atMs: 0, step: [step], loss: [loss], accuracy: [0.5], learningRate: [0.1], elapsedMs: [step] });
const checkpoint: TrainerEvent = { type: 'checkpoint', atMs: 0, step: 2, bytes: 9, reason: 'epoch', dropped: [] };

test('a run is written, opened, changed and read back', async () => {
  const library = tempFolder();
  const { id } = await createRun(library, newRun);
  expect(id).toMatch(/^5-[a-z0-9]{6}$/);
  const writer = await openRunWriter(library, id, 'training');
  await writer.update({ status: 'running', startedAt: '2026-11-25T00:00:00.000Z' });
  expect((await readRun(library, id)).status).toBe('running');
  await Promise.all([1, 2, 3].map((n) => writer.append(event(n, n === 3 ? Number.NaN : 0.5))));
  await writer.update({ status: 'completed', summary: { epochsDone: 5, step: 3, lastValidation: { accuracy: 0.5, epoch: 5 }, bestValidation: { accuracy: Number.NaN, epoch: 4 }, validationCurve: [Number.NaN, 0.5] } });
  await writer.close();
  expect(await readRun(library, id)).toMatchObject({ name: '増強なし、5 エポック', status: 'completed', summary: { bestValidation: { accuracy: Number.NaN } } });
  expect((await readEvents(library, id)).events).toEqual([event(1, 0.5), event(2, 0.5), event(3, Number.NaN)]);
  expect(existsSync(runLockFile(library, id))).toBe(false);
});

test('the summary holds the last epoch and the first of the best', () => {
  const score = (accuracy: number) => ({ loss: 1, accuracy, images: 10 });
  const epochs = [0.3, 0.6, 0.6, 0.5].map((accuracy, i): EpochEvent => ({
    type: 'epoch', atMs: 0, epoch: i + 1, step: 10 * (i + 1), train: score(0.9), plainTrain: score(0.9), validation: score(accuracy),
    trainMs: 1, evaluateMs: 1, imagesPerSecond: 1, elapsedMs: 1,
  }));
  expect(summaryOf({ epochs, step: 43 })).toEqual({ epochsDone: 4, step: 43, lastValidation: { accuracy: 0.5, epoch: 4 }, bestValidation: { accuracy: 0.6, epoch: 2 }, validationCurve: [0.3, 0.6, 0.6, 0.5] });
  expect(summaryOf({ epochs: [], step: 0 })).toEqual(emptySummary);
});

test('a run has one writer', async () => {
  const library = tempFolder();
  const { id } = await createRun(library, newRun);
  const writer = await openRunWriter(library, id, 'training');
  await expect(openRunWriter(library, id, 'training')).rejects.toMatchObject({ code: 'run-locked' });
  await expect(deleteRun(library, id)).rejects.toMatchObject({ code: 'run-locked' });
  await writer.close();
});

test('a run whose process died is interrupted, also on disk once it is opened again', async () => {
  const library = tempFolder();
  const { id } = await createRun(library, newRun);
  const manifestFile = join(library, 'runs', id, 'manifest.json');
  writeFileSync(manifestFile, readFileSync(manifestFile, 'utf8').replace('"queued"', '"running"'));
  const lock = await acquireLock(runLockFile(library, id), 'training');
  expect((await readRun(library, id)).status).toBe('running');
  await lock.release();
  const dead = { schemaVersion: 1, pid: spawnSync('true').pid, processStart: '1', bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), host: 'h', purpose: 'training', createdAt: '', token: 't' };
  writeFileSync(runLockFile(library, id), JSON.stringify(dead));
  expect((await listRuns(library))[0]).toMatchObject({ state: 'readable', manifest: { status: 'interrupted' } });
  expect(readFileSync(manifestFile, 'utf8')).toContain('"running"');
  const writer = await openRunWriter(library, id, 'resuming');
  expect(writer.broke?.reason).toMatch(/has ended/);
  expect(readFileSync(manifestFile, 'utf8')).toContain('"interrupted"');
  await writer.close();
});

test.each(['{"type":"steps","st', '\0\0\0\0', '{"type":"noted","atMs":1,"step":1,"text":""}', '\0\0\n'])('a torn last line %j is reported, ignored and cut off', async (tail) => {
  const library = tempFolder();
  const { id } = await createRun(library, newRun);
  const first = await openRunWriter(library, id, 'training');
  await first.append(event(1), event(2));
  await first.close();
  appendFileSync(join(library, 'runs', id, 'events.jsonl'), tail);
  expect(await readEvents(library, id)).toMatchObject({ events: [event(1), event(2)], torn: { line: 3, bytes: tail.length } });
  const again = await openRunWriter(library, id, 'resuming');
  expect(again.stored.torn).toEqual({ line: 3, bytes: tail.length });
  await again.append(checkpoint);
  await again.close();
  expect(await readEvents(library, id)).toMatchObject({ events: [event(1), event(2), checkpoint], torn: null });
});

test('a long run opens fast', async () => {
  const library = tempFolder();
  const { id } = await createRun(library, newRun);
  const column = (value: number) => Array.from({ length: 100 }, () => value);
  const line = JSON.stringify({ type: 'steps', atMs: 0, step: column(1234), loss: column(0.123456789), accuracy: column(0.5), learningRate: column(0.1), elapsedMs: column(123456) });
  writeFileSync(join(library, 'runs', id, 'events.jsonl'), `${line}\n`.repeat(2000));
  const { result, durationMs } = await timed(() => readEvents(library, id));
  const again = await timed(() => readEvents(library, id));
  console.log(`200,000 steps: ${durationMs.toFixed(0)} ms, again ${again.durationMs.toFixed(0)} ms`);
  expect(again.result).toEqual(result);
  expect(replay(result.events).steps.length).toBe(200_000);
});

test('a bad line before the last, or a last line that is JSON but no event, is damage', async () => {
  const library = tempFolder();
  const { id } = await createRun(library, newRun);
  const path = join(library, 'runs', id, 'events.jsonl');
  const good = JSON.stringify(event(1));
  for (const [text, line] of [[`${good}\n{"type":\n${good}\n`, 2], [`${good}\n{"type":"other"}\n`, 2], [`\n${good}\n`, 1]] as const) {
    writeFileSync(path, text);
    await expect(readEvents(library, id)).rejects.toMatchObject({ code: 'run-damaged', message: expect.stringContaining(`line ${line} `) as string });
  }
});

test('a damaged run is listed as such and hides no other', async () => {
  const library = tempFolder();
  const runs = [await createRun(library, newRun), await createRun(library, { ...newRun, name: 'second' })];
  for (const [id, text] of [['broken-json', '{"schemaVersion": 1'], ['wrong-field', '{"schemaVersion": 1}'], ['newer', '{"schemaVersion": 2}']] as const) {
    mkdirSync(join(library, 'runs', id));
    writeFileSync(join(library, 'runs', id, 'manifest.json'), text);
  }
  mkdirSync(join(library, 'runs', 'empty'));
  mkdirSync(join(library, 'runs', '.half.new'));
  const listed = await listRuns(library);
  expect(listed.filter((run) => run.state === 'readable').map((run) => run.id).sort()).toEqual(runs.map((run) => run.id).sort());
  expect(listed.filter((run) => run.state === 'damaged').map((run) => [run.id, run.error.code])).toEqual(
    ['broken-json', 'empty', 'newer', 'wrong-field'].map((id) => [id, 'run-damaged']));
  await expect(readRun(library, 'newer')).rejects.toThrow(/newer Cultivar/);
  await expect(readRun(library, 'absent')).rejects.toMatchObject({ code: 'run-unknown' });
  await expect(readRun(library, '../../etc')).rejects.toMatchObject({ code: 'run-unknown' });
  expect(await listRuns(join(library, 'not there'))).toEqual([]);
});

test('lists for the window: results, and whether a run can be taken up again', async () => {
  const library = tempFolder();
  const { id } = await createRun(library, newRun);
  const writer = await openRunWriter(library, id, 'training');
  await writer.update({ status: 'stopped' });
  await writer.close();
  expect((await listRunSummaries(library))[0]).toMatchObject({ id, status: 'stopped', resumable: false, validationCurve: [] });
  mkdirSync(join(library, 'runs', id, 'checkpoints', '120'), { recursive: true });
  mkdirSync(join(library, 'runs', 'damaged'));
  expect(await listRunSummaries(library)).toMatchObject([{ id, resumable: true }, { id: 'damaged', status: 'damaged', failure: { code: 'run-damaged' } }]);
});

test('deleting can be undone until the bin is emptied', async () => {
  const library = tempFolder();
  const { id } = await createRun(library, newRun);
  await deleteRun(library, id);
  expect(await listRuns(library)).toEqual([]);
  expect(await listBin(library)).toEqual([id]);
  await restoreRun(library, id);
  expect((await readRun(library, id)).status).toBe('queued');
  await deleteRun(library, id);
  await emptyBin(library);
  await expect(restoreRun(library, id)).rejects.toMatchObject({ code: 'run-unknown' });
  await expect(deleteRun(library, id)).rejects.toMatchObject({ code: 'run-unknown' });
});

test('a run that was deleted, and came back by an import, can be deleted again', async () => {
  const library = tempFolder();
  const { id } = await createRun(library, newRun);
  cpSync(join(library, 'runs', id), join(library, 'kept'), { recursive: true });
  await deleteRun(library, id);
  cpSync(join(library, 'kept'), join(library, 'runs', id), { recursive: true });
  await deleteRun(library, id);
  expect(await listBin(library)).toEqual([id]);
  await restoreRun(library, id);
  expect((await readRun(library, id)).id).toBe(id);
});

test('1,000 runs are listed, the second time from what is known', async () => {
  const library = tempFolder();
  const { id } = await createRun(library, newRun);
  const text = readFileSync(join(library, 'runs', id, 'manifest.json'), 'utf8');
  for (let i = 0; i < 999; i++) {
    mkdirSync(join(library, 'runs', `copy-${i}`));
    writeFileSync(join(library, 'runs', `copy-${i}`, 'manifest.json'), text.replace(`"${id}"`, `"copy-${i}"`));
  }
  const cold = await timed(() => listRuns(library));
  const warm = await timed(() => listRuns(library));
  console.log(`1,000 runs: ${cold.durationMs.toFixed(0)} ms, then ${warm.durationMs.toFixed(0)} ms`);
  expect(cold.result.filter((run) => run.state === 'readable')).toHaveLength(1000);
  expect(warm.result).toEqual(cold.result);
  writeFileSync(join(library, 'runs', 'copy-7', 'manifest.json'), text.replace(`"${id}"`, '"copy-7"').replace('"queued"', '"completed"'));
  expect((await listRuns(library)).find((run) => run.id === 'copy-7')).toMatchObject({ manifest: { status: 'completed' } });
});

test.skipIf(mountProblem)(because(mountProblem, 'a read-only library can be listed, and refuses to be written'), async () => {
  const { folder, remountReadOnly } = tempDisk(1024);
  const { id } = await createRun(folder, newRun);
  remountReadOnly();
  expect(await listRuns(folder)).toHaveLength(1);
  for (const write of [() => createRun(folder, newRun), () => createRun(join(folder, 'a', 'new'), newRun), () => openRunWriter(folder, id, 'training'), () => deleteRun(folder, id)]) {
    await expect(write()).rejects.toMatchObject({ code: 'library-read-only' });
  }
});

test.skipIf(mountProblem)(because(mountProblem, 'a disk that fills up while training is told, and what was stored stays readable'), async () => {
  const { folder } = tempDisk(128);
  const { id } = await createRun(folder, newRun);
  const writer = await openRunWriter(folder, id, 'training');
  await writer.append(event(1));
  await expect(writer.append(...Array.from({ length: 20_000 }, (_, i) => event(i)))).rejects.toMatchObject({ code: 'disk-full' });
  await writer.append(checkpoint);
  await writer.close();
  expect(await readEvents(folder, id)).toMatchObject({ events: [event(1), checkpoint], torn: null });
  expect(readdirSync(join(folder, 'runs', id)).sort()).toEqual(['events.jsonl', 'manifest.json']);
});

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; durationMs: number }> {
  const start = performance.now();
  const result = await work();
  return { result, durationMs: performance.now() - start };
}
