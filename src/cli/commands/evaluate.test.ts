import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { cultivar } from '../../../test/support/commandLine';
import { trainingLibrary, waitingRun } from '../../../test/support/trainingLibrary';
import type { TestWithout } from '../../core/run/testFigure';
import { removeExcludeList, saveExcludeList } from '../../data/audit/excludeLists';
import { readDatasetManifest } from '../../data/openDataset';
import { comparePickedRuns } from '../../library/comparisons';
import { readPredictions } from '../../library/predictions';
import { createExperiment } from '../../library/experiments';
import { readRun } from '../../library/runs';
import { openRunWriter } from '../../library/runWriter';
import { testOpenings } from '../../library/testLedger';
import { runOnce } from '../../trainer/host/runOnce';
import type { Command, CommandContext } from '../command';
import { compare } from './compare';
import { evaluate as evaluateCommand } from './evaluate';
import { report as reportCommand } from './report';

vi.setConfig({ testTimeout: 900_000 });

it('the test set is opened for an arm of a finished experiment, by an explicit word, and for no run of one that is not finished', async () => {
  const library = trainingLibrary();
  const runIds = await Promise.all([1, 2].map((seed) => waitingRun(library, { epochs: 1, schedule: { warmupEpochs: 0 }, seed })));
  const [first, second] = runIds as [string, string];
  const armKey = 'augmentation crop-flip-trivialaugment';
  const { id } = await createExperiment(library, { name: '試験', question: '', given: {}, arms: [{ key: armKey, levels: { augmentation: 'crop-flip-trivialaugment' }, runIds, seeds: [1, 2] }] });
  for (const runId of runIds) {
    const writer = await openRunWriter(library, runId, 'a test');
    await writer.update({ experimentId: id });
    await writer.close();
  }
  const { dataset: { revision } } = await readRun(library, first);
  const evaluate = (...words: string[]) => cultivar(['evaluate', ...words, '--library', library]);
  const test = ['--split', 'test', '--open-test'];
  const openings = async () => (await testOpenings(library, revision)).length;

  await runOnce(library, first, false, () => undefined).ended;
  // One of its two runs has not ended: neither the arm nor the run that has may be measured.
  for (const words of [[id, '--arm', armKey, ...test], [first, ...test]]) {
    const { code, stdout, stderr } = await evaluate(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('1 of the 2 runs of "試験" have not ended');
  }
  await runOnce(library, second, false, () => undefined).ended;
  for (const [words, said] of [
    [[id, '--arm', armKey, '--split', 'test'], /--arm opens the test set for an arm: it goes with --split test --open-test/],
    [[id, '--arm', armKey, '--open-test'], /--arm opens the test set/],
    [[id, '--arm', armKey, ...test, '--tta', 'flip'], /--arm opens the test set/],
    [[id, '--arm', 'no such arm', ...test], /has no arm "no such arm"/],
    [[first, '--split', 'test'], /With --open-test it is opened/],
  ] as const) {
    const { code, stderr } = await evaluate(...words);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
  }
  expect(await openings()).toBe(0);

  const opened = await evaluate(id, '--arm', armKey, ...test, '--json');
  expect(opened.code).toBe(0);
  expect(opened.stderr).toContain('has now been opened 1 time.');
  expect(JSON.parse(opened.stdout)).toMatchObject({ schemaVersion: 1, experimentId: id, armKey, testOpenings: 1, runs: runIds.map((runId) => ({ runId, split: 'test', images: 12 })) });
  expect(await testOpenings(library, revision)).toMatchObject([{ runIds, experimentId: id, armKey }]);
  // Now a run of it may be measured by itself; that counts again.
  expect((await evaluate(first, ...test)).stderr).toContain('has now been opened 2 times.');
  expect(await openings()).toBe(2);

  // A list without a test image, or without any name, is refused before the opening; so is one beside validation images.
  const manifest = await readDatasetManifest(library, 'dots');
  await saveExcludeList(library, manifest, 'training only', [1, 2]);
  await saveExcludeList(library, manifest, 'all of it', Array.from({ length: 12 }, (_, i) => 96 + i));
  const { sha256 } = await saveExcludeList(library, manifest, 'twins', [5, 96, 97, 98]);
  const here = (command: Command['run'], what: string, options: CommandContext['options']) => command({ library, json: false, positionals: [what], options });
  const opening = { split: 'test', 'open-test': true };
  for (const [what, options, message] of [
    [first, { ...opening, without: 'nothing' }, /no list of images called "nothing"/],
    [first, { ...opening, without: 'training only' }, /holds no test image/],
    [first, { ...opening, without: 'all of it' }, /holds every test image/],
    [first, { without: 'twins' }, /goes with --split test --open-test/],
    [first, { ...opening, weights: 'ema', without: 'twins' }, /keeps no moving average/],
    [id, { ...opening, arm: armKey, without: 'nothing' }, /no list of images called "nothing"/],
  ] as const) await expect(here(evaluateCommand, what, options)).rejects.toMatchObject({ message: expect.stringMatching(message) as string });
  expect(await openings()).toBe(2);

  const both = JSON.parse((await evaluate(first, ...test, '--without', 'twins', '--json')).stdout) as { images: number; accuracy: number; without: TestWithout };
  const stored = (await readPredictions(library, first, 'test'))!;
  const right = [...stored.labels].map((label, i) => { const row = [...stored.probabilities.subarray(3 * i, 3 * i + 3)]; return Number(row.indexOf(Math.max(...row)) === label); });
  const of = (kept: readonly number[]) => kept.reduce((sum, one) => sum + one, 0) / kept.length;
  expect(both).toMatchObject({ images: 12, accuracy: of(right), without: { list: 'twins', sha256, leftOut: 3, images: 9, accuracy: of(right.slice(3)) } });
  expect((await evaluate(id, '--arm', armKey, ...test, '--without', 'twins')).stdout).toContain(`without "twins" (${sha256.slice(0, 12)})`);
  // What the list is called by later changes nothing of what was recorded.
  await removeExcludeList(library, manifest, 'twins');
  const compared = await comparePickedRuns(library, runIds);
  const figures = compared.arms.flatMap(({ runs }) => runs.map((run) => run.test));
  expect(figures).toMatchObject(runIds.map(() => ({ images: 12, without: [{ list: 'twins', sha256, leftOut: 3, images: 9 }] })));
  expect(figures[0]).toMatchObject({ accuracy: both.accuracy, without: [{ accuracy: both.without.accuracy, right: both.without.right }] });
  const report = join(library, 'report.html');
  let told = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => { told += String(text); return true; });
  await here(reportCommand, first, { out: report, 'no-compute': true });
  expect(readFileSync(report, 'utf8')).toContain(`without “twins” (${sha256.slice(0, 12)}), which leaves out 3`);
  await here(compare, first, {});
  expect(told).toContain('without “twins”');
});
