import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, test } from './support/fixtures';
import { resized } from './support/pictures';
import { goTo } from './support/window';

const grid = (page: Page, side: 'a' | 'b') => page.getByTestId(`draws-of-${side}`);
const names = (page: Page, side: 'a' | 'b') => grid(page, side).getByRole('option').evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('aria-label') ?? ''));
/** What is on a canvas, as PNG. */
const pixels = (canvas: Locator) => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
const pixelsOf = (page: Page, side: 'a' | 'b') => pixels(page.getByTestId(`side-${side}`).locator('canvas'));
const violations = async (page: Page) =>
  (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).setLegacyMode(true).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);

test('the inspector shows what training draws: by seed and epoch, and as the policy changes', async ({ launch, folder }) => {
  const { page, app } = await launch();
  await goTo(page, 'augmentation');
  await expect(grid(page, 'b').getByRole('option')).toHaveCount(16);
  const first = await names(page, 'b');
  const firstPixels = await pixelsOf(page, 'b');
  expect(new Set(first).size).toBe(16);

  // The next epoch: every draw moves up by one, and one is new.
  await page.getByTestId('inspector-epoch-on').click();
  await expect.poll(() => names(page, 'b')).toEqual([...first.slice(1), expect.stringContaining('epoch 17')]);
  await page.getByTestId('inspector-epoch-back').click();
  await expect.poll(() => pixelsOf(page, 'b')).toBe(firstPixels);
  expect(await names(page, 'b')).toEqual(first);

  // Another seed, other draws; the same seed, the same pixels.
  await page.getByTestId('inspector-seed').fill('5');
  await expect.poll(() => names(page, 'b')).not.toEqual(first);
  await expect.poll(() => pixelsOf(page, 'b')).not.toBe(firstPixels);
  await page.getByTestId('inspector-seed').fill('1');
  await expect.poll(() => pixelsOf(page, 'b')).toBe(firstPixels);

  // A slider of the policy, and back.
  await page.getByTestId('operation-0').click();
  await page.getByRole('slider', { name: 'padding' }).press('Home');
  await expect.poll(async () => (await names(page, 'b')).every((name) => name.includes('crop 0, 0'))).toBe(true);
  await page.keyboard.press('Control+z');
  await expect.poll(() => pixelsOf(page, 'b')).toBe(firstPixels);

  // The strip: the strength of the chosen draw, and a key further.
  const strip = page.getByTestId('strength').locator('canvas');
  await page.getByTestId('strength-of').click();
  await page.getByRole('option', { name: 'Rotate', exact: true }).click();
  const before = await page.getByTestId('strength-text').textContent();
  await expect.poll(async () => (await pixels(strip)).length).toBeGreaterThan(5000);
  const stripBefore = await pixels(strip);
  await page.getByRole('slider', { name: 'Strength' }).press('End');
  await expect(page.getByTestId('strength-text')).not.toHaveText(before!);
  await expect(page.getByTestId('strength-text')).toHaveText(/135/);
  await page.getByRole('slider', { name: 'Strength' }).press('ArrowLeft');
  await expect.poll(() => pixels(strip)).not.toBe(stripBefore);

  // A switch takes an operation out of the policy at once.
  await page.getByTestId('study-drawn').click();
  await expect.poll(async () => Number(await page.getByTestId('drawn').getAttribute('data-draws')), { timeout: 60_000 }).toBeGreaterThan(1000);
  for (const term of ['Rotate', 'Color', 'Contrast', 'Sharpness']) await page.getByTestId(`drawn-${term}`).click();
  await expect.poll(async () => (await names(page, 'b')).filter((name) => /\b(Rotate|Color|Contrast|Sharpness)\b/.test(name))).toEqual([]);
  expect(await violations(page)).toEqual([]);

  // In the smallest window the two stand beside each other still.
  await resized({ app, page }, 1024, 700);
  await expect.poll(async () => {
    const [a, b] = await Promise.all((['a', 'b'] as const).map((side) => grid(page, side).boundingBox()));
    return a!.x + a!.width <= b!.x && b!.x + b!.width <= 1024;
  }).toBe(true);

  // Mean and spread get more draws while one looks.
  await page.getByTestId('study-average').click();
  await expect(page.getByTestId('averages').getByRole('img')).toHaveCount(4);

  // The sheet: a PNG with the original and sixteen draws, and the place it went to.
  const path = join(folder, 'シート.png');
  await app.evaluate(({ dialog }, filePath) => { dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath }); }, path);
  await page.getByTestId('sheet-save').click();
  await expect(page.getByText(path)).toBeVisible();
  const { width, height, channels } = await sharp(await readFile(path)).metadata();
  expect(width).toBeGreaterThan(5 * 112 * 2);
  expect(height).toBeGreaterThan(4 * 112 * 2);
  expect((await sharp(await readFile(path)).stats()).channels.slice(0, channels === 4 ? 3 : channels).every(({ stdev }) => stdev > 20)).toBe(true);
  await page.getByTestId('policy-copy').click();
  expect(JSON.parse(await app.evaluate(({ clipboard }) => clipboard.readText()))).toMatchObject({ augmentation: [{ kind: 'randomCrop' }, { kind: 'flip' }, { kind: 'trivialAugmentWide' }] });

  // The policy as it stands becomes a new run's.
  await page.getByTestId('policy-use').click();
  await expect.poll(() => page.url()).toContain('#/new/run');
  await page.getByTestId('recipe-json').click();
  const { augmentation } = JSON.parse(await page.getByTestId('recipe-json-text').inputValue()) as { augmentation: { kind: string; operations?: string[] }[] };
  expect(augmentation.map(({ kind }) => kind)).toEqual(['randomCrop', 'flip', 'trivialAugmentWide']);
  expect(augmentation[2]!.operations).toHaveLength(10);

  // It is as it was when one comes back; another image is chosen by keyboard alone.
  await goTo(page, 'augmentation');
  await expect(page.getByTestId('study-average')).toHaveAttribute('data-state', 'active');
  const original = page.getByTestId('inspector-original');
  const originalPixels = await pixels(original);
  await page.getByTestId('inspector-pick').press('Enter');
  await expect(page.getByTestId('image-picker').locator('canvas').first()).toBeVisible();
  await page.getByTestId('image-picker').locator('[data-tile][tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('image-picker')).toBeHidden();
  await expect.poll(() => pixels(original)).not.toBe(originalPixels);

  // The address shows it again: one that is opened is looked at, and going back shows what was there before.
  const seed = page.getByTestId('inspector-seed');
  const ownSeed = await seed.inputValue();
  await expect.poll(() => page.url()).toContain(`seed=${ownSeed}`);
  await page.evaluate(() => { location.hash = '#/augmentation?dataset=cifar10&image=7&seed=123&epoch=4&draws=32&batch=50&a=crop-flip-mixup'; });
  await expect(grid(page, 'a').getByRole('option')).toHaveCount(32);
  await expect(page.getByTestId('side-b')).toHaveCount(0);
  await expect(seed).toHaveValue('123');
  // Whom an image is mixed with depends on the size of its batch.
  await expect(page.getByTestId('inspector-batch')).toHaveValue('50');
  const tiles = () => pixels(page.getByTestId('side-a').locator('canvas').first());
  const of50 = await tiles();
  await page.getByTestId('inspector-batch').fill('64');
  await expect.poll(tiles).not.toBe(of50);
  await expect.poll(() => page.url()).toContain('batch=64');
  const address = page.url();
  await page.evaluate(() => { localStorage.removeItem('cultivar.inspector'); });
  await page.reload();
  await expect(page.getByTestId('inspector-batch')).toHaveValue('64');
  await expect(grid(page, 'a').getByRole('option')).toHaveCount(32);
  expect(page.url()).toBe(address);
  await page.goBack();
  await expect(seed).toHaveValue(ownSeed);
});
