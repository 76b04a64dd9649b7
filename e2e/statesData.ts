import { cp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from './support/fixtures';
import { fillLibrary, longNames } from './support/fullLibrary';
import { inEveryLook } from './support/looks';
import { writeDataset } from './support/madeDataset';
import { everyUnfed } from './support/unfed';
import { everyPartUnfed, writeAnsweredRun } from './support/unfedRun';
import { call, dropFiles, goTo, trainingMs } from './support/window';

// The states of the pages about data, system and what leaves and comes in: loading, failed, very full (empty: statesEmpty). In every size, language and theme nothing may be
// cut off or scroll sideways; the pictures are for looking at (CULTIVAR_STATES names their folder). `npm run states`, on a display of 4K: `xvfb-run -s "-screen 0 4096x2400x24"`

for (const answer of ['never', 'damaged'] as const) {
  test(answer === 'never' ? 'loading' : 'failed', async ({ launch }) => {
    const running = await launch();
    const found: string[] = [];
    await everyUnfed(running, answer, async (name) => { found.push(...(await inEveryLook(running, `${answer}-${name}`))); });
    expect(found).toEqual([]);
  });
}

for (const answer of ['fails', 'never'] as const) {
  test(answer === 'never' ? 'loading, of a run' : 'failed, of a run', async ({ launch, library }) => {
    const runId = await writeAnsweredRun(library);
    const running = await launch({ expectedConsole: /^Blocked script execution in 'about:blank'/ });
    const found: string[] = [];
    await everyPartUnfed(running, runId, answer, async (name) => { found.push(...(await inEveryLook(running, `${answer}-${name}`))); });
    expect(found).toEqual([]);
  });
}

test('very full', async ({ launch, folder, library }) => {
  const { large, twins } = await fillLibrary(library);
  const running = await launch();
  const { page } = running;
  const found: string[] = [];
  const look = async (name: string) => {
    await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
    found.push(...(await inEveryLook(running, `full-${name}`)));
  };
  await call(page, 'audit.start', twins.id, twins.revision);
  for (let i = 0; i < 60; i++) await call(page, 'exclude.save', twins.id, twins.revision, `${longNames[i % 3]!.slice(0, 57)} ${String(i).padStart(2, '0')}`, Array.from({ length: 40 }, (_, k) => i + k * 7));
  await goTo(page, 'datasets/large/card');
  await expect(page.getByTestId('sample').first()).toBeVisible();
  await look('card');
  await goTo(page, 'datasets/large/images');
  await expect(page.getByTestId('image').nth(40).locator('canvas')).toBeVisible();
  await look('images');
  await page.getByTestId('images-class').click();
  await look('images-classes');
  await page.keyboard.press('Escape');
  await page.getByTestId('image').nth(3).click();
  await expect(page.getByTestId('large-image')).toBeVisible();
  await look('large-image');
  await page.keyboard.press('Escape');
  await goTo(page, 'datasets/large/uses');
  await expect(page.getByTestId('revisions')).toBeVisible();
  await page.getByTestId('revisions').locator('summary').first().click();
  await look('uses');
  await goTo(page, 'datasets/twins/audit');
  await expect(page.getByTestId('pair').first()).toBeVisible();
  await look('audit');
  await page.getByTestId('pair').first().getByRole('button').first().click();
  await expect(page.getByTestId('pair-details')).toBeVisible();
  await look('audit-pair');
  await page.keyboard.press('Escape');
  await page.getByTestId('leave-twins-out').click();
  await page.getByTestId('list-name').fill(longNames[2]);
  await look('save-list');
  await page.keyboard.press('Escape');
  for (const finding of ['within', 'labels', 'plain', 'balance', 'lists'] as const) {
    await page.getByTestId(`finding-${finding}`).click();
    await look(`audit-${finding}`);
  }
  await page.getByTestId('list-open').first().click();
  await look('audit-chosen');

  await goTo(page, 'augmentation');
  await expect(page.getByTestId('draws-of-a')).toBeVisible();
  await look('inspector');
  await page.getByTestId('inspector-pick').click();
  await expect(page.getByTestId('image-picker')).toBeVisible();
  await look('inspector-pick');
  await page.keyboard.press('Escape');
  await goTo(page, 'system/storage');
  await look('storage');

  const csv = join(folder, `${longNames[1]}${longNames[1]}.csv`);
  await writeFile(csv, `path,label\n${Array.from({ length: 3000 }, (_, i) => `images/${longNames[i % 3]}/${i}.png,${longNames[i % 3]} ${i % 100}`).join('\n')}\n`);
  await goTo(page, 'datasets');
  await dropFiles(page, 'datasets-drop', [csv]);
  await expect(page.getByTestId('import-error').or(page.getByTestId('import-found'))).toBeVisible();
  await look('import');
  await page.keyboard.press('Escape');
  expect(large.counts.train + large.counts.test).toBe(65_000);
  expect(found).toEqual([]);
});

// With what a run of a long name and classes of long names give to show.
test('what leaves and comes in', async ({ launch, folder, library }) => {
  await writeDataset(library, {
    id: 'named', name: longNames[2], classes: longNames, side: 32, counts: { train: 96, test: 12 }, labelOf: (image) => image % 3,
    pixelOf: (image, x, y, channel) => ((image * 37 + x * 5 * (1 + (image % 3)) + y * 11 + channel * 83) % 200) + (channel === image % 3 ? 55 : 0),
  });
  const running = await launch();
  const { app, page } = running;
  const found: string[] = [];
  const look = async (name: string) => { found.push(...(await inEveryLook(running, `leaves-${name}`))); };
  const { id } = await call(page, 'runs.start', { name: longNames[1], data: { dataset: 'named', trainImages: 64, validationImages: 30 }, model: { architecture: 'resnet18', stem: 'imagenet' }, batchSize: 32, epochs: 2, keepOptimizerState: true });
  await expect.poll(async () => (await call(page, 'runs.get', id)).summary.status, { timeout: trainingMs }).toBe('completed');
  await goTo(page, `runs/${id}`);
  const image = await sharp({ create: { width: 64, height: 40, channels: 3, background: '#3a7' } }).png().toBuffer();
  await page.getByTestId('try-files').setInputFiles(Array.from({ length: 26 }, (_, i) => ({ name: `${longNames[i % 3]!} ${i}.png`, mimeType: 'image/png', buffer: i === 2 ? image.subarray(0, 60) : image })));
  await expect(page.getByTestId('try-image').locator('.top').first()).toBeVisible({ timeout: trainingMs });
  await page.getByTestId('try-image').scrollIntoViewIfNeeded();
  await look('try-image');
  await page.getByTestId('export-run').click();
  await expect(page.getByTestId('export-start')).toBeVisible();
  await look('export');
  await page.getByTestId('export-start').click();
  await expect(page.getByTestId('export-verdict')).toBeVisible({ timeout: trainingMs });
  await look('export-outcome');
  await page.keyboard.press('Escape');
  await page.getByTestId('extend-run').click();
  await page.getByTestId('extend-epochs').fill('0');
  await look('extend');
  await page.keyboard.press('Escape');
  const archive = join(folder, `${longNames[1]}-${longNames[1]}.zip`);
  await app.evaluate(({ dialog }, filePath) => { dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath }); }, archive);
  await page.getByTestId('share').click();
  await page.getByTestId('share-archive').click();
  await expect(page.getByTestId('share-saved')).toBeVisible({ timeout: trainingMs });
  await look('share');
  await page.keyboard.press('Escape');
  await goTo(page, `compare/images?runs=${id}`);
  await page.getByTestId('image-tile').first().getByRole('button').click();
  await expect(page.getByTestId('heat').first()).toBeVisible({ timeout: trainingMs });
  await look('heat');
  await page.keyboard.press('Escape');
  await look('images');
  await call(page, 'runs.delete', id);
  await goTo(page, 'library');
  await dropFiles(page, 'import', [archive]);
  await expect(page.getByTestId('import-banner')).toContainText(longNames[1], { timeout: trainingMs });
  await look('archive');
  const checkpoints = join(library, 'runs', id, 'checkpoints');
  const weights = join(folder, `${longNames[1]}.safetensors`);
  await cp(join(checkpoints, (await readdir(checkpoints))[0]!, 'weights.safetensors'), weights);
  await goTo(page, 'new/run');
  await dropFiles(page, 'start-weights', [weights]);
  await expect(page.getByTestId('weights-report')).toBeVisible();
  await page.getByTestId('weights-report').scrollIntoViewIfNeeded();
  await look('weights');
  expect(found).toEqual([]);
});
