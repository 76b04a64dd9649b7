import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { inBothThemes, inJapanese, opened, picture, resized, showPathsAs } from './support/pictures';
import { call, goTo, trainingMs } from './support/window';

// Pictures of a data set's audit and of what comes of it, on CIFAR-10 as it is. CULTIVAR_SCREENS_LIBRARY: a library with a trained run and an audit of
// CIFAR-10 (`datasets/cifar10/audits`), which are shown; what it lacks is made.

/** The most accurate run there is, with its predictions; where there is none, a short one is trained. */
async function judge(page: Page): Promise<string> {
  const runs = (await call(page, 'runs.list')).flatMap((run) => (run.status === 'completed' && run.lastValidation ? [run] : []));
  let id = runs.sort((a, b) => b.lastValidation!.accuracy - a.lastValidation!.accuracy)[0]?.id;
  if (id === undefined) {
    ({ id } = await call(page, 'runs.start', { name: 'Crop + flip', data: { trainImages: 4000 }, model: { architecture: 'resnet18', stem: 'imagenet' }, augmentation: 'crop-flip', epochs: 6, batchSize: 32, schedule: { learningRate: 0.02 } }));
    await expect.poll(async () => (await call(page, 'runs.get', id!)).summary.status, { timeout: trainingMs }).toBe('completed');
  }
  await page.evaluate((run) => window.cultivar.call('audit.labels', run).then((answer) => (answer.ok && answer.value === null ? window.cultivar.call('predictions.compute', run, null) : null)).then(() => null), id);
  return id;
}

test('audit', async ({ launch, folder, library }) => {
  test.setTimeout(20 * 60_000);
  showPathsAs({ folder, library });
  const given = process.env.CULTIVAR_SCREENS_LIBRARY;
  for (const part of ['runs', 'datasets/cifar10/audits']) {
    if (given && existsSync(join(given, part))) await cp(join(given, part), join(library, part), { recursive: true, filter: (path) => !path.endsWith('lock') });
  }
  const running = await launch();
  const { page } = running;
  await opened(running);
  await judge(page);

  await goTo(page, 'datasets/cifar10/audit');
  const { revision } = (await call(page, 'dataset.list')).find(({ id }) => id === 'cifar10')!;
  const found = await call(page, 'audit.get', 'cifar10', revision);
  if (!found?.method.near) {
    await page.getByTestId('audit-start').click();
    await expect(page.getByTestId('audit-running')).toContainText(' of ');
    await inBothThemes(page, 'audit-running');
    await expect(page.getByTestId('audit-running')).toHaveCount(0, { timeout: 600_000 });
  }
  await expect(page.getByTestId('pair').first()).toBeVisible();
  const drawn = () => expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
  await drawn();
  await inBothThemes(page, 'audit');
  await inJapanese(page, 'audit');
  await page.getByTestId('kind-near').click();
  await page.getByTestId('pair').nth(2).getByRole('button').first().click();
  await page.getByTestId('pair').nth(2).getByTestId('pair-choose').click();
  await page.getByTestId('differences').click();
  await expect(page.getByTestId('pair-details')).toBeVisible();
  await inBothThemes(page, 'audit-pair');
  await page.keyboard.press('Escape');
  await page.getByTestId('differences').click();
  await page.getByTestId('kind-all').click();
  await page.getByTestId('leave-twins-out').click();
  await inBothThemes(page, 'audit-save', { keepFocus: true });
  await page.getByTestId('list-save').click();
  await expect(page.getByTestId('finding-lists')).toContainText('1 list');
  for (const finding of ['plain', 'balance', 'lists'] as const) {
    await page.getByTestId(`finding-${finding}`).click();
    await drawn();
    await inBothThemes(page, `audit-${finding}`);
  }
  await page.getByTestId('finding-labels').click();
  await expect(page.getByTestId('label-issue').first()).toBeVisible();
  await page.getByTestId('mark-right').nth(1).click();
  await page.getByTestId('mark-exclude').nth(2).click();
  await expect(page.getByTestId('choose-marked')).toBeVisible();
  await inBothThemes(page, 'audit-labels');
  await inJapanese(page, 'audit-labels');

  await goTo(page, 'new/review');
  await expect(page.getByTestId('leak-pair').first()).toBeVisible();
  await expect(page.getByTestId('cost')).toBeVisible({ timeout: 120_000 }); // the rate is measured
  await expect(page.getByTestId('toast-action')).toHaveCount(0); // of the list that was saved
  await inBothThemes(page, 'wizard-leaks');
  await inJapanese(page, 'wizard-leaks');
  await goTo(page, 'new/data');
  await page.getByTestId('exclude-list').click();
  await page.getByRole('option', { name: 'near duplicates' }).click();
  await inBothThemes(page, 'wizard-exclude');
  await resized(running, 1024, 700);
  await goTo(page, 'datasets/cifar10/audit');
  await expect(page.getByTestId('pair').first()).toBeVisible();
  await picture(page, 'audit-1024');
});
