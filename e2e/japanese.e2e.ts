import { expect, test } from './support/fixtures';
import { cutOff, sideways } from './support/layout';
import { everywhere, furnish, furnished } from './support/places';
import { call, goTo } from './support/window';

test('the window speaks Japanese at once when asked', async ({ launch }) => {
  const { page } = await launch();
  await goTo(page, 'system/settings');
  await page.getByTestId('language-ja').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(page.getByTestId('nav-library')).toContainText('ライブラリ');
  expect((await call(page, 'settings.get')).language).toBe('ja');
  await page.getByTestId('language-en').click();
  await expect(page.getByTestId('nav-library')).toContainText('Library');
});

test('Enter that confirms a conversion submits nothing', async ({ launch }) => {
  const { page } = await launch();
  await goTo(page, 'new/run');
  const name = page.getByTestId('run-name');
  await name.focus();
  // A real composition, as an input method drives it.
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'がくしゅう', selectionStart: 5, selectionEnd: 5 });
  for (const control of [false, true]) {
    await name.evaluate((input, ctrlKey) => {
      // What Chromium sends for the Enter that the input method takes: isComposing, key code 229.
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 229, isComposing: true, ctrlKey, bubbles: true, cancelable: true }));
    }, control);
  }
  await session.send('Input.insertText', { text: '学習' });
  await expect(name).toHaveValue('学習');
  expect(await call(page, 'runs.list')).toEqual([]);
  expect(page.url()).toContain('#/new/run');

  // The palette: the same Enter opens nothing, a plain one does.
  await page.keyboard.press('Control+k');
  const query = page.getByTestId('palette-query');
  await query.fill('System');
  await query.evaluate((input) => {
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true }));
  });
  expect(page.url()).toContain('#/new/run');
  await expect(page.getByTestId('palette')).toBeVisible();
  await query.press('Enter');
  await expect(page.getByTestId('palette')).toBeHidden();
  await expect.poll(() => page.url()).not.toContain('#/new/run');
});

test('no Japanese word is cut off, and nothing scrolls sideways, at the smallest window and at 200 %', async ({ launch, library }) => {
  const runIds = furnish(library);
  const { page, app } = await launch();
  const world = await furnished(page, runIds);
  await call(page, 'settings.set', { language: 'ja' });
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  const found: string[] = [];
  for (const [zoom, width, height] of [[1, 1024, 700], [2, 1440, 900]] as const) {
    await app.evaluate(({ BrowserWindow }, [factor, w, h]) => {
      const [window] = BrowserWindow.getAllWindows();
      window!.setBounds({ x: 0, y: 0, width: w, height: h });
      window!.webContents.setZoomFactor(factor);
    }, [zoom, width, height] as const);
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width / zoom);
    await everywhere(page, world, async (place) => { found.push(...[...(await sideways(page)), ...(await cutOff(page))].map((what) => `${place} at ${zoom * 100} %: ${what}`)); });
  }
  expect(found).toEqual([]);
});
