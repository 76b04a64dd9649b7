import { execFileSync } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from './support/fixtures';
import { inBothThemes, inJapanese, opened, picture, resized, showPathsAs } from './support/pictures';
import { dropFiles, goTo } from './support/window';

const cifarBytes = 32 * 32 * 3;
const plants = ['Alpenglöckchen (Soldanella alpina)', 'Küchenschelle (Pulsatilla vulgaris), Blüte', 'Türkenbund-Lilie (Lilium martagon), ganze Pflanze im Juli', 'ヤマザクラ（花）'];

/** 120 classes with names of up to 60 characters, some with far fewer images; and files that are none. */
async function herbarium(folder: string, images: string): Promise<string> {
  const root = join(folder, 'herbarium');
  const file = await open(images, 'r');
  try {
    const pixels = Buffer.alloc(cifarBytes);
    let at = 0;
    for (let label = 0; label < 120; label++) {
      const own = join(root, `${String(label + 1).padStart(3, '0')} ${plants[label % plants.length]!}`);
      await mkdir(own, { recursive: true });
      for (let i = 0; i < 6 + ((label * 7) % 19); i++) {
        await file.read(pixels, 0, cifarBytes, at++ * cifarBytes);
        await sharp(pixels, { raw: { width: 32, height: 32, channels: 3 } }).resize(32 + (at % 5) * 8, 32 + (at % 3) * 16).png().toFile(join(own, `${i}.png`));
      }
    }
  } finally {
    await file.close();
  }
  for (const name of ['scan 7.png', '表紙.jpg']) {
    const broken = await open(join(root, `001 ${plants[0]!}`, name), 'w');
    await broken.writeFile(name.endsWith('png') ? Buffer.from('\x89PNG\r\n\x1a\n') : 'no image');
    await broken.close();
  }
  return root;
}

test('data sets', async ({ launch, folder, library }) => {
  showPathsAs({ folder, library });
  const running = await launch();
  const { page } = running;
  const settled = async () => {
    await expect(page.getByTestId('dataset-card')).toBeVisible();
    await expect(page.getByTestId('sample').first()).toBeVisible();
  };
  await opened(running);
  await goTo(page, 'datasets');
  await settled();
  await inBothThemes(page, 'datasets');
  await inJapanese(page, 'datasets');
  await page.getByTestId('sample').nth(3).click();
  await expect(page.getByTestId('large-image')).toBeVisible();
  await picture(page, 'datasets-large', { keepFocus: true });
  await page.keyboard.press('Escape');
  await page.getByTestId('dataset-tab-images').click();
  // A page full of photographs, in the smallest window: larger ones take too many bytes.
  await resized(running, 1024, 700);
  await expect(page.getByTestId('image').nth(40).locator('canvas')).toBeVisible();
  await picture(page, 'datasets-images');
  await resized(running, 1440, 900);

  const plants120 = await herbarium(folder, join(library, 'datasets/cifar10/images.bin'));
  await dropFiles(page, 'datasets-drop', [packed(plants120)]);
  await expect(page.getByTestId('import-found')).toContainText('120 classes');
  await inBothThemes(page, 'import', { keepFocus: true });
  await inJapanese(page, 'import', { keepFocus: true });
  await page.getByTestId('import-start').click();
  await expect(page.getByTestId('import-outcome')).toBeVisible({ timeout: 120_000 });
  await picture(page, 'import-outcome', { keepFocus: true });
  await page.getByTestId('import-close').click();
  await settled();
  await inBothThemes(page, 'datasets-own');
  await page.getByTestId('import-warnings').scrollIntoViewIfNeeded();
  await picture(page, 'datasets-own-origin');
  await page.getByTestId('dataset-tab-uses').click();
  // The same images in another size: a second revision, and the first one is looked at.
  await dropFiles(page, 'datasets-drop', [packed(plants120)]);
  await page.getByTestId('import-side').fill('24');
  await page.getByTestId('import-start').click();
  await expect(page.getByTestId('import-outcome')).toBeVisible({ timeout: 120_000 });
  await page.getByTestId('import-close').click();
  await expect(page.getByTestId('revision-bar')).toBeVisible();
  await inBothThemes(page, 'datasets-uses');
  await page.getByTestId('dataset-tab-card').click();
  await page.getByTestId('revision-select').click();
  await page.getByRole('option').last().click();
  await expect(page.getByTestId('older-revision')).toBeVisible();
  await settled();
  await inBothThemes(page, 'datasets-revision');
  await resized(running, 1024, 700);
  await page.getByTestId('older-revision').getByRole('link').click();
  await settled();
  await picture(page, 'datasets-1024');
});

/** A folder cannot be put into a file picker; its tar can. */
function packed(folder: string): string {
  execFileSync('tar', ['--create', '--file', `${folder}.tar`, '--directory', join(folder, '..'), 'herbarium']);
  return `${folder}.tar`;
}
