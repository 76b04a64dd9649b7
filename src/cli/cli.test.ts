import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { cultivar } from '../../test/support/commandLine';
import { tempFolder } from '../../test/support/tempFolder';
import { trainingLibrary } from '../../test/support/trainingLibrary';
import { acquireSchedulerLock } from '../library/schedulerLock';
import { readPredictions } from '../library/predictions';
import { listRuns } from '../library/runs';

// Each command is a process that starts anew: bounds what hangs, on a machine many times slower than a workstation.
vi.setConfig({ testTimeout: 900_000 });

function configFile(library: string, config: unknown): string {
  const path = join(library, '設定.json');
  writeFileSync(path, JSON.stringify(config));
  return path;
}

const small = { data: { dataset: 'dots', trainImages: 64, validationImages: 30 }, model: { architecture: 'resnet18' }, batchSize: 16, device: 'cpu' };

describe('bad input', () => {
  it('is told a line a problem, with exit code 2, and writes nothing', async () => {
    const library = trainingLibrary();
    const { code, stdout, stderr } = await cultivar(['train', configFile(library, { ...small, epochs: '3', modle: {}, schedule: { learningRate: -1 } }), '--library', library]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const lines = stderr.split('\n').map((line) => line.trim());
    expect(lines).toContain('epochs: must be a number, not "3"');
    expect(lines).toContain('schedule.learningRate: must be greater than 0, not -1');
    expect(lines.find((line) => line.startsWith('modle:'))).toMatch(/unknown field; this document may hold schemaVersion, name/);
    expect(await listRuns(library)).toEqual([]);
  });

  it('a batch size that leaves one image', async () => {
    const library = trainingLibrary();
    const { code, stderr } = await cultivar(['train', configFile(library, { ...small, batchSize: 21 }), '--library', library]);
    expect(code).toBe(2);
    expect(stderr).toContain('batchSize: must not leave one single image');
  });

  it.each([
    [['tarin', 'x.json'], /"tarin" is no command/],
    [['runs', '--out', 'x'], /--out is no option of runs/],
    [['runs', '--colour'], /--colour/],
    [['train', 'missing.json'], /there is no such file/],
    [['evaluate', 'no-such-run'], /has no run "no-such-run"/],
    [['export', 'no-such-run'], /usage: cultivar export/],
    [['export', 'no-such-run', '--out', 'x', '--precision', 'int4'], /--precision: float32, float16, int8/],
    [['export', 'no-such-run', '--out', 'x'], /has no run "no-such-run"/],
  ])('%j', async (words, message) => {
    const { code, stdout, stderr } = await cultivar([...words, '--library', tempFolder()]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('with --json is one document', async () => {
    const { code, stdout } = await cultivar(['train', 'missing.json', '--json', '--library', tempFolder()]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'config-unreadable' } });
  });
});

it('a run is handed over to whoever has the queue, and with --wait stayed with until it has ended', async () => {
  const library = trainingLibrary();
  const lock = await acquireSchedulerLock(library, 'the Cultivar window');
  const file = configFile(library, { ...small, epochs: 1 });
  const { code, stderr, stdout } = await cultivar(['train', file, '--json', '--library', library]);
  expect(code).toBe(0);
  expect(stderr).toContain('the Cultivar window');
  expect(stderr).toMatch(/waits in the queue, as number 1/);
  const { id } = JSON.parse(stdout) as { id: string };
  expect(JSON.parse(stdout)).toMatchObject({ status: 'queued' });
  const listed = JSON.parse((await cultivar(['queue', '--json', '--library', library])).stdout) as unknown;
  expect(listed).toMatchObject({ paused: false, atOnce: 1, holder: { pid: process.pid }, runs: [{ id, status: 'queued' }] });

  // The next one stays, gets its turn once the queue is free, and then trains what was handed over as well.
  const staying = cultivar(['train', file, '--wait', '--library', library], (text) => {
    if (/waits in the queue, as number 2/.test(text)) void lock.release();
  });
  const end = await staying;
  expect(end.code).toBe(0);
  expect(end.stderr).toContain(`Another command put the run ${id} into the queue`);
  expect((await listRuns(library)).map((run) => run.state === 'readable' && run.manifest.status)).toEqual(['completed', 'completed']);
});

it('a paused queue starts nothing, also from the command line; it is reordered and continued by command', async () => {
  const library = trainingLibrary();
  expect((await cultivar(['queue', 'pause', '--library', library])).stdout).toContain('Paused');
  const file = configFile(library, { ...small, epochs: 1 });
  const ids: string[] = [];
  for (let i = 0; i < 2; i++) {
    const { code, stdout, stderr } = await cultivar(['train', file, '--json', '--library', library]);
    expect({ code, paused: stderr.includes('The queue is paused.') }).toEqual({ code: 0, paused: true });
    ids.push((JSON.parse(stdout) as { id: string }).id);
  }
  const moved = await cultivar(['queue', 'move', ids[1]!, '1', '--json', '--library', library]);
  expect(JSON.parse(moved.stdout)).toMatchObject({ paused: true, holder: null, runs: [{ id: ids[1] }, { id: ids[0] }] });
  expect((await cultivar(['queue', 'move', 'no-such-run', '1', '--library', library])).code).toBe(2);
  expect((await cultivar(['queue', 'at-once', '9', '--library', library])).code).toBe(2);
  expect((await cultivar(['queue', 'continue', '--library', library])).stdout).not.toContain('Paused');
});

it('trains, stops at Ctrl+C, resumes, evaluates and exports', async () => {
  const library = trainingLibrary();
  const stopped = await cultivar(['train', configFile(library, { ...small, epochs: 50 }), '--library', library], (text, interrupt) => {
    if (text.includes('epoch 1:')) interrupt();
  });
  expect(stopped.code).toBe(130);
  const [run] = await listRuns(library);
  expect(run).toMatchObject({ manifest: { status: 'stopped' } });
  expect(stopped.stderr).toContain(`train --resume ${run!.id}`);

  const other = await cultivar(['train', configFile(library, { ...small, epochs: 49 }), '--resume', run!.id, '--library', library]);
  expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('begun with another config: epochs differs') as string });
  const resumed = await cultivar(['train', configFile(library, { ...small, epochs: 50, name: 'another name' }), '--resume', run!.id, '--library', library], (text, interrupt) => {
    if (/epoch \d+: training/.test(text)) interrupt();
  });
  expect(resumed.code).toBe(130);
  expect(resumed.stderr).toMatch(/resumed after step \d+/);

  const refused = await cultivar(['evaluate', run!.id, '--split', 'test', '--library', library]);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--open-test') as string });
  for (const openings of [1, 2]) {
    const { code, stdout } = await cultivar(['evaluate', run!.id, '--split', 'test', '--open-test', '--json', '--library', library]);
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as { confusion: number[][]; accuracy: number };
    expect(result).toMatchObject({ runId: run!.id, split: 'test', images: 12, testOpenings: openings });
    expect(result.accuracy).toBeCloseTo(result.confusion.reduce((sum, row, label) => sum + row[label]!, 0) / 12, 12);
  }
  expect(await readPredictions(library, run!.id, 'test')).toMatchObject({ split: 'test', classes: ['赤', 'green', 'blue'] });
  expect((await cultivar(['evaluate', run!.id, '--tta', 'rotate', '--library', library])).code).toBe(2);
  const looked = await cultivar(['evaluate', run!.id, '--tta', 'flip-shift', '--json', '--library', library]);
  const plain = JSON.parse(looked.stdout) as { accuracy: number; images: number; perClass: { images: number; recall: number }[] };
  expect(plain).toMatchObject({ split: 'validation', images: 30, top5: null, tta: { kind: 'flip-shift', views: 6 }, calibration: { expectedCalibrationError: expect.any(Number) as number } });
  expect(plain.perClass.reduce((sum, { images, recall }) => sum + images * recall, 0) / 30).toBeCloseTo(plain.accuracy, 12);

  const out = join(library, '出力');
  mkdirSync(out);
  // A new folder; one that is there and empty is taken as well.
  const exported = await cultivar(['export', run!.id, '--format', 'safetensors', '--out', out, '--json', '--library', library]);
  expect(JSON.parse(exported.stdout)).toMatchObject({ path: out, manifest: { format: 'safetensors', good: true, parity: { state: 'passed', images: 30, changedPredictions: 0 } } });
  expect(existsSync(join(out, 'model.safetensors'))).toBe(true);
  expect(await cultivar(['export', run!.id, '--out', out, '--library', library])).toMatchObject({ code: 2, stderr: expect.stringContaining('is not empty') as string });
  const elsewhere = join(library, 'cancelled');
  const cancelled = await cultivar(['export', run!.id, '--format', 'onnx', '--out', elsewhere, '--library', library], (text, interrupt) => {
    if (text.includes('writing')) interrupt();
  });
  expect(cancelled).toMatchObject({ code: 130, stdout: '' });
  expect(readdirSync(library).filter((name) => name.includes('cancelled'))).toEqual([]);

  const listed = JSON.parse((await cultivar(['runs', '--json', '--library', library])).stdout) as unknown[];
  expect(listed).toMatchObject([{ id: run!.id, status: 'stopped', resumable: true }]);
});

it('a closed pipe ends the talk and not the run; bad input is told also while another has the queue', async () => {
  const library = trainingLibrary();
  const file = configFile(library, { ...small, epochs: 2 });
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'index.ts'), 'train', file, '--library', library], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  child.stderr.once('data', () => child.stderr.destroy());
  const lock = join(library, 'scheduler.lock');
  const code = new Promise<number | null>((resolve) => { child.on('exit', resolve); });
  await expect.poll(() => existsSync(lock), { timeout: 120_000 }).toBe(true);
  expect((await cultivar(['train', configFile(library, { ...small, epochs: 0 }), '--library', library])).code).toBe(2);
  expect(await code).toBe(0);
  expect(await listRuns(library)).toMatchObject([{ manifest: { status: 'completed' } }]);
  expect(existsSync(lock)).toBe(false);
});

it('an experiment ends with a table of its arms, and goes on where it was cut off', async () => {
  const library = trainingLibrary();
  const file = configFile(library, { name: 'two', base: { ...small, epochs: 1 }, factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }], seeds: [1] });
  const first = await cultivar(['experiment', file, '--library', library], (text, interrupt) => {
    if (text.includes('[2/2]')) interrupt();
  });
  expect(first.code).toBe(130);
  const second = await cultivar(['experiment', file, '--json', '--library', library]);
  expect(second.stderr).toContain('Goes on with the experiment');
  expect(second.code).toBe(0);
  const { arms } = JSON.parse(second.stdout) as { arms: unknown[] };
  expect(arms).toMatchObject([{ key: 'augmentation none', n: 1 }, { key: 'augmentation crop-flip', n: 1 }]);
  expect(await listRuns(library)).toHaveLength(2);
});

it('an experiment that the machine keeps from going on stops there, and goes on once that is mended', async () => {
  const library = trainingLibrary();
  const file = configFile(library, { name: 'two', base: { ...small, epochs: 1 }, factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }], seeds: [1] });
  const images = join(library, 'datasets/dots/images.bin');
  const whole = readFileSync(images);
  writeFileSync(images, whole.map((value, i) => (i === 7 ? value ^ 1 : value)));
  const first = await cultivar(['experiment', file, '--library', library]);
  expect(first.code).toBe(1);
  expect(first.stderr).toContain('images.bin has changed');
  expect(first.stderr).toContain('they stay waiting');
  writeFileSync(images, whole);
  expect((await cultivar(['experiment', file, '--library', library])).code).toBe(0);
  const runs = await listRuns(library);
  expect(runs.map((run) => run.state === 'readable' && run.manifest.status)).toEqual(['completed', 'completed']);
});
