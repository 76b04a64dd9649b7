import type { Page } from '@playwright/test';
import { replay } from '../src/core/run/view';
import { expect, test } from './support/fixtures';
import { call, chartPixels, goTo, startRun, stepsDone } from './support/window';

/** What the charts say of a run, once they are painted with all that its record holds: their sentences, and the drawn curve itself. */
async function shown(page: Page, runId: string) {
  const { steps, epochs } = replay((await call(page, 'runs.get', runId)).events);
  const points = [steps.length, epochs.length].filter((length) => length > 0).join(' ');
  for (const chart of ['live-chart-accuracy', 'live-chart-loss']) await expect(page.getByTestId(chart).locator('[data-points]')).toHaveAttribute('data-points', points);
  return {
    accuracy: await page.getByTestId('live-chart-accuracy').getAttribute('aria-label'),
    loss: await page.getByTestId('live-chart-loss').getAttribute('aria-label'),
    size: await page.getByTestId('live-chart-accuracy').boundingBox().then((box) => box && [box.width, box.height]),
    curve: await chartPixels(page, 'live-chart-accuracy'),
  };
}

test('a window that was reloaded and hidden while it trained shows the curve that its record gives', async ({ launch }) => {
  const { page, app } = await launch();
  const runId = await startRun(page, { trainImages: 320, epochs: 60, batchSize: 16 });
  await stepsDone(page, runId, 5);
  await page.reload();
  await expect(page.getByTestId('stop-run')).toBeVisible();
  const { step } = (await call(page, 'runs.get', runId)).summary;
  await app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0].hide(); });
  await stepsDone(page, runId, step + 10);
  await app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0].show(); });
  await stepsDone(page, runId, step + 25);
  await page.getByTestId('stop-run').click();
  await expect(page.getByTestId('run-stopped')).toBeVisible();
  const live = await shown(page, runId);

  await goTo(page, `runs/${runId}`);
  await expect(page.getByTestId('run-status')).toBeVisible();
  // Both pages have these charts: while one goes and the other comes, a reading may be of either.
  await expect(async () => { expect(await shown(page, runId)).toEqual(live); }).toPass();
});
