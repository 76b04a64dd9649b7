import { realpathSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { cacheFolder } from '../../src/library/paths';
import { expect, type RunningApp } from './fixtures';
import { call } from './window';

// Pictures for the documents: the window at 1440 × 900 points, in both themes and in Japanese.
const target = join(import.meta.dirname, '..', '..', 'docs', 'screens');
const themes = ['light', 'dark'] as const;

/** Paths of this computer have no place in a document: they are shown as where they would be for a reader. */
let readersPaths: readonly (readonly [string, string])[] = [];
export function showPathsAs({ folder, library }: { readonly folder: string; readonly library: string }): void {
  readersPaths = [[library, '~/ライブラリ と 実験'], [folder, '~'], [cacheFolder(), '~/.cache/cultivar'], [realpathSync(join(import.meta.dirname, '..', '..', 'node_modules')), '/opt/cultivar/resources/app/node_modules']];
}

/** With a palette and no dither, which would triple its bytes; nearer colours become one where photographs make it larger than 120 kB. A page full of photographs stays larger. */
async function small(picture: Buffer): Promise<Buffer> {
  let smaller = picture;
  for (const quality of [100, 80, 60, 40]) {
    smaller = await sharp(picture).png({ palette: true, quality, effort: 10, compressionLevel: 9, dither: 0 }).toBuffer();
    if (smaller.length < 120_000) break;
  }
  return smaller;
}

/** Saves what is to be seen, small enough to lie beside the sources. `keepFocus`: what has the focus closes without it. */
export async function picture(page: Page, name: string, { keepFocus = false } = {}): Promise<void> {
  // Laid out first, since that is what asks for fonts. Polled: a promise of the page's that only an evaluation waits for may be collected.
  await page.waitForFunction(() => document.body.offsetWidth > 0 && document.fonts.status === 'loaded');
  await page.evaluate(([paths, keep]) => {
    // A hovered or focused control would be in the picture.
    if (!keep) (document.activeElement as HTMLElement | null)?.blur();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const shown = paths.reduce((text, [own, readers]) => text.replaceAll(own, readers), node.nodeValue ?? '');
      if (shown !== node.nodeValue) node.nodeValue = shown;
    }
  }, [readersPaths, keepFocus] as const);
  await page.mouse.move(0, 899);
  await writeFile(join(target, `${name}.png`), await small(await page.screenshot()));
}

export async function inBothThemes(page: Page, name: string, options: { readonly keepFocus?: boolean } = {}): Promise<void> {
  for (const theme of themes) {
    await call(page, 'settings.set', { theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await picture(page, theme === 'light' ? name : `${name}-dark`, options);
  }
  await call(page, 'settings.set', { theme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
}

export async function inJapanese(page: Page, name: string, options: { readonly keepFocus?: boolean } = {}): Promise<void> {
  await call(page, 'settings.set', { language: 'ja' });
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await picture(page, `${name}-ja`, options);
  await call(page, 'settings.set', { language: 'en' });
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
}

export async function resized({ app, page }: Pick<RunningApp, 'app' | 'page'>, width: number, height: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, [w, h]) => { BrowserWindow.getAllWindows()[0].setBounds({ x: 0, y: 0, width: w, height: h }); }, [width, height] as const);
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight, devicePixelRatio])).toEqual([width, height, 1]);
}

/** The window at its size for pictures, light and in English, with everything that it asks for at its start. */
export async function opened(running: RunningApp): Promise<void> {
  await resized(running, 1440, 900);
  await call(running.page, 'settings.set', { theme: 'light', language: 'en' });
  await call(running.page, 'doctor.report', false);
  await expect(running.page.getByText(/ free$/).first()).toBeVisible({ timeout: 240_000 }); // the library's size is counted file by file
}
