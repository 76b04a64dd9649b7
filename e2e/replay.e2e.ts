import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { call, chartPixels, goTo, startRun, stepsDone } from './support/window';

/** What the charts say of a run: their sentences, and the drawn curve itself. */
async function shown(page: Page) {
  // One chart is drawn a frame: the picture stands once it stays.
  let before = '';
  await expect.poll(async () => {
    const now = await chartPixels(page, 'live-chart-accuracy');
    const same = now === before;
    before = now;
    return same;
  }, { intervals: [300] }).toBe(true);
  return {
    accuracy: await page.getByTestId('live-chart-accuracy').getAttribute('aria-label'),
    loss: await page.getByTestId('live-chart-loss').getAttribute('aria-label'),
    curve: before,
  };
}

test('a window that was reloaded and hidden while it trained shows the curve that its record gives', async ({ launch }) => {
  test.setTimeout(180_000);
  const { page, app } = await launch();
  const runId = await startRun(page, { trainImages: 640, epochs: 60, batchSize: 16 });
  await stepsDone(page, runId, 5);
  await page.reload();
  await expect(page.getByTestId('stop-run')).toBeVisible({ timeout: 30_000 });
  const { step } = (await call(page, 'runs.get', runId)).summary;
  await app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0].hide(); });
  await stepsDone(page, runId, step + 20);
  await app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0].show(); });
  await stepsDone(page, runId, step + 40);
  await page.getByTestId('stop-run').click();
  await expect(page.getByTestId('run-stopped')).toBeVisible({ timeout: 30_000 });
  const live = await shown(page);

  await goTo(page, `runs/${runId}`);
  await expect(page.getByTestId('run-status')).toBeVisible();
  expect(await shown(page)).toEqual(live);
});
