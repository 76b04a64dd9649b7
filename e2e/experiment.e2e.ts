import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListedExperiment } from '../src/contracts/calls/experiments';
import type { ExperimentConfigInput } from '../src/core/config/experiment';
import { alive, descendants, expect, test } from './support/fixtures';
import { call, goTo, trainerPid, trainingMs } from './support/window';

/** Two arms of a network that learns next to nothing in seconds. */
const small = (change: Partial<ExperimentConfigInput> = {}, epochs = 1): ExperimentConfigInput => ({
  name: '比較 <b> & "c"',
  question: 'Does <crop + flip> help?',
  base: { data: { dataset: 'cifar10', trainImages: 96, validationImages: 250 }, model: { architecture: 'resnet18', stem: 'imagenet' }, batchSize: 32, epochs },
  factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }],
  seeds: [1, 2],
  ...change,
});

test('an experiment: planned in four steps, trained, answered, reported, and its test set opened once', async ({ launch, folder, library }) => {
  const { page, app } = await launch();
  await goTo(page, 'new/data');
  await page.getByTestId('wizard-json').click();
  await page.getByTestId('recipe-json-text').fill(JSON.stringify(small()));
  await page.getByTestId('wizard-json').click();
  await page.getByTestId('train-images').fill('64');
  await page.getByTestId('wizard-continue').click();
  await expect(page.getByTestId('design-matrix')).toBeVisible();
  await expect(page.getByTestId('factor-augmentation')).toBeVisible();
  await page.getByTestId('wizard-continue').click();
  await expect(page.getByTestId('batch-size')).toHaveValue('32');
  await page.getByTestId('wizard-continue').click();
  await expect(page.getByTestId('review-question')).toHaveText('Does <crop + flip> help?');
  await expect(page.getByTestId('cost')).toBeVisible();
  await expect(page.getByTestId('wizard-start')).toBeEnabled(); // the doctor's probe has to have said that it can train
  await page.getByTestId('wizard-start').click();
  await page.waitForURL(/#\/live$/);

  const [{ id, runIds }] = (await call(page, 'experiments.list')) as [ListedExperiment];
  expect(runIds).toHaveLength(4);
  expect((await call(page, 'runs.get', runIds[0]!)).summary.config).toMatchObject({ data: { trainImages: 64, validationImages: 250 }, epochs: 1 });
  await expect(page.getByTestId('queue-panel')).toBeVisible();
  await expect.poll(async () => (await call(page, 'experiments.get', id)).progress, { timeout: trainingMs }).toMatchObject({ completed: 4, running: 0, waiting: 0 });

  await goTo(page, `experiments/${id}/answer`);
  // One epoch of 64 images and two seeds: nothing can be told, and it is said so.
  await expect(page.getByTestId('answer')).not.toHaveAttribute('data-kind', 'running');
  const { comparison } = await call(page, 'experiments.get', id);
  await expect(page.getByTestId('answer')).toHaveAttribute('data-kind', comparison.answer.kind);
  await expect(page.getByTestId('arm-row')).toHaveCount(2);
  const predictions = await Promise.all(runIds.map((runId) => call(page, 'predictions.get', runId, 'validation')));
  expect(predictions.map((found) => found?.labels.length)).toEqual([250, 250, 250, 250]);
  // A run of before predictions were kept has them computed from its last checkpoint, by a word above the report: the same answers.
  await rm(join(library, 'runs', runIds[0]!, 'predictions'), { recursive: true });
  expect(await call(page, 'predictions.get', runIds[0]!, 'validation')).toBeNull();
  await goTo(page, `experiments/${id}/report`);
  await expect(page.getByTestId('missing-predictions')).toContainText('1 of 4 runs');
  await page.getByTestId('compute-missing').click();
  await expect(page.getByTestId('missing-predictions').or(page.getByTestId('computing-missing'))).toHaveCount(0, { timeout: trainingMs });
  const computed = (await call(page, 'predictions.get', runIds[0]!, 'validation'))!;
  await goTo(page, `experiments/${id}/answer`);
  const [before, after] = [predictions[0]!, computed].map(({ probabilities }) => Object.values(probabilities)) as [number[], number[]];
  expect(after).toHaveLength(2500);
  expect(Math.max(...after.map((value, i) => Math.abs(value - before[i]!)))).toBeLessThan(1e-4);
  expect(await call(page, 'predictions.get', runIds[0]!, 'validation')).toMatchObject({ step: computed.step });

  const openings = async () => (await readdir(join(library, 'test-openings')).catch(() => [])).length;
  expect(await openings()).toBe(0);
  const { revision } = (await call(page, 'dataset.list')).find((one) => one.id === 'cifar10')!;
  for (const [name, images] of [['訓練のみ', [3]], ['双子 twins', [3, 50_000, 50_007]]] as const) await call(page, 'exclude.save', 'cifar10', revision, name, images);
  await page.getByTestId('open-test').click();
  await page.getByTestId('test-without').click();
  await expect(page.getByRole('option')).toHaveText(['none', '双子 twins']);
  await page.getByRole('option', { name: '双子 twins' }).click();
  await page.getByTestId('open-test-confirm').click();
  await expect(page.getByTestId('test-result').locator('tbody tr')).toHaveCount(2, { timeout: trainingMs });
  const [file] = await readdir(join(library, 'test-openings'));
  const lines = (await readFile(join(library, 'test-openings', file!), 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ experimentId: id, runIds: [expect.any(String), expect.any(String)] }]);
  const opened = (await call(page, 'experiments.get', id)).comparison;
  expect(opened.testOpenings).toHaveLength(1);
  const figures = opened.arms.flatMap(({ runs }) => runs.flatMap(({ test: figure }) => figure ?? []));
  expect(figures).toMatchObject([1, 2].map(() => ({ images: 10_000, without: [{ list: '双子 twins', leftOut: 2, images: 9998 }] })));
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('test-result')).toBeHidden();

  await goTo(page, `experiments/${id}/report`);
  await expect(page.getByTestId('report-frame')).toBeVisible();
  const path = join(folder, '報告 書.html');
  await app.evaluate(({ dialog }, filePath) => { dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath }); }, path);
  await page.getByTestId('save-report').click();
  await expect(page.getByTestId('toast-action')).toBeVisible();
  const html = await readFile(path, 'utf8');
  expect(html).toMatch(/^<!doctype html>/i);
  expect(html).toContain('Does &lt;crop + flip&gt; help?');
  expect(html).not.toContain('<b> & "c"');
  expect(html.length).toBeLessThan(2_000_000);
});

test('an experiment outlives a killed app: what waits trains on, and the run that was cut off is offered', async ({ launch }) => {
  const first = await launch();
  const { id } = await call(first.page, 'experiments.start', small({ seeds: [1] }, 40));
  const runIds = async (page: typeof first.page) => (await call(page, 'experiments.list'))[0]!.runIds;
  const [cut, next] = (await runIds(first.page)) as [string, string];
  await expect.poll(async () => (await call(first.page, 'runs.get', cut)).events.some(({ type }) => type === 'checkpoint'), { timeout: trainingMs }).toBe(true);
  const trainer = await trainerPid(first.page, cut);
  const processes = await descendants(first.pid);
  process.kill(first.pid, 'SIGKILL');
  for (const pid of [trainer, ...processes]) await expect.poll(() => alive(pid), { message: `process ${pid} has ended` }).toBe(false);

  const { page } = await launch();
  expect((await call(page, 'runs.get', cut)).summary).toMatchObject({ status: 'interrupted', resumable: true });
  await expect.poll(async () => (await call(page, 'queue.get')).activeRunId, { timeout: trainingMs }).toBe(next);
  await expect(page.getByTestId('interrupted-banner')).toBeVisible();
  await page.getByTestId('interrupted-resume').click();
  await expect.poll(async () => (await call(page, 'queue.get')).waitingRunIds).toEqual([cut]);
  // Cut short: what waits leaves the queue, what trains ends at a checkpoint; both are kept.
  await call(page, 'experiments.cutShort', id);
  await expect.poll(async () => (await call(page, 'queue.get'))).toMatchObject({ activeRunId: null, waitingRunIds: [] });
  for (const runId of [cut, next]) expect((await call(page, 'runs.get', runId)).summary.status).not.toBe('running');
});
