import type { ElectronApplication } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { call, startRun, stepsDone, trainingMs } from './support/window';

interface Told { readonly title: string; readonly body: string; emit(name: 'click'): void }
declare global {
  var told: Told[];
  var bar: number[];
}

/** The outermost edge: what the desktop is asked for. The sleep blocker is the real one; a notification is caught at its `show`. */
async function watchDesktop(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ Notification, BrowserWindow }) => {
    globalThis.told = [];
    globalThis.bar = [];
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Told) { globalThis.told.push(this); };
    const window = BrowserWindow.getAllWindows()[0]!;
    const setProgressBar = window.setProgressBar.bind(window);
    window.setProgressBar = (part, options) => {
      globalThis.bar.push(part);
      setProgressBar(part, options);
    };
    window.isFocused = () => false;
  });
}
/** Blockers are numbered from 0. */
const awake = (app: ElectronApplication) => app.evaluate(({ powerSaveBlocker }) => Array.from({ length: 20 }, (_, id) => id).some((id) => powerSaveBlocker.isStarted(id)));
const bar = (app: ElectronApplication) => app.evaluate(() => globalThis.bar.at(-1));
const told = (app: ElectronApplication) => app.evaluate(() => globalThis.told.map(({ title, body }) => [title, body]));

test('training keeps the computer awake and shows in the task bar; what ends unseen is notified, and a click leads there', async ({ launch }) => {
  const { page, app } = await launch();
  await watchDesktop(app);
  expect(await awake(app)).toBe(false);
  const long = await startRun(page, { name: 'long', trainImages: 640, epochs: 60, batchSize: 16 });
  await stepsDone(page, long, 3);
  expect(await awake(app)).toBe(true);
  await expect.poll(() => bar(app)).toBeGreaterThan(0);
  expect(await bar(app)).toBeLessThan(1);

  await page.keyboard.press('Control+2');
  await page.getByTestId('pause-run').click();
  await expect.poll(() => awake(app)).toBe(false);
  await page.getByTestId('pause-run').click();
  await expect.poll(() => awake(app)).toBe(true);
  for (const key of ['load', 'runMemory', 'temperature', 'hostMemory']) await expect(page.getByTestId(`device-${key}`)).toBeVisible();

  await expect.poll(async () => (await call(page, 'runs.get', long)).events.filter(({ type }) => type === 'epoch').length, { timeout: trainingMs }).toBeGreaterThan(0);
  await page.getByTestId('stop-at-best').click();
  await expect(page.getByTestId('run-stopped')).toBeVisible();
  const { summary, events } = await call(page, 'runs.get', long);
  const best = events.filter((event) => event.type === 'epoch').reduce((found, event) => (event.validation.accuracy > found.validation.accuracy ? event : found));
  expect(summary).toMatchObject({ status: 'stopped', resumable: true, bestValidation: { epoch: best.epoch } });
  expect(events.findLast((event) => event.type === 'checkpoint')).toMatchObject({ reason: 'best', step: best.step });
  await expect.poll(() => awake(app)).toBe(false);
  await expect.poll(() => bar(app)).toBe(-1);
  expect(await told(app)).toEqual([]); // the person asked for it

  const short = await startRun(page, { name: '短い実行', trainImages: 64, epochs: 1, batchSize: 32 });
  await expect.poll(() => told(app), { timeout: trainingMs }).toEqual([['短い実行 is done', expect.stringContaining('Validation accuracy')]]);
  await app.evaluate(() => { globalThis.told[0]!.emit('click'); });
  await expect.poll(() => page.evaluate(() => location.hash)).toBe(`#/runs/${short}`);

  await page.evaluate(() => { location.hash = '#/system/settings'; });
  await page.getByTestId('notifications').click();
  await expect.poll(async () => (await call(page, 'settings.get')).notifications).toBe(false);
  const third = await startRun(page, { name: 'third', trainImages: 64, epochs: 1, batchSize: 32 });
  await expect.poll(async () => (await call(page, 'runs.get', third)).summary.status, { timeout: trainingMs }).toBe('completed');
  await expect.poll(() => awake(app)).toBe(false);
  expect(await told(app)).toHaveLength(1);
});

test('diagnostics name nobody; About has the licence of every part', async ({ launch, library }) => {
  const { page } = await launch();
  const text = await call(page, 'diagnostics.error', { code: 'internal', message: `It broke at ${library}/runs/x.`, detail: 'Error: broken\n    at /home/taro/app.js:1' }, null);
  expect(text).toContain('It broke at LIBRARY/runs/x.');
  expect(text).toContain('at ~/app.js:1');
  expect(text).toMatch(/Cultivar \d.*Electron \d.*Node \d/);
  expect(text).not.toContain(library);
  await page.evaluate(() => { location.hash = '#/system/about'; });
  await page.getByTestId('licence-search').fill('echarts');
  await page.getByTestId('licences').getByRole('button', { name: 'echarts', exact: true }).click();
  await expect(page.locator('pre')).toContainText('Apache License');
});
