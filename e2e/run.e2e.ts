import { mkdir, open, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/fixtures';
import { call, chartPixels, goTo, recordedSteps, startRun, stepsDone, trainingMs } from './support/window';

test('a run is started, watched, stopped, found again after a restart, and its weights are saved', async ({ launch, folder }) => {
  const first = await launch();
  const { page } = first;
  const runId = await startRun(page, { name: '最初の実行', trainImages: 640, epochs: 60, batchSize: 16 });

  // The chart moves while it trains: its sentence and its pixels change, twice.
  const chart = page.getByTestId('live-chart-accuracy');
  await stepsDone(page, runId, 2);
  const seen = { sentence: await chart.getAttribute('aria-label'), pixels: await chartPixels(page, 'live-chart-accuracy') };
  for (let i = 0; i < 2; i++) {
    await expect(chart).not.toHaveAttribute('aria-label', seen.sentence!);
    await expect.poll(() => chartPixels(page, 'live-chart-accuracy')).not.toBe(seen.pixels);
    seen.sentence = await chart.getAttribute('aria-label');
    seen.pixels = await chartPixels(page, 'live-chart-accuracy');
  }
  await expect(page.getByTestId('first-batch').locator('canvas').first()).toBeVisible();
  await expect(page.getByTestId('live-progress')).toContainText('Epoch');

  await expect.poll(async () => (await call(page, 'runs.get', runId)).events.filter(({ type }) => type === 'epoch').length, { timeout: trainingMs }).toBeGreaterThan(0);
  await page.getByTestId('stop-run').click();
  await expect(page.getByTestId('run-stopped')).toBeVisible();
  const before = await call(page, 'runs.get', runId);
  expect(before.summary).toMatchObject({ status: 'stopped', name: '最初の実行', resumable: true, failure: null });
  expect(before.summary.config).toMatchObject({ model: { architecture: 'resnet18', stem: 'imagenet' }, augmentation: 'crop-flip', epochs: 60, batchSize: 16, data: { trainImages: 640 } });
  expect(before.events.at(-1)).toMatchObject({ type: 'ended', outcome: 'stopped' });
  expect(recordedSteps(before)).toBeGreaterThanOrEqual(40);
  expect(await call(page, 'queue.get')).toMatchObject({ activeRunId: null, waitingRunIds: [] });
  await first.end();

  const second = await launch();
  const row = second.page.getByTestId('run-row');
  await expect(row).toHaveCount(1);
  await expect(row).toHaveAttribute('data-run-id', runId);
  await expect(row).toContainText('最初の実行');
  const after = await call(second.page, 'runs.get', runId);
  expect(after).toEqual(before);
  await row.dblclick();
  const accuracy = `${(before.summary.lastValidation!.accuracy * 100).toFixed(2)} %`;
  await expect(second.page.getByText(accuracy).first()).toBeVisible();

  // The system's dialog is the outermost edge: its answer is given here.
  const parent = join(folder, '重み と 結果');
  await mkdir(parent);
  const answer = (path: string) => second.app.evaluate(({ dialog }, chosen) => { dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] }); }, path);
  const noFolder = join(folder, 'a file');
  await writeFile(noFolder, '');
  await answer(noFolder);
  await second.page.getByTestId('export-run').click();
  await second.page.getByTestId('export-safetensors').click();
  await second.page.getByTestId('export-choose').click();
  await expect(second.page.getByTestId('export-place')).toContainText(noFolder);
  await second.page.getByTestId('export-start').click();
  await expect(second.page.getByTestId('export-error')).toContainText('cannot be written to', { timeout: 120_000 });
  await answer(parent);
  await second.page.getByTestId('export-elsewhere').click();
  await expect(second.page.getByTestId('export-verdict')).toHaveText('Same answers as the trained model', { timeout: 120_000 });
  const exported = await second.page.getByTestId('export-path').innerText();
  expect(exported.startsWith(join(parent, ''))).toBe(true);
  const path = join(exported, 'model.safetensors');
  const file = await open(path);
  const length = Buffer.alloc(8);
  await file.read(length, 0, 8, 0);
  const text = Buffer.alloc(Number(length.readBigUInt64LE()));
  await file.read(text, 0, text.length, 8);
  await file.close();
  const header = JSON.parse(text.toString('utf8')) as Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;
  expect(header['conv1.weight']).toMatchObject({ dtype: 'F32', shape: [64, 3, 7, 7] });
  expect(header['fc.weight']).toMatchObject({ dtype: 'F32', shape: [10, 512] });
  const ends = Object.entries(header).filter(([name]) => name !== '__metadata__').map(([, { data_offsets: [, end] }]) => end);
  expect((await stat(path)).size).toBe(8 + text.length + Math.max(...ends));
});

test('a deleted run comes back by undo', async ({ launch }) => {
  const { page } = await launch();
  const runId = await startRun(page, { name: 'short', trainImages: 64, epochs: 1, batchSize: 32 });
  await expect.poll(async () => (await call(page, 'runs.get', runId)).summary.status, { timeout: trainingMs }).toBe('completed');
  await goTo(page, `runs/${runId}`);
  await page.getByTestId('delete-run').click();
  await expect.poll(async () => (await call(page, 'runs.list')).length).toBe(0);
  await page.getByTestId('toast-action').click();
  await expect.poll(async () => (await call(page, 'runs.list')).length).toBe(1);
  await goTo(page, 'library');
  await expect(page.getByTestId('run-row')).toHaveCount(1);
});
