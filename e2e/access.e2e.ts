import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { cutOff, sideways } from './support/layout';
import { dialogs, dialogWorld, dots, filesWithDialogs } from './support/dialogs';
import { writeFullRuns } from './support/fullRuns';
import { everywhere, furnish, furnished, routePlaces, routesOfRouter } from './support/places';
import { call, goTo, startRun, trainingMs } from './support/window';

/** A menu that scrolls is moved in by its arrow keys: axe asks for a stop of the Tab key, which menus have none of. */
const check = async (page: Page, within = 'html') => {
  const { violations } = await new AxeBuilder({ page }).include(within).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).setLegacyMode(true).analyze();
  return violations.map((found) => (found.id === 'scrollable-region-focusable' ? { ...found, nodes: found.nodes.filter(({ html }) => !html.includes('role="menu"')) } : found)).filter(({ nodes }) => nodes.length > 0);
};

test('axe sees into this window', async ({ launch }) => {
  const { page } = await launch();
  await page.evaluate(() => { document.querySelector('#app')!.append(document.createElement('img')); });
  expect((await check(page)).map(({ id }) => id)).toContain('image-alt');
});

test('the table of places holds every route of the router', async () => {
  expect((await routesOfRouter()).sort()).toEqual(Object.keys(routePlaces).sort());
});

test('the table of dialogs holds every file that opens something over the window', () => {
  expect(filesWithDialogs().sort()).toEqual(Object.keys(dialogs).sort());
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page, ${theme} theme`, async ({ launch, library }) => {
    const runIds = furnish(library);
    // The report's frame runs no script, axe's neither.
    const { page } = await launch({ expectedConsole: /^Blocked script execution in 'about:blank'/ });
    await call(page, 'settings.set', { theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    const found: string[] = [];
    const look = async (what: string) => { found.push(...(await check(page)).map(({ id, nodes }) => `${what} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)); };
    await everywhere(page, await furnished(page, runIds), look);
    expect(found).toEqual([]);
  });
}

test('axe finds nothing in any dialog or menu, both themes; Escape closes each, and the focus is where it was', async ({ launch, library }) => {
  furnish(library);
  await dots(library);
  const { page } = await launch();
  const world = await dialogWorld(page);
  const found: string[] = [];
  for (const [file, open] of Object.entries(dialogs)) {
    await open(page, world);
    // The pages under them are looked at by themselves.
    const over = '[role=dialog], [role=menu]';
    const opened = page.locator(over).filter({ visible: true });
    await expect(opened, file).toHaveCount(1);
    for (const theme of ['light', 'dark'] as const) {
      await call(page, 'settings.set', { theme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      found.push(...(await check(page, over)).map(({ id, nodes }) => `${file}, ${theme} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`));
    }
    expect(await opened.evaluate((element) => element.contains(document.activeElement)), `${file} has the focus`).toBe(true);
    await page.keyboard.press('Escape');
    await expect(opened, file).toHaveCount(0);
    expect.soft(await page.evaluate(() => document.activeElement !== document.body), `${file} gives the focus back`).toBe(true);
  }
  expect(found).toEqual([]);
});

test('axe finds nothing in a library of 1,000 runs, in results of twenty seeds and in the matrix of a hundred classes, both themes', async ({ launch, library }) => {
  const { twentySeeds, hundredClasses } = await writeFullRuns(library);
  const { page } = await launch();
  await call(page, 'queue.pause');
  const found: string[] = [];
  const look = async (what: string) => {
    await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
    for (const theme of ['light', 'dark'] as const) {
      await call(page, 'settings.set', { theme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      found.push(...(await check(page)).map(({ id, nodes }) => `${what}, ${theme} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`));
    }
  };
  await goTo(page, 'library');
  await page.getByTestId('view-runs').click();
  await expect(page.getByTestId('run-row').nth(8)).toBeVisible();
  await look('runs');
  await page.getByTestId('run-row').first().click();
  await look('details of a run');
  for (const tab of ['answer', 'curves', 'runs'] as const) {
    await goTo(page, `experiments/${twentySeeds}/${tab}`);
    await look(`twenty seeds, ${tab}`);
  }
  await goTo(page, `experiments/${hundredClasses}/images`);
  await look('a hundred classes');
  await page.getByTestId('matrix-all').click();
  await expect(page.getByTestId('matrix-canvas')).toHaveAttribute('data-painted', '100');
  await look('the matrix of a hundred classes');
  expect(found).toEqual([]);
});

test('axe finds nothing on a run: while it trains, stopped, and in the library, both themes', async ({ launch }) => {
  const { page } = await launch();
  const findings = async (place: string) => (await check(page)).map(({ id, nodes }) => `${place} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  const inBothThemes = async (place: string) => {
    for (const theme of ['light', 'dark'] as const) {
      await call(page, 'settings.set', { theme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      expect(await findings(place)).toEqual([]);
    }
  };
  const runId = await startRun(page, { name: 'axe', trainImages: 640, epochs: 60, batchSize: 16 });
  await expect.poll(async () => (await call(page, 'runs.get', runId)).summary.epochsDone, { timeout: trainingMs }).toBeGreaterThan(0);
  await inBothThemes('training');
  await page.getByTestId('window-close').click();
  await expect(page.getByTestId('close-cancel')).toBeVisible();
  expect(await findings('closing')).toEqual([]);
  await page.getByTestId('close-cancel').click();
  await page.getByTestId('stop-run').click();
  await expect(page.getByTestId('run-stopped')).toBeVisible();
  await inBothThemes('stopped');
  await goTo(page, `runs/${runId}`);
  await expect(page.getByTestId('run-status')).toBeVisible();
  await inBothThemes('run');
  await goTo(page, 'library');
  await expect(page.getByTestId('run-row')).toBeVisible();
  await inBothThemes('library');
});

test('nothing scrolls sideways and no word is cut off at the smallest window', async ({ launch, library }) => {
  const runIds = furnish(library);
  const { page, app } = await launch();
  await app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0].setBounds({ width: 400, height: 300 }); });
  // The window's own minimum holds.
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([1024, 700]);
  const found: string[] = [];
  await everywhere(page, await furnished(page, runIds), async (place) => { found.push(...[...(await sideways(page)), ...(await cutOff(page))].map((what) => `${place}: ${what}`)); });
  expect(found).toEqual([]);
});

test('at 200 % nothing scrolls sideways and no word is cut off', async ({ launch, library }) => {
  const runIds = furnish(library);
  const { page, app } = await launch();
  const world = await furnished(page, runIds);
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window!.setBounds({ x: 0, y: 0, width: 1440, height: 900 });
    window!.webContents.setZoomFactor(2);
  });
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(720);
  const found: string[] = [];
  await everywhere(page, world, async (place) => { found.push(...[...(await sideways(page)), ...(await cutOff(page))].map((what) => `${place}: ${what}`)); });
  expect(found).toEqual([]);
});

test('by keyboard alone: every stop is seen, panes go round, what is closed gives the focus back', async ({ launch, library }) => {
  const runIds = furnish(library);
  const { page } = await launch();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const world = await furnished(page, runIds);
  const unseen: string[] = [];
  await everywhere(page, world, async (place) => {
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const at = document.activeElement as HTMLElement & { readonly cells: HTMLCollectionOf<HTMLElement> };
        if (at === document.body) return null;
        const ringed = (element: Element | null) => element !== null && getComputedStyle(element).outlineStyle !== 'none' && parseFloat(getComputedStyle(element).outlineWidth) >= 2;
        const { width, height, bottom, right } = at.getBoundingClientRect();
        // A field's frame has the ring for the input in it; a hidden box of a switch or radio for what stands beside it; a row has it in its cells.
        const seen = ringed(at) || (at.matches('tr') && getComputedStyle(at.cells[0]!).boxShadow !== 'none') || ringed(at.parentElement) || ringed(at.parentElement?.parentElement ?? null) || ringed(at.nextElementSibling);
        return { what: `${at.tagName.toLowerCase()}.${[...at.classList].join('.')} ${at.dataset['testid'] ?? at.textContent.trim().slice(0, 30)}`, seen, inside: width > 0 && height > 0 && bottom > 0 && right > 0 };
      });
      if (stop && !(stop.seen && stop.inside)) unseen.push(`${place}: ${stop.what}`);
    }
  });
  expect([...new Set(unseen)]).toEqual([]);
  // Motion asked to be little is none.
  expect(await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--motion-fast')))).toBe(0);

  await goTo(page, 'library');
  await page.getByTestId('library-search').focus();
  const panes: string[] = [];
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press('F6');
    panes.push(await page.evaluate(() => { const at = document.activeElement!; return at.closest('aside') ? 'details' : at.closest('main') ? 'main' : at.closest('header') ? 'toolbar' : at.closest('nav') ? 'sidebar' : '?'; }));
  }
  expect(new Set(panes)).toEqual(new Set(['details', 'sidebar', 'toolbar', 'main']));
  await page.getByTestId('library-search').focus();
  await page.keyboard.press('Control+k');
  await expect(page.getByTestId('palette-query')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('library-search')).toBeFocused();
});

test('Ctrl Z takes back what was deleted, chosen in the wizard, and typed, each in its place', async ({ launch, library }) => {
  furnish(library);
  const { page } = await launch();
  await call(page, 'queue.pause');
  await goTo(page, 'new/question');
  const factor = page.getByTestId('factor-batchSize');
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette-query').fill('batch size factor');
  await page.keyboard.press('Enter');
  await expect(factor).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(factor).toHaveCount(0);
  await page.keyboard.press('Control+Shift+z');
  await expect(factor).toBeVisible();
  // A field's typing is its own.
  await goTo(page, 'library');
  await page.getByTestId('library-search').fill('ResNet');
  await page.getByTestId('library-search').press('Control+z');
  await expect(page.getByTestId('library-search')).not.toHaveValue('ResNet');
  // On another page the wizard's changes are left alone.
  await page.locator('main').focus();
  await page.keyboard.press('Control+z');
  await goTo(page, 'new/question');
  await expect(factor).toBeVisible();
});

test('from the first start to a report, and through the wizard, by keyboard alone', async ({ launch }) => {
  const { page } = await launch();
  const at = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset['testid'] ?? '');
  const tabTo = async (testid: string) => {
    await expect(page.getByTestId(testid)).toBeVisible();
    for (let i = 0; i < 60 && (await at()) !== testid; i++) await page.keyboard.press('Tab');
    expect(await at()).toBe(testid);
  };
  await tabTo('add-example');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('confounded')).toBeVisible();
  await page.keyboard.press('Control+Tab');
  await expect(page.getByTestId('tab-curves')).toHaveClass(/on/);
  await page.keyboard.press('Control+e');
  await expect(page.frameLocator('[data-testid=report-frame]').locator('h1').first()).toBeVisible();
  await page.keyboard.press('Control+1');
  await expect(page.getByTestId('experiment-row').first()).toBeVisible();
  await page.keyboard.press('Control+f');
  await expect(page.getByTestId('library-search')).toBeFocused();
  await page.keyboard.press('Control+n');
  for (const step of ['question', 'recipe', 'review']) {
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => page.url()).toContain(`#/new/${step}`);
  }
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette-query').pressSequentially('storage');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toContain('#/system/storage');
  // The palette's focus went with it: the next Tab is in the page.
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});
