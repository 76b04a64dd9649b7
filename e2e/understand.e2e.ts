import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/fixtures';
import { call, goTo, trainingMs } from './support/window';

test('what a network gets wrong: matrix by epoch, views, map, mistakes, an own image, and all of it as CSV', async ({ launch, folder }) => {
  test.setTimeout(10 * 60_000);
  const { app, page } = await launch();
  const { id } = await call(page, 'runs.start', {
    name: 'To be understood', data: { trainImages: 96, validationImages: 250 }, model: { architecture: 'resnet18', stem: 'imagenet' }, epochs: 2, batchSize: 32, schedule: { learningRate: 0.02 },
  });
  await goTo(page, `compare/images?runs=${id}`);
  await expect.poll(async () => (await call(page, 'runs.get', id)).summary.status, { timeout: trainingMs, intervals: [1000] }).toBe('completed');
  const predictions = (await call(page, 'predictions.get', id, 'validation'))!;
  const values = (of: object) => Object.values(of) as number[]; // typed arrays cross the test's bridge as objects
  const labels = values(predictions.labels);

  // The slider is at the last epoch, whose figures are the whole predictions'; an epoch further left it shows what was kept then.
  await expect(page.getByTestId('images')).toBeVisible();
  await expect(page.getByTestId('epoch-shown')).toHaveText('2 of 2');
  await expect(page.getByTestId('calibration')).toContainText(/ % \([\d.]+ (?:to|–) [\d.]+/);
  const events = (await call(page, 'runs.get', id)).events;
  const accuracies = events.flatMap((event) => (event.type === 'epoch' ? [event.validation.accuracy] : []));
  await expect(page.getByTestId('answers-right')).toContainText(`${(100 * accuracies[1]!).toFixed(2)} %`);
  await page.getByTestId('epoch-slider').getByRole('slider').focus();
  await page.keyboard.press('Home');
  await expect(page.getByTestId('epoch-shown')).toHaveText('1 of 2');
  await expect(page.getByTestId('answers-right')).toContainText(`${(100 * accuracies[0]!).toFixed(2)} %`);
  await page.keyboard.press('End');
  await expect(page.getByTestId('answers-right')).toContainText(`${(100 * accuracies[1]!).toFixed(2)} %`);

  // The most frequent mistake is open; its images are as many as its number says, and the arrows go through them beside the heat.
  const cell = page.getByTestId('confusion-cell').and(page.locator('[aria-selected=true]'));
  const count = Number(await cell.textContent());
  expect(count).toBeGreaterThan(1);
  const row = page.getByTestId('images').locator('.right').first().locator('section').first();
  await expect(row.getByTestId('image-tile')).toHaveCount(Math.min(18, count));
  await row.getByTestId('image-tile').first().getByRole('button').click();
  await expect(page.getByTestId('heat-dialog').getByTestId('heat')).toBeVisible({ timeout: trainingMs }); // one: this network's last maps are one pixel
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(`image 2 of ${count}`)).toBeVisible();
  await expect(page.getByTestId('heat-dialog').getByTestId('heat')).toBeVisible({ timeout: trainingMs }); // one: this network's last maps are one pixel
  await page.keyboard.press('Escape');
  await cell.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('confusion-cell').and(page.locator('[aria-selected=true]'))).toBeFocused();

  // Views of each image: cancelled once, then measured; what the page says is what is stored.
  await page.getByTestId('tta-evaluate').click();
  await page.getByTestId('tta-cancel').click();
  await expect(page.getByTestId('tta-evaluate')).toBeVisible({ timeout: trainingMs });
  expect(await call(page, 'predictions.augmented', id, 'validation', 'flip-shift')).toBeNull();
  await page.getByTestId('tta-evaluate').click();
  await expect(page.getByTestId('tta-table')).toBeVisible({ timeout: trainingMs });
  const augmented = (await call(page, 'predictions.augmented', id, 'validation', 'flip-shift'))!;
  const top = (probabilities: number[]) => labels.map((_, i) => { const all = probabilities.slice(10 * i, 10 * i + 10); return all.indexOf(Math.max(...all)); });
  const [plainTop, viewsTop] = [top(values(predictions.probabilities)), top(values(augmented.probabilities))];
  const corrected = labels.filter((label, i) => plainTop[i] !== label && viewsTop[i] === label).length;
  const spoiled = labels.filter((label, i) => plainTop[i] === label && viewsTop[i] !== label).length;
  await expect(page.getByTestId('tta-sentence')).toContainText(`corrects ${corrected} images and spoils ${spoiled}`);
  await expect(page.getByTestId('difference')).toBeVisible();
  await expect(page.getByTestId('change-table')).toBeVisible();

  // A map: made once, then kept; a rectangle round everything chooses every image.
  await page.getByTestId('map-pca').click();
  await page.getByTestId('map-make').click();
  const map = page.getByTestId('embedding-map');
  await expect(map).toHaveAttribute('data-painted', '250', { timeout: trainingMs });
  expect(await call(page, 'embeddings.kept', id, 'validation', 'pca', 0)).not.toBeNull();
  await page.getByTestId('map-rectangle').click();
  await map.scrollIntoViewIfNeeded();
  const box = (await map.boundingBox())!;
  await page.mouse.move(box.x + 3, box.y + 3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 3, box.y + box.height - 3, { steps: 4 });
  await page.mouse.up();
  await expect(map).toHaveAttribute('data-chosen', '250');
  await expect(page.getByTestId('map-chosen').getByTestId('image-tile')).toHaveCount(24);
  await map.focus();
  await page.keyboard.press('Escape');
  await expect(map).toHaveAttribute('data-chosen', '0');
  for (const key of ['ArrowRight', 'Space', 'ArrowLeft', 'Space']) await page.keyboard.press(key);
  await expect(map).toHaveAttribute('data-chosen', '2');

  for (const theme of ['light', 'dark'] as const) {
    await call(page, 'settings.set', { theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).setLegacyMode(true).analyze();
    expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
  }

  // All predictions leave as CSV: a row an image.
  const path = join(folder, 'predictions.csv');
  await app.evaluate(({ dialog }, filePath) => { dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath }); }, path);
  await page.getByTestId('look-plain').click();
  await page.getByTestId('export-predictions').click();
  await expect(page.getByText(path)).toBeVisible();
  const lines = (await readFile(path, 'utf8')).replace(/\r\n$/, '').split('\r\n');
  expect(lines).toHaveLength(251);
  expect(lines[0]).toMatch(/^\uFEFFindex,label,answer,confidence,p\(airplane\)/);

  await page.getByTestId('own-image').click();
  await page.getByTestId('try-files').setInputFiles(join(import.meta.dirname, '../docs/screens/results.png'));
  await expect(page.getByTestId('try-image').locator('.top li').first()).toBeVisible({ timeout: trainingMs });
});
