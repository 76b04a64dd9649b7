import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { inBothThemes, inJapanese, opened, picture, resized, showPathsAs } from './support/pictures';
import { call, goTo } from './support/window';

// Pictures of what a network gets right and wrong. CULTIVAR_SCREENS_LIBRARY: a library whose best run is shown; its views and its map are made where they are not kept.
const patience = { timeout: 25 * 60_000 };

async function steady(page: Page): Promise<void> {
  await expect(page.getByTestId('images').locator('canvas').first()).toBeVisible(patience);
  await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
}

test('images understood', async ({ launch, folder, library }) => {
  test.setTimeout(60 * 60_000);
  const from = process.env.CULTIVAR_SCREENS_LIBRARY;
  test.skip(from === undefined, 'CULTIVAR_SCREENS_LIBRARY names no library with a trained run to show');
  await cp(join(from!, 'runs'), join(library, 'runs'), { recursive: true, filter: (path) => !path.endsWith('lock') });
  // What waits in it does not train.
  await writeFile(join(library, 'queue.json'), JSON.stringify({ schemaVersion: 1, paused: true, atOnce: 1, entries: [] }));
  showPathsAs({ folder, library });
  const running = await launch();
  const { page } = running;
  await opened(running);
  const runs = (await call(page, 'runs.list')).flatMap((run) => (run.status === 'completed' && run.lastValidation ? [run] : []));
  const best = runs.reduce((a, b) => (b.lastValidation!.accuracy > a.lastValidation!.accuracy ? b : a));
  await goTo(page, `compare/images?runs=${best.id}`);
  await steady(page);
  if (await page.getByTestId('tta-evaluate').isVisible()) await page.getByTestId('tta-evaluate').click();
  await expect(page.getByTestId('tta-table')).toBeVisible(patience);
  await page.getByTestId('look-plain').click();
  await inBothThemes(page, 'understand');
  await inJapanese(page, 'understand');
  await page.getByTestId('look-difference').click();
  await expect(page.getByTestId('difference').locator('canvas').first()).toBeVisible();
  await inBothThemes(page, 'understand-difference');
  await page.getByTestId('look-plain').click();
  await page.getByTestId('image-tile').first().getByRole('button').click();
  await expect(page.getByTestId('heat-dialog').getByTestId('heat').first()).toBeVisible(patience);
  await inBothThemes(page, 'understand-heat');
  await page.keyboard.press('Escape');

  const map = page.getByTestId('embedding-map');
  await expect(map.or(page.getByTestId('map-make'))).toBeVisible();
  if (await page.getByTestId('map-make').isVisible()) await page.getByTestId('map-make').click();
  await expect(map).toBeVisible(patience);
  await expect(map).not.toHaveAttribute('data-painted', '0');
  await map.evaluate((element) => { element.closest('section')!.scrollIntoView(); });
  const { x, y, width, height } = (await map.boundingBox())!;
  const at = (across: number, down: number) => [x + across * width, y + down * height] as const;
  await page.mouse.move(...at(0.5, 0.35));
  await page.mouse.down();
  for (const [across, down] of [[0.72, 0.35], [0.72, 0.6], [0.5, 0.6]] as const) await page.mouse.move(...at(across, down), { steps: 6 });
  await page.mouse.up();
  await expect(page.getByTestId('map-chosen').locator('canvas').first()).toBeVisible();
  await inBothThemes(page, 'understand-map');
  await inJapanese(page, 'understand-map');
  await resized(running, 1024, 700);
  await page.getByTestId('images').evaluate((element) => { element.scrollIntoView(); });
  await picture(page, 'understand-1024');
});

// Answers kept after each epoch, of a run that is trained here.
test('epochs of a run', async ({ launch, folder, library }) => {
  test.setTimeout(20 * 60_000);
  showPathsAs({ folder, library });
  const running = await launch();
  const { page } = running;
  await opened(running);
  const { id } = await call(page, 'runs.start', { name: 'Crop + flip', data: { trainImages: 2000, validationImages: 1000 }, model: { architecture: 'resnet18', stem: 'imagenet' }, augmentation: 'crop-flip', epochs: 6, batchSize: 32, schedule: { learningRate: 0.02 } });
  await expect.poll(async () => (await call(page, 'runs.get', id)).summary.status, patience).toBe('completed');
  await goTo(page, `compare/images?runs=${id}`);
  await steady(page);
  await page.getByTestId('epoch-slider').getByRole('slider').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('epoch-shown')).toHaveText('2 of 6');
  await steady(page);
  await inBothThemes(page, 'understand-epochs');
  await inJapanese(page, 'understand-epochs');
});
