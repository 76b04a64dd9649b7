import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, installationWithoutRuntime, test } from './support/fixtures';
import { call, goTo } from './support/window';

test('the first start shows an empty library and the real images', async ({ launch, library }) => {
  const { page } = await launch();
  await expect(page.getByTestId('run-quickstart')).toBeVisible();
  expect(await call(page, 'runs.list')).toEqual([]);
  const tile = page.locator('canvas').first();
  await expect(tile).toBeVisible();
  const samples = await page.evaluate(async () => {
    const answer = await window.cultivar.call('dataset.samples', 'cifar10', 1);
    if (!answer.ok) throw new Error(answer.error.message);
    return { first: answer.value.indices[0], labels: answer.value.labels };
  });
  expect(samples.labels).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  // Pixel for pixel what lies in the data set.
  const shown = await tile.evaluate((canvas) => {
    const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, 32, 32);
    return [...data].filter((_, i) => i % 4 !== 3);
  });
  const file = await open(join(library, 'datasets/cifar10/images.bin'));
  const stored = Buffer.alloc(3072);
  await file.read(stored, 0, 3072, samples.first * 3072);
  await file.close();
  expect(shown).toEqual([...stored]);
});

test('the system page names the device', async ({ launch }) => {
  const { page } = await launch();
  await goTo(page, 'system/doctor');
  await expect(page.getByTestId('check-testStep')).toHaveAttribute('data-state', 'passed');
  const report = await call(page, 'doctor.report', false);
  expect(report.device?.name).toBeTruthy();
  await expect(page.getByTestId('check-device')).toContainText(report.device!.name.split(',')[0]);
  await expect(page.getByTestId('device-status')).toContainText(report.device!.name.split(',')[0]);
  expect(report.checks.filter(({ state }) => state === 'failed')).toEqual([]);
});

test('a missing native runtime is told, with the command, and blocks the start', async ({ launch, folder }) => {
  const { page } = await launch({ appFolder: await installationWithoutRuntime(folder) });
  await goTo(page, 'system/doctor');
  await expect(page.getByTestId('check-runtime')).toHaveAttribute('data-state', 'failed');
  await expect(page.getByTestId('doctor-banner')).toContainText('npm run setup');
  await expect(page.getByTestId('device-status')).toHaveClass(/bad/);
  await goTo(page, 'new/run');
  await expect(page.getByTestId('start-run')).toBeDisabled();
});

test('JSON that is none yet starts nothing', async ({ launch }) => {
  const { page } = await launch();
  await goTo(page, 'new/run');
  await page.getByTestId('recipe-json').click();
  await expect(page.getByTestId('start-run')).toBeEnabled();
  const text = page.getByTestId('recipe-json-text');
  const valid = await text.inputValue();
  await text.fill(valid.slice(0, -1));
  await expect(page.getByTestId('start-run')).toBeDisabled();
  await text.fill(valid);
  await expect(page.getByTestId('start-run')).toBeEnabled();
  await text.fill(valid.replace(/"epochs": \d+/, '"epochs": 0'));
  await expect(page.getByTestId('start-run')).toBeDisabled();
});
