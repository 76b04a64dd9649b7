import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { expect, test } from './support/fixtures';
import { plantedTwins } from './support/plantedTwins';
import { call, dropFiles, goTo } from './support/window';

const axe = async (page: Page) => (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).setLegacyMode(true).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);

test('an audit finds planted twins, which are left out by a list that the wizard offers', async ({ launch, folder, library }) => {
  const images = join(folder, '写真 photographs.zip');
  await plantedTwins(library, images, { trainPerClass: 24, testPerClass: 6 });
  const { page } = await launch();
  await goTo(page, 'datasets');
  await dropFiles(page, 'datasets-drop', [images]);
  await page.getByTestId('import-start').click();
  await page.getByTestId('import-close').click();
  const { id, revision } = (await call(page, 'dataset.list')).find(({ imported }) => imported)!;
  await goTo(page, `datasets/${id}/audit`);
  await page.getByTestId('audit-start').click();

  // One test image is a training image's equal, one its brighter, moved copy.
  await expect(page.getByTestId('audit-summary')).toContainText('2 test images have a near duplicate among the training images; 1 exact');
  await expect(page.getByTestId('pair-count')).toHaveText('2 pairs');
  await expect(page.getByTestId('finding-within')).toContainText('1 pair');
  await page.getByTestId('kind-exact').click();
  await expect(page.getByTestId('pair')).toHaveCount(1);
  await page.getByTestId('kind-all').click();
  // By the keyboard: the first pair is looked at, and chosen.
  await page.getByTestId('pair').first().getByRole('button').first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('pair').nth(1).getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('pair-details')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByTestId('choice')).toContainText('1 image chosen to be left out');
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('choice')).toHaveCount(0);
  await page.getByTestId('differences').click();
  for (const theme of ['light', 'dark'] as const) {
    await call(page, 'settings.set', { theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    expect(await axe(page), theme).toEqual([]);
  }

  await page.getByTestId('leave-twins-out').click();
  await page.getByTestId('list-name').fill('重複 twins');
  await page.getByTestId('list-save').click();
  await expect(page.getByTestId('finding-lists')).toContainText('1 list');
  const [list] = await call(page, 'exclude.list', id, revision);
  expect(list).toMatchObject({ name: '重複 twins', counts: { train: 2, test: 0 } });

  await goTo(page, 'new/data');
  await page.getByTestId(`dataset-${id}`).click();
  await page.getByTestId('exclude-list').click();
  await page.getByRole('option', { name: /重複 twins/ }).click();
  await goTo(page, 'new/review');
  await expect(page.getByTestId('leaks-excluded')).toContainText('重複 twins');
  // The pair inside the training images may stand in two splits of the run; what lies between training and test is gone.
  await expect(page.getByTestId('leaks')).not.toContainText(/test images? (has|have) a twin/);

  // Arms that leave out different images have leaks of their own.
  await goTo(page, 'new/question');
  await page.getByTestId('wizard-json').click();
  const document = page.getByTestId('recipe-json-text');
  await document.fill(JSON.stringify({ ...(JSON.parse(await document.inputValue()) as object), factors: [{ field: 'data.exclude', levels: [null, { list: list.name, sha256: list.sha256 }] }] }));
  await page.getByTestId('wizard-json').click();
  await goTo(page, 'new/review');
  await expect(page.getByTestId('leaks')).toHaveCount(2);
  await expect(page.getByTestId('leaks').filter({ hasText: /test images? (has|have) a twin/ })).toHaveCount(1);
  await expect(page.getByTestId('leaks-excluded')).toHaveCount(1);
  await expect(page.getByTestId('note-of').filter({ hasText: '重複 twins' })).toHaveCount(1);
});
