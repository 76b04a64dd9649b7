import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { call, goTo, startRun, trainingMs, type Place } from './support/window';

const places: readonly Place[] = ['library', 'new/run', 'new/data', 'new/question', 'new/recipe', 'new/review', 'live', 'live/queue', 'live/queue', 'datasets', 'augmentation', 'system/doctor', 'system/storage', 'system/settings'];

const check = async (page: Page) =>
  (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).setLegacyMode(true).analyze()).violations;

test('axe sees into this window', async ({ launch }) => {
  const { page } = await launch();
  await page.evaluate(() => { document.querySelector('#app')!.append(document.createElement('img')); });
  expect((await check(page)).map(({ id }) => id)).toContain('image-alt');
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any screen, ${theme} theme`, async ({ launch }) => {
    const { page } = await launch();
    await call(page, 'settings.set', { theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await call(page, 'doctor.report', false);
    for (const place of places) {
      await goTo(page, place);
      const violations = await check(page);
      expect(violations.map(({ id, nodes }) => `${place} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
    }
  });
}

test('axe finds nothing on a run: while it trains, stopped, and in the library, both themes', async ({ launch }) => {
  const { page } = await launch();
  const findings = async (place: string) => (await check(page)).map(({ id, nodes }) => `${place} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  const inBothThemes = async (place: string) => {
    for (const theme of ['light', 'dark'] as const) {
      await call(page, 'settings.set', { theme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      expect(await findings(place)).toEqual([]);
    }
  };
  const runId = await startRun(page, { name: 'axe', trainImages: 640, epochs: 60, batchSize: 16 });
  await expect.poll(async () => (await call(page, 'runs.get', runId)).summary.epochsDone, { timeout: trainingMs }).toBeGreaterThan(0);
  await inBothThemes('training');
  await page.getByTestId('window-close').click();
  await expect(page.getByTestId('close-cancel')).toBeVisible();
  expect(await findings('closing')).toEqual([]);
  await page.getByTestId('close-cancel').click();
  await page.getByTestId('stop-run').click();
  await expect(page.getByTestId('run-stopped')).toBeVisible();
  await inBothThemes('stopped');
  await goTo(page, `runs/${runId}`);
  await expect(page.getByTestId('run-status')).toBeVisible();
  await inBothThemes('run');
  await goTo(page, 'library');
  await expect(page.getByTestId('run-row')).toBeVisible();
  await inBothThemes('library');
});

test('nothing scrolls sideways at the smallest window', async ({ launch }) => {
  const { page, app } = await launch();
  await app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0].setBounds({ width: 400, height: 300 }); });
  // The window's own minimum holds.
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([1024, 700]);
  for (const language of ['en', 'ja'] as const) {
    await call(page, 'settings.set', { language });
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    for (const place of places) {
      await goTo(page, place);
      const wide = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('*')].filter((element) => {
        const { overflowX } = getComputedStyle(element);
        return element.scrollWidth > element.clientWidth + 1 && (element === document.documentElement || overflowX === 'auto' || overflowX === 'scroll');
      }).map((element) => `${element.tagName} ${element.className}`));
      expect(wide, `${place} in ${language}`).toEqual([]);
    }
  }
});
