import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { call, goTo } from './support/window';

const findings = async (page: Page) => (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).setLegacyMode(true).analyze())
  .violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);

test('the write-up’s comparison opens as confounded, and offers the runs that would answer it', async ({ launch, folder }) => {
  const { app, page } = await launch();
  await goTo(page, 'library');
  await page.getByTestId('add-example').click();
  await expect(page.getByTestId('confounded')).toBeVisible();
  const [listed] = await call(page, 'experiments.list');
  expect(listed!.comparison!.answer.kind).toBe('confounded');

  // Two arms with their numbers, two missing; the starting weights that the numbers betray.
  await expect(page.getByTestId('design-matrix').locator('.have')).toHaveCount(2);
  await expect(page.getByTestId('design-matrix').locator('.miss')).toHaveCount(2);
  await expect(page.getByTestId('design-matrix')).toContainText('79.39 %');
  await expect(page.getByTestId('caveats')).toContainText('starting weights');
  await expect(page.getByTestId('open-test')).toHaveCount(0);

  // Why: by W, closed by Escape, and the focus is back.
  await page.getByTestId('why').first().focus();
  await page.keyboard.press('w');
  await expect(page.getByTestId('why-popover')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('why-popover')).toBeHidden();
  await expect(page.getByTestId('why').first()).toBeFocused();

  // A table out of the window: copied as Markdown, saved as CSV that a spreadsheet reads.
  await page.getByTestId('take').first().click();
  await page.getByTestId('copy-markdown').click();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain('79.39');
  const path = join(folder, 'アーム.csv');
  await app.evaluate(({ dialog }, filePath) => { dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath }); }, path);
  await page.getByTestId('take').first().click();
  await page.getByTestId('save-csv').click();
  await expect(page.getByText(path)).toBeVisible();
  expect(await readFile(path, 'utf8')).toMatch(/^\uFEFF.*\r\n/);

  await page.getByTestId('tab-report').click();
  const report = page.frameLocator('[data-testid=report-frame]');
  await expect(report.locator('h1').first()).toBeVisible();
  // Its own style is at work, although the window's policy lets no style element through.
  expect(await page.getByTestId('report-frame').evaluate((frame: HTMLIFrameElement) => frame.contentDocument!.adoptedStyleSheets[0]!.cssRules.length)).toBeGreaterThan(10);

  await goTo(page, 'library');
  const row = page.getByTestId('experiment-row');
  await expect(row).toContainText('Confounded');
  await row.dblclick();
  await page.getByTestId('add-missing').click();
  await page.waitForFunction(() => location.hash === '#/new/question');
});

test('axe finds nothing on the results, both themes', async ({ launch }) => {
  const { page } = await launch();
  const { id } = await call(page, 'experiments.addExample');
  for (const theme of ['light', 'dark'] as const) {
    await call(page, 'settings.set', { theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    for (const tab of ['answer', 'curves', 'images', 'runs', 'setup'] as const) {
      await goTo(page, `experiments/${id}/${tab}`);
      await expect(page.getByTestId(`tab-${tab}`)).toHaveClass(/on/);
      await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
      expect(await findings(page), `${tab}, ${theme}`).toEqual([]);
    }
    await goTo(page, 'library');
    await expect(page.getByTestId('experiment-row')).toBeVisible();
    expect(await findings(page), `library, ${theme}`).toEqual([]);
  }
});
