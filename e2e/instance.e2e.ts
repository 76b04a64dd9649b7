import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { electronBinary } from './support/electronBinary';
import { appEnvironment, electronArgs, expect, test } from './support/fixtures';

test('a second start shows the first window and ends', async ({ launch, folder, library }) => {
  const { app } = await launch();
  await app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0].hide(); });
  const code = await new Promise<number | null>((resolve) => {
    execFile(electronBinary(), electronArgs([]), { env: appEnvironment(folder, library) }, () => undefined).on('exit', resolve);
  });
  expect(code).toBe(0);
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()))).toEqual([true]);
});

test('size and settings are remembered', async ({ launch }) => {
  const first = await launch();
  await first.page.evaluate(() => window.cultivar.call('settings.set', { theme: 'dark', language: 'ja' }));
  await first.app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0].setSize(1111, 777); });
  await expect.poll(() => first.page.evaluate(() => innerWidth)).toBe(1111);
  await first.end();
  const { page } = await launch();
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([1111, 777]);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
});

test('an archive that the app is started with is taken up, whatever page is restored', async ({ launch, folder }) => {
  const first = await launch();
  await first.page.evaluate(() => { location.hash = '#/datasets'; });
  await expect(first.page.getByTestId('nav-datasets')).toHaveAttribute('aria-current', 'page');
  await first.end();
  const archive = join(folder, '旅.cultivar.zip');
  await writeFile(archive, 'not a zip file');
  const { page } = await launch({ args: [archive] });
  await expect(page.getByTestId('import-banner')).toContainText('This archive is damaged.');
  await expect(page).toHaveURL(/library/);
});

test('--library takes another library', async ({ launch, folder }) => {
  const { page } = await launch({ args: ['--library', `${folder}/別の場所`] });
  const answer = await page.evaluate(() => window.cultivar.call('app.info'));
  expect(answer).toMatchObject({ ok: true, value: { libraryDir: `${folder}/別の場所` } });
  // Without CIFAR-10 the first start offers to fetch it.
  await expect(page.getByTestId('fetch-dataset')).toBeVisible();
});
