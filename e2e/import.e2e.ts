import { join } from 'node:path';
import { expect, test } from './support/fixtures';
import { call, dropFiles, goTo } from './support/window';

test('images that are dropped become a data set, which a run can be planned on', async ({ launch }) => {
  const { page } = await launch();
  await goTo(page, 'datasets');
  await dropFiles(page, 'datasets-drop', [join(import.meta.dirname, '../test/fixtures/import/harm/nested.zip')]);
  await expect(page.getByTestId('import-error')).toContainText('inner.zip');
  await page.keyboard.press('Escape');
  await dropFiles(page, 'datasets-drop', [join(import.meta.dirname, '../test/fixtures/import/folders.zip')]);
  await expect(page.getByTestId('import-found')).toContainText('24 images in 3 classes');
  await page.getByTestId('fit-pad').click();
  await page.getByTestId('import-side').fill('16');
  await page.getByTestId('import-name').fill('小さな画像');
  await page.getByTestId('import-start').click();
  await expect(page.getByTestId('import-outcome')).toContainText('12 training and 12 test images');
  await page.getByTestId('import-close').click();
  const id = (await call(page, 'dataset.list')).find(({ name }) => name === '小さな画像')!.id;
  await expect(page.getByTestId(`dataset-${id}`)).toHaveAttribute('aria-current', 'true');
  await goTo(page, 'new/data');
  await page.getByTestId(`dataset-${id}`).click();
  await expect(page.getByTestId(`dataset-${id}`)).toHaveAttribute('aria-checked', 'true');
  await goTo(page, 'datasets');
  await page.getByTestId(`dataset-${id}`).click();
  await page.getByTestId('dataset-remove').click();
  await expect(page.getByTestId(`dataset-${id}`)).toHaveCount(0);
});
