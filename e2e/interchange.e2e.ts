import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { expect, test } from './support/fixtures';
import { call, dropFiles, goTo, recordedSteps, startRun, stepsDone, trainingMs } from './support/window';

test('images are tried on a run, which leaves as an archive and comes back', async ({ launch, folder, library }) => {
  const { app, page } = await launch();
  const runId = await startRun(page, { name: '旅 <する> & "run"', trainImages: 64, epochs: 1, batchSize: 32 });
  await expect.poll(async () => (await call(page, 'runs.get', runId)).summary.status, { timeout: trainingMs }).toBe('completed');
  await goTo(page, `runs/${runId}`);

  const png = new PNG({ width: 40, height: 24 });
  png.data.fill(200);
  const good = PNG.sync.write(png);
  await page.getByTestId('try-files').setInputFiles([{ name: '犬.png', mimeType: 'image/png', buffer: good }, { name: 'broken.png', mimeType: 'image/png', buffer: good.subarray(0, 60) }]);
  const tried = page.getByTestId('try-image').locator('.rows > li');
  await expect(tried.nth(0).locator('.top > li')).toHaveCount(3, { timeout: trainingMs });
  await expect(tried.nth(0).locator('.n').first()).toHaveText(/%$/);
  await expect(tried.nth(1)).toContainText('broken.png cannot be read as an image');

  // The system's dialogs are the outermost edge: their answers are given here.
  const archive = join(folder, '旅.zip');
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, archive);
  await page.getByTestId('share').click();
  await page.getByTestId('share-archive').click();
  await expect(page.getByTestId('share-saved')).toContainText(archive);
  await page.keyboard.press('Escape');

  await call(page, 'runs.delete', runId);
  await goTo(page, 'library');
  await dropFiles(page, 'import', [archive]);
  await expect(page.getByTestId('import-banner')).toContainText('Imported: 旅 <する> & "run"');
  expect((await call(page, 'runs.get', runId)).summary).toMatchObject({ id: runId, status: 'completed', name: '旅 <する> & "run"' });
  await page.getByTestId('import-open').click();
  await expect(page.getByTestId('try-image')).toBeVisible();

  // Its weights start another run: dropped on the recipe, which says what of them fits before anything is trained.
  const checkpoints = join(library, 'runs', runId, 'checkpoints');
  const weights = join(checkpoints, (await readdir(checkpoints))[0]!, 'weights.safetensors');
  await goTo(page, 'new/run');
  await dropFiles(page, 'start-weights', [weights]);
  await expect(page.getByTestId('weights-state')).toHaveAttribute('data-state', 'fits'); // the recipe is still that of the first run
  await page.getByTestId('architecture').click();
  await page.getByRole('option', { name: /ResNet-50/ }).click();
  await expect(page.getByTestId('weights-state')).toHaveAttribute('data-state', 'refused');
  await page.getByTestId('weights-network').click();
  await expect(page.getByTestId('weights-state')).toHaveAttribute('data-state', 'fits');
  await page.getByTestId('stem-cifar').click();
  await expect(page.getByTestId('weights-state')).toHaveAttribute('data-state', 'startable');
  await page.getByTestId('stem-anew').click();
  await expect(page.getByTestId('weights-state')).toHaveAttribute('data-state', 'fits');
  const second = await startRun(page, { trainImages: 64, epochs: 400, batchSize: 32 });
  expect((await call(page, 'runs.get', second)).summary.config.model).toMatchObject({ architecture: 'resnet18', stem: 'imagenet', start: { kind: 'file', path: 'weights.safetensors' } });
  await stepsDone(page, second, 2);

  // While it trains, a dropped image is answered by the other run, and the training goes on.
  const image = join(folder, '猫.png');
  await writeFile(image, good);
  await goTo(page, `runs/${runId}`);
  await dropFiles(page, 'try-image', [image]);
  await expect(tried.nth(0)).toContainText('猫.png');
  await expect(tried.nth(0).locator('.top > li')).toHaveCount(3, { timeout: trainingMs });
  const steps = recordedSteps(await call(page, 'runs.get', second));
  await stepsDone(page, second, steps + 1);
  expect((await call(page, 'queue.get')).activeRunId).toBe(second);
  await call(page, 'runs.stop', second);
  await expect.poll(async () => (await call(page, 'queue.get')).activeRunId, { timeout: trainingMs }).toBeNull();

  // A changed byte is noticed, and nothing is imported.
  const bytes = await readFile(archive);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  await writeFile(archive, bytes);
  await call(page, 'runs.delete', runId);
  await goTo(page, 'library');
  await page.getByTestId('import').click();
  await expect(page.getByTestId('import-banner')).toContainText('This archive is damaged.');
  expect(await page.evaluate((id) => window.cultivar.call('runs.get', id), runId)).toMatchObject({ ok: false, error: { code: 'run-unknown' } });
});
