import { alive, descendants, expect, test } from './support/fixtures';
import { call, goTo, recordedSteps, startRun, stepsDone, trainerPid, trainingMs } from './support/window';

const recipe = { trainImages: 640, epochs: 60, batchSize: 16 } as const;

test('a killed trainer is shown with its reason, loses nothing recorded and can be resumed', async ({ launch }) => {
  const { page } = await launch();
  const runId = await startRun(page, recipe);
  // A checkpoint stands after the first epoch.
  await expect.poll(async () => (await call(page, 'runs.get', runId)).events.some(({ type }) => type === 'checkpoint'), { timeout: trainingMs }).toBe(true);
  const recorded = recordedSteps(await call(page, 'runs.get', runId));
  process.kill(await trainerPid(page, runId), 'SIGKILL');

  const banner = page.getByTestId('run-failed');
  await expect(banner).toBeVisible();
  await expect(banner).toContainText('SIGKILL');
  const after = await call(page, 'runs.get', runId);
  expect(after.summary).toMatchObject({ status: 'failed', resumable: true, failure: { code: 'trainer-crashed' } });
  expect(after.events.at(-1)).toMatchObject({ type: 'ended', outcome: 'failed', exit: { code: null, signal: 'SIGKILL' } });
  expect(recordedSteps(after)).toBeGreaterThanOrEqual(recorded);
  await expect(page.getByTestId('live-chart-accuracy').locator('canvas').first()).toBeVisible();

  await page.getByTestId('resume-run').click();
  await expect(page.getByTestId('stop-run')).toBeVisible();
  await stepsDone(page, runId, recordedSteps(after) + 1);
  const resumed = await call(page, 'runs.get', runId);
  expect(resumed.events.some(({ type }) => type === 'resumed')).toBe(true);
  await page.getByTestId('stop-run').click();
  await expect(page.getByTestId('run-stopped')).toBeVisible();
});

test('no process survives a killed app, and the next start offers to resume', async ({ launch }) => {
  const first = await launch();
  const runId = await startRun(first.page, recipe);
  await expect.poll(async () => (await call(first.page, 'runs.get', runId)).events.some(({ type }) => type === 'checkpoint'), { timeout: trainingMs }).toBe(true);
  const trainer = await trainerPid(first.page, runId);
  const processes = await descendants(first.pid);
  expect(processes).toContain(trainer);
  process.kill(first.pid, 'SIGKILL');
  for (const pid of processes) await expect.poll(() => alive(pid), { message: `process ${pid} has ended` }).toBe(false);

  const { page } = await launch();
  expect((await call(page, 'runs.get', runId)).summary).toMatchObject({ status: 'interrupted', resumable: true });
  // At once, where the app opens: above the list, and in the details.
  const banner = page.getByTestId('interrupted-banner');
  await expect(banner).toBeVisible();
  await expect(page.getByTestId('resume-selected')).toBeVisible();
  await goTo(page, `runs/${runId}`);
  await expect(page.getByTestId('run-interrupted')).toBeVisible();
  await expect(page.getByTestId('resume-run')).toBeVisible();
  await goTo(page, 'library');
  const { step } = (await call(page, 'runs.get', runId)).summary;
  await page.getByTestId('interrupted-resume').click();
  await expect(page.getByTestId('stop-run')).toBeVisible();
  await stepsDone(page, runId, step + 1);
  await page.getByTestId('stop-run').click();
  await expect(page.getByTestId('run-stopped')).toBeVisible();
  await goTo(page, 'library');
  await expect(page.getByTestId('run-row')).toBeVisible();
  await expect(banner).toBeHidden();
});
