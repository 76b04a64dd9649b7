import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { expect, test } from './support/fixtures';
import { call, goTo, startRun, trainingMs } from './support/window';

test('images are tried on a run, which leaves as an archive and comes back', async ({ launch, folder }) => {
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
  await page.getByTestId('import').click();
  await expect(page.getByTestId('import-banner')).toContainText('Imported: 旅 <する> & "run"');
  expect((await call(page, 'runs.get', runId)).summary).toMatchObject({ id: runId, status: 'completed', name: '旅 <する> & "run"' });
  await page.getByTestId('import-open').click();
  await expect(page.getByTestId('try-image')).toBeVisible();

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
