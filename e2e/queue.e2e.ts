import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { call, goTo, stepsDone } from './support/window';

const start = async (page: Page, name: string, epochs: number) =>
  (await call(page, 'runs.start', { name, data: { trainImages: 64, validationImages: 250 }, model: { architecture: 'resnet18', stem: 'imagenet' }, batchSize: 32, epochs })).id;

test('the queue is paused, reordered and emptied, and a restart forgets none of it', async ({ launch }) => {
  const first = await launch();
  await call(first.page, 'queue.pause');
  const [a, b, c] = [await start(first.page, 'first', 200), await start(first.page, 'second', 200), await start(first.page, 'third <&>', 200)];
  await goTo(first.page, 'live/queue');
  const rows = first.page.getByTestId('queue-row');
  await expect(rows).toHaveCount(3);
  await expect(rows.last()).toContainText('third <&>');
  await expect(first.page.getByTestId('queue-paused')).toBeVisible();
  expect(await call(first.page, 'queue.get')).toMatchObject({ activeRunId: null, waitingRunIds: [a, b, c], paused: true });

  await rows.last().locator('.what').press('Alt+Home');
  await expect(rows.first()).toContainText('third <&>');
  await rows.nth(1).getByTestId('queue-remove').click();
  await expect(rows).toHaveCount(2);
  await first.page.getByTestId('toast-action').click();
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText('first');
  await rows.nth(2).getByTestId('queue-remove').click();
  await expect(rows).toHaveCount(2);
  expect((await call(first.page, 'runs.get', b)).summary.status).toBe('stopped');
  await first.end();

  const { page } = await launch();
  await goTo(page, 'live/queue');
  await expect(page.getByTestId('queue-paused')).toBeVisible();
  expect(await call(page, 'queue.get')).toMatchObject({ activeRunId: null, waitingRunIds: [c, a], paused: true });
  await page.getByTestId('queue-continue').click();
  await expect(page.getByTestId('queue-active')).toContainText('third <&>');
  await page.getByTestId('queue-pause').click();
  await expect(page.getByTestId('queue-paused')).toBeVisible();
  await expect.poll(async () => (await call(page, 'runs.get', c)).summary.status).toBe('running');
  // What trains goes on through a pause of the queue; once it is stopped, nothing follows.
  await call(page, 'runs.stop', c);
  await expect.poll(async () => (await call(page, 'queue.get'))).toMatchObject({ activeRunId: null, waitingRunIds: [a], paused: true });
});

test('the live page continues a paused queue: before anything has trained, and beside the run that trained last', async ({ launch }) => {
  const { page } = await launch();
  await call(page, 'queue.pause');
  const [a, b] = [await start(page, 'first', 200), await start(page, 'second', 200)];
  await goTo(page, 'live');
  await page.getByTestId('live-queue-continue').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('first');
  await stepsDone(page, a, 1);
  const panel = page.getByTestId('queue-panel');
  await panel.getByTestId('queue-pause').click();
  await expect(panel.getByTestId('queue-continue')).toBeVisible();
  await page.getByTestId('stop-run').click();
  await expect(page.getByTestId('run-stopped')).toBeVisible();
  await expect.poll(() => call(page, 'queue.get')).toMatchObject({ activeRunId: null, waitingRunIds: [b], paused: true });
  await panel.getByTestId('queue-continue').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('second');
  await stepsDone(page, b, 1);
  expect(await call(page, 'queue.get')).toMatchObject({ activeRunId: b, waitingRunIds: [], paused: false });
});
