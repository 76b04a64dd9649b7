import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type RunningApp } from './fixtures';
import { cutOff, sideways } from './layout';
import { call } from './window';

/** Where pictures of states go, which are looked at and not kept. */
const target = process.env.CULTIVAR_STATES ?? join(import.meta.dirname, '..', '..', 'test-results', 'states');
/** CULTIVAR_STATES_LOOKS: some of the looks below, by name. */
const chosen = new RegExp(process.env.CULTIVAR_STATES_LOOKS ?? '.');

interface Look { readonly width: number; readonly height: number; readonly zoom: number; readonly language: 'en' | 'ja'; readonly theme: 'light' | 'dark' }
/** From the smallest window to 4K and 200 %, with each language and theme at least twice. */
const looks: Readonly<Record<string, Look>> = {
  small: { width: 1024, height: 700, zoom: 1, language: 'en', theme: 'light' },
  ja: { width: 1440, height: 900, zoom: 1, language: 'ja', theme: 'dark' },
  zoomed: { width: 1440, height: 900, zoom: 2, language: 'ja', theme: 'light' },
  large: { width: 2560, height: 1440, zoom: 1, language: 'en', theme: 'light' },
  uhd: { width: 3840, height: 2160, zoom: 1, language: 'en', theme: 'dark' },
};

/** Where there is least room, in both themes. */
export const tightLooks: Readonly<Record<string, Look>> = {
  'small-light': { width: 1024, height: 700, zoom: 1, language: 'ja', theme: 'light' },
  'small-dark': { width: 1024, height: 700, zoom: 1, language: 'en', theme: 'dark' },
  'zoomed-light': { width: 1440, height: 900, zoom: 2, language: 'en', theme: 'light' },
  'zoomed-dark': { width: 1440, height: 900, zoom: 2, language: 'ja', theme: 'dark' },
};

/** Looks at what is shown in every size, language and theme; takes a picture of each. @returns what is cut off or scrolls sideways */
export async function inEveryLook({ app, page }: Pick<RunningApp, 'app' | 'page'>, name: string, wanted = looks): Promise<string[]> {
  await mkdir(target, { recursive: true });
  const found: string[] = [];
  for (const [look, { width, height, zoom, language, theme }] of Object.entries(wanted).filter(([look]) => chosen.test(look))) {
    await call(page, 'settings.set', { language, theme });
    await app.evaluate(({ BrowserWindow }, [w, h, factor]) => {
      const [window] = BrowserWindow.getAllWindows();
      window!.setBounds({ x: 0, y: 0, width: w, height: h });
      window!.webContents.setZoomFactor(factor);
    }, [width, height, zoom] as const);
    await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width / zoom, height / zoom]);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    const wrong = async () => [...(await sideways(page)), ...(await cutOff(page))].map((what) => `${name}, ${look}: ${what}`);
    // Charts and grids follow a window's size some frames later.
    await expect.poll(wrong, { timeout: 3000 }).toEqual([]).catch(() => undefined);
    found.push(...(await wrong()));
    // On a busy machine the last frame may still be of the look before.
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => { requestAnimationFrame(resolve); }); }));
    // As the window shows it: Playwright's own picture of a zoomed page is its upper left part.
    const png = await app.evaluate(async ({ BrowserWindow }) => (await BrowserWindow.getAllWindows()[0]!.webContents.capturePage()).toPNG().toString('base64'));
    await writeFile(join(target, `${name}-${look}.png`), Buffer.from(png, 'base64'));
  }
  return found;
}
