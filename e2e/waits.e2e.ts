import { callNames } from '../src/preload/names';
import type { CultivarErrorData } from '../src/contracts/errors';
import { expect, test } from './support/fixtures';
import { cutOff, sideways } from './support/layout';
import { answering, everyUnfed } from './support/unfed';
import { goTo, type Place } from './support/window';

// What a page shows while main does not answer, and when it cannot. Each page in every size, language and theme: `--project=states`.

/** Pages about runs, and what stands there before anything was read: bars, the charts' own words, or a form that can be filled in. */
const aboutRuns: readonly (readonly [Place, 'bars' | 'words' | 'form'])[] = [
  ['library', 'bars'], ['experiments/one-abcdef/answer', 'bars'], ['experiments/one-abcdef/curves', 'bars'], ['compare/images?runs=one-abcdef', 'bars'], ['experiments/one-abcdef/report', 'bars'], ['runs/one-abcdef', 'words'],
  ['live', 'bars'], ['live/queue', 'bars'], ['new/run', 'form'], ['new/data', 'bars'], ['new/question', 'form'], ['new/recipe', 'form'], ['new/review', 'words'],
];
/** Calls without which there is no window, and what it was opened with; all others fail, or are never answered. */
const kept = /^(settings|window|app|doctor|system)\.|^archive\.asked$/;
const unreadable: CultivarErrorData = { code: 'permission-denied', message: 'The library cannot be read.', remedy: 'Give yourself the right to read it.' };

for (const answer of ['never', 'damaged'] as const) {
  test(answer === 'never' ? 'what is waited for is said on every page' : 'what failed is said on every page', async ({ launch }) => {
    const running = await launch();
    const { app, page } = running;
    const found: string[] = [];
    const fits = async (name: string) => { found.push(...[...(await sideways(page)), ...(await cutOff(page))].map((what) => `${name}: ${what}`)); };
    await everyUnfed(running, answer, fits);

    await answering(app, callNames.filter((name) => !kept.test(name)), answer === 'never' ? answer : unreadable);
    await page.evaluate(() => { localStorage.clear(); }); // what the window knew
    const main = page.locator('main');
    const waits = { bars: main.getByTestId('loading'), words: main.getByText('Loading'), form: main.locator('input') };
    for (const [place, before] of aboutRuns) {
      await goTo(page, place);
      await page.reload();
      const told = answer === 'never' ? waits[before] : main.getByRole('alert').filter({ has: page.locator('button') });
      await expect.soft(told.filter({ visible: true }).first(), `${place}: ${answer}`).toBeVisible({ timeout: 10_000 });
      // An empty library, queue or shelf is one that was read.
      for (const words of ['Nothing trains', 'The queue is empty', 'No data set is in the library', 'CIFAR-10 is not in the library']) if ((await main.getByText(words).count()) > 0) found.push(`${place}: ${words}`);
      await fits(place);
    }
    expect(found).toEqual([]);
  });
}
