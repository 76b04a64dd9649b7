import { once } from 'node:events';
import { readRun } from '../src/library/runs';
import { alive, descendants, expect, test } from './support/fixtures';
import { call, startRun, stepsDone } from './support/window';

test('closing while a run trains asks: cancel stays, keep training hides, stop ends at a checkpoint', async ({ launch, library }) => {
  const { page, app, pid } = await launch();
  const child = app.process();
  const runId = await startRun(page, { trainImages: 640, epochs: 60, batchSize: 16 });
  await stepsDone(page, runId, 3);
  const visible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()));

  await page.getByTestId('window-close').click();
  await page.getByTestId('close-cancel').click();
  expect(await visible()).toEqual([true]);

  await page.getByTestId('window-close').click();
  await page.getByTestId('close-keep').click();
  await expect.poll(visible).toEqual([false]);
  const { step } = (await call(page, 'runs.get', runId)).summary;
  await stepsDone(page, runId, step + 5);
  // As a second start does.
  await app.evaluate(({ app: electron }) => electron.emit('second-instance', {}, [], '', null));
  await expect.poll(visible).toEqual([true]);

  const processes = await descendants(pid);
  const ended = once(child, 'exit');
  await page.getByTestId('window-close').click();
  await page.getByTestId('close-stop').click();
  await ended;
  expect(await readRun(library, runId)).toMatchObject({ status: 'stopped' });
  for (const process of processes) await expect.poll(() => alive(process), { message: `process ${process} has ended` }).toBe(false);
});

test('the end of the session stops a run at a checkpoint, without a question', async ({ launch, library }) => {
  const { page, pid, end } = await launch();
  const runId = await startRun(page, { trainImages: 640, epochs: 60, batchSize: 16 });
  await stepsDone(page, runId, 3);
  const processes = await descendants(pid);
  await end();
  expect(await readRun(library, runId)).toMatchObject({ status: 'stopped' });
  for (const process of processes) await expect.poll(() => alive(process), { message: `process ${process} has ended` }).toBe(false);
});

test('a window that hangs can be closed: the system asks, and the run stops at a checkpoint', async ({ launch, library }) => {
  const { page, app, pid } = await launch();
  const child = app.process();
  const runId = await startRun(page, { trainImages: 640, epochs: 60, batchSize: 16 });
  await stepsDone(page, runId, 3);
  const processes = await descendants(pid);
  const ended = once(child, 'exit');
  // The system's dialog is the outermost edge: its second button is pressed here.
  await app.evaluate(({ dialog }) => { dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false }); });
  const hangs = page.waitForEvent('console', (message) => message.text() === 'hangs from here on');
  void page.evaluate(() => { console.log('hangs from here on'); for (;;) { /* hangs */ } }).catch(() => undefined); // ends with the window
  await hangs;
  await app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0].close(); }).catch(() => undefined); // the app may be gone before it answers
  await ended;
  expect(await readRun(library, runId)).toMatchObject({ status: 'stopped' });
  for (const process of processes) await expect.poll(() => alive(process), { message: `process ${process} has ended` }).toBe(false);
});
