import { expect, test } from './support/fixtures';
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
